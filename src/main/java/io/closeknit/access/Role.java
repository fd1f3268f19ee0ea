package io.closeknit.access;

/** What a person may do; each role includes the ones before it. The authority is {@code ROLE_} and the name. */
public enum Role {
    /** Discovers creators, reads briefs and ranks by them. */
    MARKETER,
    /** Writes briefs too. */
    AGENCY,
    /** All that, and niches, imports, people. */
    ADMIN
}
