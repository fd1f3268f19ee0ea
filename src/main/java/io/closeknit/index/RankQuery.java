package io.closeknit.index;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the index.
 *
 * @param words only creators whose name, handles, bio or hashtags have all of these words, give or take a typo; null or
 *     blank: all
 * @param slug only this creator, whatever the filters say; null: all
 * @param after where the page before ended; null: from the top
 * @param limit items at most, at least 0
 * @param facets whether to count by platform, tier, niche and country
 * @param sideways count each facet as if its own filter were not there, to show what else could be chosen
 */
public record RankQuery(
        BriefQuestion question,
        Filters filters,
        @Nullable String words,
        @Nullable String slug,
        Sort sort,
        @Nullable SortKey after,
        int limit,
        boolean facets,
        boolean sideways) {

    /** The first creators by fit, with facets. */
    public static RankQuery of(BriefQuestion question, Filters filters, int limit) {
        return new RankQuery(question, filters, null, null, Sort.FIT, null, limit, true, false);
    }

    /** One creator, whatever the filters say. */
    public static RankQuery one(BriefQuestion question, String slug) {
        return new RankQuery(question, Filters.NONE, null, slug, Sort.FIT, null, 1, false, false);
    }

    /** The order; ties go to fewer followers (not known last), then to the slug. */
    public enum Sort {
        /** Score, highest first. */
        FIT("fit"),
        /** Low end of the score, highest first. */
        LOW("low"),
        /** What is good about her whoever asks: bond, credibility, focus and authenticity by their weights. */
        QUALITY("quality"),
        FOLLOWERS("followers"),
        ENGAGEMENT("engagement"),
        GROWTH("growth"),
        /** Cheapest known rate first. */
        PRICE("price"),
        LAST_POST("lastPost"),
        NAME("name");

        private final String key;

        Sort(String key) {
            this.key = key;
        }

        /** The name in the API and in addresses. */
        public String key() {
            return key;
        }

        public static Optional<Sort> byKey(String key) {
            for (var sort : values()) {
                if (sort.key.equals(key)) {
                    return Optional.of(sort);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The place of an item in the order.
     *
     * @param primary higher comes first; a score times 10⁹, rounded
     * @param name for the order by name, lower case; else empty
     * @param followers of the main account; {@link Long#MAX_VALUE} where not known
     * @param rank counted from 1
     */
    public record SortKey(double primary, String name, long followers, String slug, int rank) {}
}
