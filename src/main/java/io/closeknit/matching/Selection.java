package io.closeknit.matching;

import io.closeknit.index.Filters;
import io.closeknit.index.RankQuery.Sort;
import org.jspecify.annotations.Nullable;

/**
 * What of the catalogue is looked at, and in which order.
 *
 * @param words that were typed; null: none
 * @param sort null: by fit
 */
record Selection(
        Filters filters, @Nullable String words, @Nullable Sort sort) {
    static final Selection EVERYBODY = new Selection(Filters.NONE, null, null);
}
