package io.closeknit.matching;

import io.closeknit.index.Ranking.Card;
import io.closeknit.index.Ranking.Excerpt;
import io.closeknit.web.FitBar;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Discover shows.
 *
 * @param brief in use; null: none
 * @param chips of what is filtered by, each removable
 * @param offers filters that can be added with one click
 * @param keepName what a kept ranking is called unless somebody says otherwise
 * @param result null where the address cannot be answered, for the reasons in {@code troubles}
 */
record DiscoverPage(
        @Nullable BriefView brief,
        List<BriefsInUse.Choice> briefs,
        boolean mayWrite,
        FilterPanel filters,
        WeightPanel weights,
        List<SortChoice> sorts,
        List<FilterGroup.Chip> chips,
        String clearUrl,
        List<FilterGroup.Chip> offers,
        @Nullable Result result,
        List<Trouble> troubles,
        String keepName) {

    /** @param summary what it asks, in one line; may be empty */
    record BriefView(String id, String name, String summary, boolean draft) {}

    record SortChoice(String key, String label, boolean chosen) {}

    /** @param url of Discover without what is wrong */
    record Trouble(@Nullable String field, String reason, String url) {}

    /**
     * @param first rank of the first row; 0 where there is none
     * @param last rank of the last row
     * @param nextUrl of the next page; null after the last
     * @param startUrl of the first page; null on it
     * @param unknown what is said where most is not known; null: nothing
     * @param leftOut those left out because a figure is not known; null: nobody
     * @param advice what to relax; only where nobody is left
     * @param robustnessUrl tells how robust the first ten are; null where that is not asked: on further pages and in another
     *     order than by score
     * @param exportUrl of the whole ranking as a file
     */
    record Result(
            int total,
            int first,
            int last,
            List<Row> rows,
            @Nullable String nextUrl,
            @Nullable String startUrl,
            @Nullable Unknown unknown,
            @Nullable LeftOut leftOut,
            List<Relaxed> advice,
            @Nullable String robustnessUrl,
            String exportUrl,
            boolean demoPeers,
            double tookMillis,
            long catalogueVersion,
            long statisticsVersion,
            LocalDate asOf) {}

    /**
     * @param sentence what is not known
     * @param remedy what would tell them apart
     */
    record Unknown(String sentence, String remedy, boolean mayImport) {}

    /** @param url with them */
    record LeftOut(List<String> parts, String url) {}

    /** @param count creators who come back */
    record Relaxed(String text, int count, String url) {}

    /**
     * A creator in the list.
     *
     * @param url of her page, with the brief and the weights
     * @param demo whether to mark her as invented: where real ones are shown too
     * @param doNotContact somebody marked her as not to be written to
     * @param place share of the peers below her engagement, as text; null where not known
     * @param niches her largest, named
     * @param audience the largest shares of it; empty where not known
     * @param name the name with what was searched for marked, likewise the handle
     * @param excerpts other text with what was searched for
     * @param moved since the weights were moved; null where they were not
     * @param whyUrl tells why she stands where she does
     */
    record Row(
            int rank,
            Card card,
            FitBar fit,
            String why,
            String url,
            boolean offTopic,
            boolean demo,
            boolean doNotContact,
            String platform,
            @Nullable String tier,
            String niches,
            String audience,
            @Nullable String country,
            @Nullable String price,
            List<Excerpt.Part> name,
            List<Excerpt.Part> handle,
            List<Excerpt> excerpts,
            @Nullable Movement moved,
            String whyUrl) {}
}
