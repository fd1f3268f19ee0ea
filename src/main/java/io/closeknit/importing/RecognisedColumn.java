package io.closeknit.importing;

import org.jspecify.annotations.Nullable;

/**
 * A column with what it was taken for.
 *
 * @param status why
 * @param other the column that was taken instead, where there is one
 * @param unitUnclear the figures may be fractions or percentages: somebody has to say
 * @param suggested the likelier unit, where it is unclear
 */
record RecognisedColumn(
        ColumnMapping mapping,
        Status status,
        @Nullable String other,
        boolean unitUnclear,
        @Nullable Unit suggested) {
    enum Status {
        /** By its name. */
        NAME,
        /** By its values, or by both. */
        VALUES,
        /** Another column gives the same figure more exactly. */
        LESS_EXACT,
        /** Another column has the field. */
        TAKEN,
        /** It says nothing in any row. */
        EMPTY,
        /** Its name would do, its values do not. */
        OTHER_VALUES,
        /** A sum over all posts, where a figure per post is wanted. */
        SUM,
        /** About the audience, without a share. */
        AUDIENCE,
        /** Personal data of a special category, never taken; see {@link SpecialData}. */
        SPECIAL,
        UNKNOWN
    }
}
