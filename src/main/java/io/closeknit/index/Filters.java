package io.closeknit.index;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What excludes a creator. A part that is null or empty filters nothing. Platform, tier, followers, engagement rate and
 * growth are those of the main account; shares of the audience and of real followers are means over the accounts on the
 * brief's platforms, as the fit takes them.
 *
 * @param accountsOn the creator has an account on one of these platforms: bit by ordinal, 0 for any
 * @param platforms ordinals of {@code CreatorDocument.Platform}
 * @param followersMin included, like every bound here
 * @param tiers numbers of {@link Tiers}
 * @param niches ids; one covers what lies below it
 * @param countries where the creator lives
 * @param languages the creator's; 'en' covers 'en-GB'
 * @param sponsoredShareMax sponsored posts among all of the credibility window
 * @param workedWith hashes of brands that she was paid by, a brand's names together
 * @param priceMaxEur the cheapest known rate
 * @param lastPostWithinDays any of the accounts
 * @param audience a minimum share by dimension (see the API's audienceCountry and the like); in one dimension any of the
 *     minima suffices
 * @param hasContact an e-mail address is known, or is not
 * @param excludeSlugs creators that are left out
 * @param keepUnknown let those in whose figure is not known
 */
public record Filters(
        int accountsOn,
        Choice<Integer> platforms,
        @Nullable Long followersMin,
        @Nullable Long followersMax,
        Choice<Integer> tiers,
        Choice<Integer> niches,
        Choice<Integer> countries,
        Choice<Long> languages,
        @Nullable Double engagementMin,
        @Nullable Double growthMin,
        @Nullable Double authenticityMin,
        @Nullable Double sponsoredShareMax,
        Choice<Long> workedWith,
        @Nullable Double priceMaxEur,
        @Nullable Integer lastPostWithinDays,
        Map<Dimension, List<MinimumShare>> audience,
        @Nullable Boolean hasContact,
        Set<String> excludeSlugs,
        boolean keepUnknown) {

    /** Filters nothing. */
    public static final Filters NONE = new Filters(
            0,
            Choice.any(),
            null,
            null,
            Choice.any(),
            Choice.any(),
            Choice.any(),
            Choice.any(),
            null,
            null,
            null,
            null,
            Choice.any(),
            null,
            null,
            Map.of(),
            null,
            Set.of(),
            false);

    /**
     * One of the wanted, where there are any, and none of the unwanted.
     */
    public record Choice<T>(Set<T> wanted, Set<T> unwanted) {
        public static <T> Choice<T> any() {
            return new Choice<>(Set.of(), Set.of());
        }

        boolean isOpen() {
            return wanted.isEmpty() && unwanted.isEmpty();
        }
    }

    /** What an audience is divided by. */
    public enum Dimension {
        COUNTRY,
        AGE,
        GENDER,
        LANGUAGE,
        INTEREST
    }

    /**
     * @param question asks for the one value in this dimension
     * @param share at least this much of the audience, in [0, 1]
     */
    public record MinimumShare(BriefQuestion.Target question, double share) {}
}
