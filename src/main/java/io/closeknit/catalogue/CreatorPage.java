package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.web.AgePyramid;
import io.closeknit.web.ShareBars;
import io.closeknit.web.TimeSeries;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the creator page shows, in the words of the reader's language.
 *
 * @param main the handle that her face is made from
 * @param niches heaviest first
 * @param history a chart for each figure and platform of which more than one day is known
 * @param mentions null: nobody looked
 */
record CreatorPage(
        String slug,
        String name,
        String main,
        @Nullable Kind kind,
        boolean demo,
        long version,
        @Nullable String country,
        @Nullable String city,
        List<String> languages,
        @Nullable String bio,
        @Nullable String email,
        @Nullable String website,
        List<Account> accounts,
        List<NicheTag> niches,
        List<HashtagWeight> hashtags,
        List<TimeSeries> history,
        @Nullable Mentions mentions,
        List<Rate> rates) {

    /** Where she lives; null where nothing is known. */
    public @Nullable String getPlace() {
        return city == null ? country : country == null ? city : city + ", " + country;
    }

    /**
     * @param observedAt null: it was not said, {@code receivedAt} stands for it
     * @param others figures that are of another date or source than the account
     * @param audience null: nothing is known
     */
    record Account(
            AccountDocument figures,
            @Nullable Instant observedAt,
            Instant receivedAt,
            List<OtherFigure> others,
            @Nullable AudienceCharts audience) {}

    /** @param name for people */
    record OtherFigure(
            String name, Instant observedAt, @Nullable String source) {}

    /**
     * What somebody or something changed.
     *
     * @param facts by name; empty: she was new
     * @param undone it was taken back, or is the taking back
     */
    record Changed(Instant at, String source, List<String> facts, boolean undone) {}

    /** One chart for each dimension; null where it is not known. */
    record AudienceCharts(
            @Nullable ShareBars countries,
            @Nullable AgePyramid agesByGender,
            @Nullable ShareBars ages,
            @Nullable ShareBars genders,
            @Nullable ShareBars languages,
            @Nullable ShareBars interests) {}

    /**
     * @param weight as sent; null where none was
     * @param share of all weights, 0 to 1; null where none was sent
     */
    record NicheTag(
            String slug,
            String name,
            @Nullable Double weight,
            @Nullable Double share,
            @Nullable String source) {
        /** The length of the bar. */
        public String getWidth() {
            return share == null ? "0%" : String.format(java.util.Locale.ROOT, "%.2f%%", 100 * share);
        }
    }

    /**
     * Posts that name brands. A post is counted once, whatever number of brands it names.
     *
     * @param months the last twelve, oldest first
     * @param earlier posts before the first of the months
     * @param undated posts of which the day is not known
     * @param categories shares of the mentions whose category is known
     */
    record Mentions(
            long paid,
            long unpaid,
            long unknown,
            List<Month> months,
            long earlier,
            long undated,
            @Nullable ShareBars categories,
            List<Brand> brands) {
        public long getAll() {
            return paid + unpaid + unknown;
        }
    }

    /**
     * @param most the posts of the fullest month, at least 1
     */
    record Month(LocalDate first, String label, String initial, long paid, long unpaid, long unknown, long most) {
        public String getPaidHeight() {
            return percent(paid);
        }

        public String getUnpaidHeight() {
            return percent(unpaid);
        }

        public String getUnknownHeight() {
            return percent(unknown);
        }

        public String getPaidY() {
            return percent(most - paid);
        }

        public String getUnpaidY() {
            return percent(most - paid - unpaid);
        }

        public String getUnknownY() {
            return percent(most - paid - unpaid - unknown);
        }

        private String percent(long posts) {
            return String.format(java.util.Locale.ROOT, "%.2f%%", 100.0 * posts / most);
        }
    }

    /** @param last null where no day is known */
    record Brand(
            String name,
            @Nullable String category,
            long posts,
            long paid,
            @Nullable LocalDate last) {}
}
