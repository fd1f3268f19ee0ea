package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ranking that somebody kept: what was asked and which versions answered. Its creators are kept beside it.
 *
 * @param briefId null where there was no brief, or where it was deleted
 * @param briefVersion null where there was no brief
 * @param brief as it was then
 * @param filters filters, words and order by the names of the API
 * @param weights by key of the criterion, as they counted
 * @param ownWeights whether the ranking named them; else they were the brief's, or the defaults
 * @param total creators in the whole ranking
 * @param kept how many of them are kept, without those who were erased since
 * @param version counts the changes of the name
 * @param keptBy as the person was called then; null where no person did it
 */
record KeptRanking(
        UUID id,
        String name,
        @Nullable UUID briefId,
        @Nullable Long briefVersion,
        @Nullable BriefDocument brief,
        Map<String, List<String>> filters,
        Map<String, Double> weights,
        boolean ownWeights,
        long catalogueVersion,
        long statisticsVersion,
        LocalDate asOf,
        int total,
        int kept,
        long version,
        @Nullable String keptBy,
        Instant keptAt) {
    static final int NAME_LENGTH = 200;

    /** Creators that are kept of a ranking, the first ones. */
    static final int MOST = 1_000;

    /** One creator of it. */
    record Creator(long creatorId, RankingAnswer.Item item) {}

    /** Of Discover as it was asked then: with the brief as it is now, and the weights where the ranking named them. */
    Address address() {
        var address = Address.of(filters);
        if (briefId != null) {
            address = address.with("brief", briefId.toString());
        }
        return ownWeights
                ? new SavedPreset(id, name, weights, version, keptAt, keptBy, keptAt, keptBy).on(address)
                : address;
    }

    RankingCsv.Versions versions() {
        return new RankingCsv.Versions(catalogueVersion, statisticsVersion, asOf);
    }
}
