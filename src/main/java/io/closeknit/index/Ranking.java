package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Platform;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the index, from one consistent catalogue version.
 *
 * @param total creators that pass the filters
 * @param unknownExcluded by filter, those who fail none but whose figure is not known for this one
 * @param demo how many of the total are invented
 * @param unknownCriteria by criterion, for how many of the total it is not known; only what is asked
 * @param tookNanos in the index
 * @param facets by name, then value: how many of the total; empty where not wanted
 * @param standIns of the brief itself, by the names of the API
 */
public record Ranking(
        int total,
        Map<String, Integer> unknownExcluded,
        int demo,
        Map<Criterion, Integer> unknownCriteria,
        long catalogueVersion,
        long statisticsVersion,
        LocalDate asOf,
        boolean demoStatistics,
        long tookNanos,
        Map<String, Map<String, Integer>> facets,
        List<Item> items,
        RankQuery.@Nullable SortKey next,
        Map<String, List<StandInGroup>> standIns) {

    /**
     * One creator.
     *
     * @param rank counted from 1 over all pages
     * @param low what the score is at least, high what it is at most, given what is not known
     * @param audienceShare the estimated share of her audience that is the target; null where not asked or not known
     * @param criteria all eight, in order
     */
    public record Item(
            int rank,
            Card creator,
            double score,
            double low,
            double high,
            @Nullable Double audienceShare,
            List<CriterionScore> criteria) {}

    /**
     * What a list shows of a creator besides the fit; what is null is not known.
     *
     * @param platform of the main account, like handle, followers, tier and engagement
     * @param engagementPlace share of the peers that her engagement rate surpasses
     * @param niches slugs with shares, largest first
     * @param price the cheapest known rate
     * @param observedOn the youngest day on which an account was observed
     * @param audience the main account's largest shares
     * @param excerpts what matched the words, by field
     */
    public record Card(
            long id,
            String slug,
            String name,
            boolean demo,
            @Nullable String country,
            List<String> languages,
            Platform platform,
            String handle,
            @Nullable Long followers,
            @Nullable String tier,
            @Nullable Double engagementRate,
            EngagementBasis engagementBasis,
            @Nullable Double engagementPlace,
            @Nullable Double growth90d,
            List<Share> niches,
            @Nullable Price price,
            @Nullable LocalDate lastPostOn,
            @Nullable LocalDate observedOn,
            @Nullable AudienceLine audience,
            List<Excerpt> excerpts) {}

    /** @param share in [0, 1] */
    public record Share(String key, double share) {}

    /** @param currency ISO 4217 */
    public record Price(double amount, String currency, Deliverable deliverable) {}

    /** The largest share of an audience in each dimension; null where not known. */
    public record AudienceLine(
            @Nullable Share gender,
            @Nullable Share age,
            @Nullable Share country) {}

    /** A text in parts, those that matched marked. */
    public record Excerpt(String field, List<Part> parts) {
        public record Part(String text, boolean matched) {}
    }

    /**
     * A criterion of an item.
     *
     * @param value in [0, 1]; null where not asked
     * @param weight 0 where not asked
     * @param points 100 · weight · value / Σ weights
     * @param peerMedian of comparable creators; null where too few are known
     * @param facts what the value was calculated from; null where not asked
     */
    public record CriterionScore(
            Criterion criterion,
            boolean asked,
            boolean known,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            double weight,
            double points,
            @Nullable Double peerMedian,
            @Nullable Facts facts,
            @Nullable String source,
            @Nullable LocalDate observedOn) {}

    /** What a value was calculated from. */
    public sealed interface Facts {
        /** @param parts they add up to the value; empty where she has no niche */
        record Relevance(List<NichePart> parts) implements Facts {}

        /**
         * @param niche of the brief
         * @param part what it adds to the relevance
         * @param by her niches that serve it, with her shares of them
         */
        record NichePart(String niche, double part, List<Share> by) {}

        /**
         * @param shares by dimension, of the wanted values together; a dimension that is not known is left out
         * @param missing dimensions that are asked and not known
         * @param best what an audience reaches at best
         */
        record Audience(Map<String, Double> shares, List<String> missing, double best) implements Facts {}

        /**
         * @param rate of the main account
         * @param place its place among the peers, after shrinking
         * @param published whether a published table served for want of own peers
         * @param posts that the rate comes from
         */
        record Bond(
                @Nullable Double rate,
                @Nullable Double place,
                @Nullable Double commentsPerLike,
                @Nullable Double commentsPlace,
                @Nullable Double replyRate,
                @Nullable Integer posts,
                @Nullable Double peerRate,
                boolean published)
                implements Facts {}

        /** @param posts all of the window; null where there is no posting rate */
        record Credibility(
                boolean looked, int sponsored, @Nullable Double posts, boolean outdated) implements Facts {}

        /**
         * @param evidence COMPETITOR, UNPAID_BRAND, PAID_BRAND, UNPAID_CATEGORY, PAID_CATEGORY or NONE
         * @param brand hash of the brand in the mention, null where there is no evidence
         * @param niche slug of the mention's category
         * @param on null where undated
         * @param words of the brief found in her bio or hashtags, of so many
         */
        record Belief(
                String evidence,
                @Nullable Long brand,
                @Nullable String niche,
                @Nullable LocalDate on,
                int words,
                int ofWords)
                implements Facts {}

        /** @param topics her top-level niches with shares, largest first */
        record Focus(List<Share> topics) implements Facts {}

        /** @param real share of the followers held to be real */
        record Authenticity(@Nullable Double real) implements Facts {}

        /**
         * @param costEur per engaged person of the target; null where not known; infinite where nobody is engaged
         */
        record Value(
                @Nullable Double priceEur,
                @Nullable Double engagedTarget,
                @Nullable Double costEur) implements Facts {}
    }

    /** One group of stand-ins; null means all. */
    public record StandInGroup(
            @Nullable String platform,
            @Nullable String tier,
            @Nullable String country,
            int known,
            double median,
            double p10,
            double p90) {}
}
