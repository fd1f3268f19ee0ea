package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.Audience;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.EngagementStatistic;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.catalogue.StoredCreator.StoredNiche;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A creator as somebody sent her, read and found valid.
 *
 * @param niches those that a niche was found for
 * @param unknownNiches the words that none was found for; they are kept as hashtags
 * @param mentions a null value says that nobody knows, an empty list that there are none
 */
record SentCreator(
        @Nullable String slug,
        Sent<String> name,
        Sent<Kind> kind,
        Sent<String> bio,
        Sent<String> country,
        Sent<String> city,
        Sent<List<String>> languages,
        Sent<String> email,
        Sent<String> website,
        Sent<List<StoredNiche>> niches,
        List<HashtagWeight> unknownNiches,
        Sent<List<HashtagWeight>> hashtags,
        List<SentAccount> accounts,
        Sent<List<SentPoint>> history,
        Sent<List<StoredMention>> mentions,
        Sent<List<Rate>> rates) {

    /** @param handle as it was written, without a leading '@' */
    record SentAccount(
            AccountKey key,
            String handle,
            Sent<String> url,
            Sent<Long> followers,
            Sent<Long> following,
            Sent<Long> posts,
            Sent<Double> postsPerWeek,
            Sent<Double> engagementRate,
            Sent<EngagementBasis> engagementBasis,
            Sent<EngagementStatistic> engagementStatistic,
            Sent<Integer> postsSampled,
            Sent<Double> likes,
            Sent<Double> comments,
            Sent<Double> shares,
            Sent<Double> saves,
            Sent<Double> views,
            Sent<Double> reach,
            Sent<Double> replyRate,
            Sent<Double> authenticity,
            Sent<Double> growth90d,
            Sent<Instant> lastPostAt,
            Sent<SentAudience> audience,
            Sent<Instant> observedAt,
            Sent<String> source) {}

    /** Each map on its own is kept, cleared or replaced. */
    record SentAudience(
            Sent<Map<String, Double>> countries,
            Sent<Map<String, Double>> ages,
            Sent<Map<String, Double>> genders,
            Sent<Map<String, Double>> languages,
            Sent<Map<String, Double>> interests,
            Sent<Map<String, Map<String, Double>>> agesByGender) {

        /** @return null where nothing is left */
        @Nullable
        Audience over(@Nullable Audience stored, boolean onlyGaps) {
            var merged = stored == null
                    ? new Audience(
                            countries.value(),
                            ages.value(),
                            genders.value(),
                            languages.value(),
                            interests.value(),
                            agesByGender.value())
                    : new Audience(
                            pick(countries, stored.countries(), onlyGaps),
                            pick(ages, stored.ages(), onlyGaps),
                            pick(genders, stored.genders(), onlyGaps),
                            pick(languages, stored.languages(), onlyGaps),
                            pick(interests, stored.interests(), onlyGaps),
                            pick(agesByGender, stored.agesByGender(), onlyGaps));
            return EMPTY.equals(merged) ? null : merged;
        }

        private static final Audience EMPTY = new Audience(null, null, null, null, null, null);

        private static <T> @Nullable T pick(Sent<T> sent, @Nullable T stored, boolean onlyGaps) {
            return onlyGaps ? sent.under(stored) : sent.over(stored);
        }
    }

    /** The figures of a platform on a day. */
    record SentPoint(Platform platform, LocalDate on, Sent<Long> followers, Sent<Double> engagementRate) {}
}
