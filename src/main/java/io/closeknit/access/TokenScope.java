package io.closeknit.access;

/** How far a token reaches, besides its role. The authority that a reading token lacks is checked by {@link ReadOnlyTokens}. */
public enum TokenScope {
    /** Reads what its role may; changes nothing. */
    READ,
    /** Reads and writes, but does nothing that only an admin may. */
    WRITE,
    /** Everything that its role may. */
    ADMIN
}
