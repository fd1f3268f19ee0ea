package io.closeknit.brief;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a brand looks for, as the API speaks of it. Every part may be left out; what is null or empty is not asked.
 *
 * @param niches slugs (or aliases, resolved when saved) with importances of at least 0
 * @param competitorWindowDays how long paid work for a competitor counts against a creator; null: 90
 * @param likeCreators slugs of past partners who worked well
 * @param weights by criterion key; a criterion that is not named weighs 0; null or empty: the defaults
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BriefDocument(
        @Nullable String name,
        @Nullable Brand brand,
        @Nullable String product,
        @Nullable String message,
        @Nullable Objective objective,
        @Nullable List<NicheImportance> niches,
        @Nullable TargetAudience audience,
        @Nullable List<Platform> platforms,
        @Nullable FollowerBand followers,
        @Nullable List<DeliverableCount> deliverables,
        @Nullable Money budget,
        @Nullable Integer competitorWindowDays,
        @Nullable List<String> likeCreators,
        @Nullable List<String> excludeCreators,
        @Nullable List<String> excludeNiches,
        @Nullable Map<String, Double> weights) {

    /**
     * @param niche slug of the brand's category
     * @param values what the brand stands for, in words
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Brand(
            @Nullable String name,
            @Nullable String niche,
            @Nullable List<String> competitors,
            @Nullable String values) {}

    /** What the campaign is for; chooses a preset of weights, nothing else. */
    public enum Objective {
        @JsonProperty("awareness")
        AWARENESS,
        @JsonProperty("consideration")
        CONSIDERATION,
        @JsonProperty("sales")
        SALES
    }

    /** @param importance at least 0; normalised by us; null: 1 */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NicheImportance(String niche, @Nullable Double importance) {}

    /** The people to reach, in the notation of {@code CreatorDocument.Audience}'s keys. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TargetAudience(
            @Nullable List<String> countries,
            @Nullable List<String> ages,
            @Nullable List<String> genders,
            @Nullable List<String> languages,
            @Nullable List<String> interests) {}

    /** Followers of the main account, both bounds included. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FollowerBand(@Nullable Long min, @Nullable Long max) {}

    /** @param count pieces to book, at least 1 */
    public record DeliverableCount(Deliverable deliverable, int count) {}
}
