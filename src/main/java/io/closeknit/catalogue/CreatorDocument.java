package io.closeknit.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A creator as the API and the import files speak of her: what is null is not known. Shares, rates and weights are
 * fractions, never percentages; countries are ISO 3166-1 alpha-2, languages BCP 47, currencies ISO 4217.
 *
 * @param slug the name in addresses; unique
 * @param niches what she publishes about; weights as sent, null where none was
 * @param mentions null: nobody looked; empty: looked, none found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreatorDocument(
        @Nullable String slug,
        @Nullable String name,
        @Nullable Kind kind,
        @Nullable String bio,
        @Nullable String country,
        @Nullable String city,
        @Nullable List<String> languages,
        @Nullable String email,
        @Nullable String website,
        @Nullable List<NicheWeight> niches,
        @Nullable List<HashtagWeight> hashtags,
        @Nullable List<AccountDocument> accounts,
        @Nullable List<HistoryPoint> history,
        @Nullable List<Mention> mentions,
        @Nullable List<Rate> rates) {

    /** A person, or a page run by nobody in particular. */
    public enum Kind {
        @JsonProperty("person")
        PERSON,
        @JsonProperty("page")
        PAGE
    }

    /**
     * @param niche slug of the niche
     * @param weight at least 0, not normalised; null where none was sent
     * @param source where the tag came from; null where it was not said
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NicheWeight(
            String niche, @Nullable Double weight, @Nullable String source) {
        /** How the source of a tag begins that nobody gave: it was read out of hashtags or the bio. */
        public static final String DERIVED = "derived from ";
    }

    /** @param tag without '#' */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HashtagWeight(String tag, @Nullable Double weight) {}

    /** Where a creator publishes; the names are those of the API. */
    public enum Platform {
        @JsonProperty("instagram")
        INSTAGRAM,
        @JsonProperty("tiktok")
        TIKTOK,
        @JsonProperty("youtube")
        YOUTUBE,
        @JsonProperty("twitch")
        TWITCH,
        @JsonProperty("x")
        X,
        @JsonProperty("facebook")
        FACEBOOK,
        @JsonProperty("pinterest")
        PINTEREST,
        @JsonProperty("blog")
        BLOG,
        @JsonProperty("other")
        OTHER;

        /** The name in the API, the database and addresses. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What an engagement rate is a share of. */
    public enum EngagementBasis {
        @JsonProperty("followers")
        FOLLOWERS,
        @JsonProperty("views")
        VIEWS,
        @JsonProperty("reach")
        REACH
    }

    /** How the engagement of several posts became one figure. */
    public enum EngagementStatistic {
        @JsonProperty("median")
        MEDIAN,
        @JsonProperty("mean")
        MEAN
    }

    /**
     * One account on one platform.
     *
     * @param engagementRate a fraction of what {@code engagementBasis} says (followers where it does not); above 1 when
     *     more people react than follow
     * @param postsSampled the number of posts that the rate comes from
     * @param likes per post, like comments, shares, saves, views and reach
     * @param replyRate share of comments that the creator answers, 0 to 1
     * @param authenticity share of the followers held to be real, 0 to 1
     * @param growth90d relative change of the followers in 90 days; -0.1 is a tenth lost
     * @param observedAt when the figures were true; where it was not sent, when they came in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AccountDocument(
            Platform platform,
            String handle,
            @Nullable String url,
            @Nullable Long followers,
            @Nullable Long following,
            @Nullable Long posts,
            @Nullable Double postsPerWeek,
            @Nullable Double engagementRate,
            @Nullable EngagementBasis engagementBasis,
            @Nullable EngagementStatistic engagementStatistic,
            @Nullable Integer postsSampled,
            @Nullable Double likes,
            @Nullable Double comments,
            @Nullable Double shares,
            @Nullable Double saves,
            @Nullable Double views,
            @Nullable Double reach,
            @Nullable Double replyRate,
            @Nullable Double authenticity,
            @Nullable Double growth90d,
            @Nullable Instant lastPostAt,
            @Nullable Audience audience,
            @Nullable Instant observedAt,
            @Nullable String source) {}

    /**
     * Who follows: shares by value, each map summing to at most 1 (rounding aside). A map that is null is not known.
     *
     * @param ages by the bands 13-17 18-24 25-34 35-44 45-54 55-64 65+
     * @param genders by female, male, other
     * @param interests by niche slug
     * @param agesByGender by gender, then age band: shares of the whole audience
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Audience(
            @Nullable Map<String, Double> countries,
            @Nullable Map<String, Double> ages,
            @Nullable Map<String, Double> genders,
            @Nullable Map<String, Double> languages,
            @Nullable Map<String, Double> interests,
            @Nullable Map<String, Map<String, Double>> agesByGender) {}

    /** The figures of an account on a day in the past. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HistoryPoint(
            Platform platform,
            LocalDate on,
            @Nullable Long followers,
            @Nullable Double engagementRate) {}

    /**
     * A post that names a brand.
     *
     * @param niche category of the brand, a niche's slug; null where it is not known
     * @param paid null where it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mention(
            String brand,
            @Nullable String niche,
            @Nullable Boolean paid,
            @Nullable LocalDate on,
            @Nullable Platform platform,
            @Nullable String url) {}

    /** What can be booked. */
    public enum Deliverable {
        @JsonProperty("post")
        POST,
        @JsonProperty("story")
        STORY,
        @JsonProperty("reel")
        REEL,
        @JsonProperty("video")
        VIDEO,
        @JsonProperty("short")
        SHORT,
        @JsonProperty("stream")
        STREAM,
        @JsonProperty("article")
        ARTICLE
    }

    /** The price of one piece on one platform. */
    public record Rate(Platform platform, Deliverable deliverable, Money price) {}

    /** @param currency ISO 4217 */
    public record Money(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) BigDecimal amount, String currency) {}
}
