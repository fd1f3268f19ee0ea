package io.closeknit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.closeknit.index.Lifting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a creator stands in a ranking by score, as the API says it; numbers unrounded.
 *
 * @param rank null where she does not pass the filters
 * @param total creators in the ranking; null likewise
 * @param fit as in a ranking
 * @param next who comes after her; null where nobody does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FitAnswer(
        @Nullable Integer rank,
        @Nullable Integer total,
        RankingAnswer.Item fit,
        @Nullable Next next,
        Counterfactual counterfactual,
        long catalogueVersion,
        long statisticsVersion) {

    /** @param by her points less those of the next one, with what each criterion adds to it */
    record Next(String slug, String name, double score, double by, Map<String, Double> criteria) {}

    /**
     * @param state {@code found}, {@code first}, {@code none}, {@code not-in} the ranking or too {@code far-back} in it
     * @param target the rank that counts as a lift; null where none was looked for
     * @param lifts single changes that are enough, the least effort first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Counterfactual(String state, @Nullable Integer target, List<Lift> lifts) {}

    /**
     * @param of what the figure is about, such as the code of a country
     * @param from as it is now, a fraction; 1 for the price
     * @param to the least that is enough
     * @param limit as far as was tried
     * @param effort how much of the way to the limit it takes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Lift(
            String figure,
            @Nullable String of,
            double from,
            double to,
            double limit,
            double effort,
            int rank,
            double score) {}

    static FitAnswer of(Standings.Standing standing, Wording.Spoken words) {
        var in = standing.rank() > 0;
        return new FitAnswer(
                in ? standing.rank() : null,
                in ? standing.total() : null,
                RankingAnswer.item(standing.item(), Math.max(1, standing.rank()), words),
                next(standing),
                counterfactual(standing.lifting()),
                standing.ranking().catalogueVersion(),
                standing.ranking().statisticsVersion());
    }

    private static @Nullable Next next(Standings.Standing standing) {
        var next = standing.next();
        var difference = standing.difference();
        if (next == null || difference == null) {
            return null;
        }
        var criteria = new LinkedHashMap<String, Double>();
        difference.parts().forEach(part -> criteria.put(part.criterion().key(), part.points()));
        return new Next(next.creator().slug(), next.creator().name(), next.score(), difference.points(), criteria);
    }

    private static Counterfactual counterfactual(Lifting.Answer lifting) {
        return new Counterfactual(
                lifting.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                lifting.target() > 0 ? lifting.target() : null,
                lifting.lifts().stream()
                        .map(lift -> new Lift(
                                lift.figure().key(),
                                lift.of(),
                                lift.from(),
                                lift.to(),
                                lift.limit(),
                                lift.effort(),
                                lift.rank(),
                                lift.score()))
                        .toList());
    }
}
