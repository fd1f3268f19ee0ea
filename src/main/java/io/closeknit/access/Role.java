package io.closeknit.access;

/** What a person may do; each role includes the ones before it. The authority is {@code ROLE_} and the name. */
public enum Role {
    /** Reads what the workspace shares: briefs with their rankings, and the creators in them. */
    VIEWER,
    /** Discovers creators, and ranks by briefs. */
    MARKETER,
    /** Writes briefs too. */
    AGENCY,
    /** All that, and niches, imports, people. */
    ADMIN
}
