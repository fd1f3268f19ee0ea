package io.closeknit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.closeknit.index.Criterion;
import io.closeknit.index.Ranking;
import io.closeknit.index.Ranking.StandInGroup;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ranking as the API says it; numbers unrounded.
 *
 * @param unknownExcluded by filter, creators who fail none but whose figure is not known for this one
 * @param unknownCriteria by criterion that is asked, for how many of the total it is not known
 * @param demo how many of the total are invented
 * @param standIns the brief's own, where it was asked to explain
 * @param robustness of the first ten, where it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RankingAnswer(
        int total,
        Map<String, Integer> unknownExcluded,
        Map<String, Integer> unknownCriteria,
        int demo,
        double tookMillis,
        long catalogueVersion,
        long statisticsVersion,
        LocalDate asOf,
        @Nullable Map<String, Map<String, Integer>> facets,
        List<Item> items,
        @Nullable String next,
        @Nullable List<StandIn> standIns,
        @Nullable RobustnessAnswer robustness) {

    /**
     * How sure the first ten are under random weights around the chosen ones.
     *
     * @param exact whether the shares hold for the whole ranking; else {@code openDraws} of the draws could have had
     *     somebody among the first ten who was not among the candidates
     */
    record RobustnessAnswer(
            int draws,
            double concentration,
            long seed,
            int candidates,
            boolean exact,
            int openDraws,
            List<Robustness.Member> first,
            List<Robustness.Member> others) {
        static RobustnessAnswer of(Robustness robustness) {
            return new RobustnessAnswer(
                    robustness.draws(),
                    Robustness.CONCENTRATION,
                    Robustness.SEED,
                    robustness.candidates(),
                    robustness.exact(),
                    robustness.open(),
                    robustness.first(),
                    robustness.others());
        }
    }

    /** @param score from 0 to 100, like low and high */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            int rank,
            Creator creator,
            double score,
            double low,
            double high,
            @Nullable Double audienceShare,
            String why,
            List<CriterionAnswer> criteria) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Creator(
            String slug,
            String name,
            String platform,
            String handle,
            @Nullable Long followers,
            @Nullable String tier,
            @Nullable Double engagementRate,
            @Nullable String country,
            boolean demo) {}

    /** @param asked false where the brief does not ask for it; value, low and high are then null */
    record CriterionAnswer(
            String key,
            boolean asked,
            boolean known,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            double weight,
            double points,
            @Nullable Double peerMedian,
            @Nullable String evidence,
            @Nullable String source,
            @Nullable LocalDate observedAt) {}

    /** One of the brief's own stand-ins; null means all. */
    record StandIn(
            String of,
            @Nullable String platform,
            @Nullable String tier,
            @Nullable String country,
            int known,
            double median,
            double p10,
            double p90) {}

    static RankingAnswer of(
            Ranking ranking, Wording.Spoken words, boolean facets, boolean explain, @Nullable Robustness robustness) {
        var next = ranking.next();
        return new RankingAnswer(
                ranking.total(),
                ranking.unknownExcluded(),
                byKey(ranking.unknownCriteria()),
                ranking.demo(),
                ranking.tookNanos() / 1e6,
                ranking.catalogueVersion(),
                ranking.statisticsVersion(),
                ranking.asOf(),
                facets ? ranking.facets() : null,
                ranking.items().stream().map(item -> item(item, words)).toList(),
                next == null ? null : Cursor.write(next, ranking.catalogueVersion()),
                explain ? standIns(ranking.standIns()) : null,
                robustness == null ? null : RobustnessAnswer.of(robustness));
    }

    private static Map<String, Integer> byKey(Map<Criterion, Integer> counts) {
        var ordered = new java.util.LinkedHashMap<String, Integer>();
        new EnumMap<>(counts).forEach((criterion, count) -> ordered.put(criterion.key(), count));
        return ordered;
    }

    private static List<StandIn> standIns(Map<String, List<StandInGroup>> groups) {
        return groups.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(group -> new StandIn(
                                entry.getKey(),
                                group.platform(),
                                group.tier(),
                                group.country(),
                                group.known(),
                                group.median(),
                                group.p10(),
                                group.p90())))
                .toList();
    }

    static Item item(Ranking.Item item, Wording.Spoken words) {
        return item(item, item.rank(), words);
    }

    /** @param rank instead of the item's own */
    static Item item(Ranking.Item item, int rank, Wording.Spoken words) {
        var card = item.creator();
        return new Item(
                rank,
                new Creator(
                        card.slug(),
                        card.name(),
                        card.platform().key(),
                        card.handle(),
                        card.followers(),
                        card.tier(),
                        card.engagementRate(),
                        card.country(),
                        card.demo()),
                item.score(),
                item.low(),
                item.high(),
                item.audienceShare(),
                words.why(item),
                item.criteria().stream()
                        .map(score -> new CriterionAnswer(
                                score.criterion().key(),
                                score.asked(),
                                score.known(),
                                score.value(),
                                score.low(),
                                score.high(),
                                score.weight(),
                                score.points(),
                                score.peerMedian(),
                                words.evidence(score),
                                score.source(),
                                score.observedOn()))
                        .toList());
    }
}
