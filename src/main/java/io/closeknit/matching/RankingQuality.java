package io.closeknit.matching;

import io.closeknit.index.BriefQuestion;
import io.closeknit.index.Codes;
import io.closeknit.index.CreatorIndex;
import io.closeknit.index.Criterion;
import io.closeknit.index.Filters;
import io.closeknit.index.IndexAdministration;
import io.closeknit.index.IndexState;
import io.closeknit.index.RankQuery;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** How good the ranking is: what was measured on real pairs, and what of it this catalogue can use. */
@Service
class RankingQuality {
    /** Written by the command that docs/quality.md names. */
    private static final String FIGURES = "matching/ranking-quality.json";

    /** Criteria whose being known depends on the creator alone, given that somebody asks. */
    private static final List<Criterion> COUNTED = List.of(
            Criterion.RELEVANCE,
            Criterion.AUDIENCE,
            Criterion.BOND,
            Criterion.CREDIBILITY,
            Criterion.FOCUS,
            Criterion.AUTHENTICITY,
            Criterion.VALUE);

    private final CreatorIndex index;
    private final IndexAdministration administration;
    private final NicheDirectory niches;
    private final Measured measured;

    RankingQuality(CreatorIndex index, IndexAdministration administration, NicheDirectory niches) {
        this.index = index;
        this.administration = administration;
        this.niches = niches;
        measured = read();
    }

    /**
     * What was measured.
     *
     * @param candidates among whom the partners were sought
     */
    record Measured(LocalDate measuredOn, int candidates, List<SetUp> setUps) {}

    /**
     * One kind of brief.
     *
     * @param key all, three or partners
     * @param auc how often a partner comes before somebody who is none
     * @param ndcg10 how good the first ten are, 1 being the best order there is
     * @param recall10 share of the partners among the first ten
     * @param ndcg10Interval 95 % over brands
     * @param cosine the plain cosine of tags over the same candidates
     * @param ndcg10Ahead 95 % interval of the difference to it, brand by brand
     * @param aucAhead the same for auc
     */
    record SetUp(
            String key,
            int brands,
            double auc,
            double ndcg10,
            double recall10,
            Interval ndcg10Interval,
            Cosine cosine,
            Interval ndcg10Ahead,
            Interval aucAhead) {}

    record Cosine(double auc, double ndcg10, double recall10) {}

    record Interval(double low, double high) {}

    /**
     * This installation.
     *
     * @param statisticsVersion null before the first one is calculated
     * @param known creators for whom a criterion is known, by its key
     */
    record Own(@Nullable Long statisticsVersion, @Nullable LocalDate asOf, int creators, List<Known> known) {}

    record Known(String criterion, int creators) {}

    Measured measured() {
        return measured;
    }

    /** @return null while the index is not ready */
    @Nullable
    Own own() {
        var state = administration.state();
        if (!state.ready()) {
            return null;
        }
        var ranking =
                index.rank(new RankQuery(everything(), Filters.NONE, null, null, Sort.FIT, null, 1, false, false));
        var known = new ArrayList<Known>();
        for (var criterion : COUNTED) {
            var unknown = ranking.unknownCriteria().get(criterion);
            if (unknown != null) {
                known.add(new Known(criterion.key(), ranking.total() - unknown));
            }
        }
        IndexState.@Nullable StatisticsState statistics = state.statistics();
        return new Own(
                statistics == null ? null : statistics.version(),
                statistics == null ? null : statistics.asOf(),
                ranking.total(),
                known);
    }

    /** A question that makes every counted criterion one that is asked: some niche, a country, a budget. */
    private BriefQuestion everything() {
        var nothing = BriefQuestion.nothing(Criterion.defaultWeights());
        var wanted = niches.tree().all().stream()
                .findFirst()
                .map(Niche::id)
                .map(niche -> Map.of(niche, 1.0))
                .orElse(Map.of());
        return new BriefQuestion(
                nothing.platforms(),
                wanted,
                List.of(),
                new BriefQuestion.Target(Set.of(Codes.country("DE")), 0, 0, List.of(), Set.of()),
                nothing.belief(),
                nothing.deliverables(),
                true,
                nothing.weights());
    }

    private static Measured read() {
        try (var in = new ClassPathResource(FIGURES).getInputStream()) {
            return JsonMapper.builder().build().readValue(in, Measured.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
