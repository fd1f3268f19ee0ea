package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.index.CreatorIndex;
import io.closeknit.index.Lifting;
import io.closeknit.index.NothingToWeighException;
import io.closeknit.index.RankQuery;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.index.RankQuery.SortKey;
import io.closeknit.index.Ranking;
import io.closeknit.index.RankingOvertakenException;
import io.closeknit.index.WholeRanking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Ranks creators for a brief. Pages and the API come here, so that both say the same numbers. */
@Service
class RankingService {
    /** A brief that asks nothing: what is left is quality. */
    static final BriefDocument NO_BRIEF = new BriefDocument(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private final BriefCompiler compiler;
    private final CreatorIndex index;
    private final WholeRanking whole;
    private final Sentences sentences;

    RankingService(BriefCompiler compiler, CreatorIndex index, WholeRanking whole, Sentences sentences) {
        this.compiler = compiler;
        this.index = index;
        this.whole = whole;
        this.sentences = sentences;
    }

    /**
     * What is asked.
     *
     * @param brief checked; null: none
     * @param weights of the request; null: those of the brief, else the defaults
     * @param after where the page before ended; null: from the top
     * @param sideways see {@link RankQuery}
     */
    record Question(
            @Nullable BriefDocument brief,
            Selection selection,
            @Nullable Map<String, Double> weights,
            int limit,
            @Nullable SortKey after,
            boolean facets,
            boolean sideways) {}

    /** What is wrong with a question, each at its field. */
    static final class RefusedException extends RuntimeException {
        private final transient List<Problem> problems;

        RefusedException(List<Problem> problems) {
            super("The ranking was refused for " + problems.size() + " reasons");
            this.problems = List.copyOf(problems);
        }

        List<Problem> problems() {
            return problems;
        }
    }

    /**
     * Ranks the catalogue.
     *
     * @throws RefusedException where the weights cannot be used
     */
    Ranking rank(Question question) {
        return weighing(() -> index.rank(query(question)));
    }

    /**
     * Ranks the catalogue, unless the same asker asks anew meanwhile.
     *
     * @throws RefusedException where the weights cannot be used
     * @throws RankingOvertakenException where a newer question of the asker came before this one was answered
     */
    Ranking rank(Question question, String asker) {
        return weighing(() -> index.rank(query(question), asker));
    }

    /** One creator for a brief, whatever its filters say. */
    Ranking one(@Nullable BriefDocument brief, @Nullable Map<String, Double> weights, String slug) {
        var asked = brief == null ? NO_BRIEF : brief;
        return weighing(() -> index.rank(RankQuery.one(compiler.question(asked, weights(asked, weights)), slug)));
    }

    /** Walks all of a ranking in its order. */
    void walk(Question question, WholeRanking.Walker walker) {
        weighing(() -> {
            whole.walk(query(question), walker);
            return true;
        });
    }

    /** The values behind the first creators by score. */
    WholeRanking.Head head(Question question, int most) {
        return weighing(() -> whole.head(query(question), most));
    }

    /** What would lift a creator in a ranking by score. */
    Lifting.Answer lift(Question question, String slug) {
        return weighing(() -> whole.lift(query(question), slug));
    }

    /** Whether a creator passes the filters of a question. */
    boolean passes(Question question, String slug) {
        var asked = query(question);
        return weighing(() -> index.rank(new RankQuery(
                                asked.question(), asked.filters(), null, slug, Sort.FIT, null, 0, false, false))
                        .total()
                > 0);
    }

    private RankQuery query(Question question) {
        var brief = question.brief() == null ? NO_BRIEF : question.brief();
        var sort = question.selection().sort();
        return new RankQuery(
                compiler.question(brief, weights(brief, question.weights())),
                compiler.filters(brief, question.selection().filters()),
                question.selection().words(),
                null,
                sort == null ? Sort.FIT : sort,
                question.after(),
                question.limit(),
                question.facets(),
                question.sideways());
    }

    private double[] weights(BriefDocument brief, @Nullable Map<String, Double> requested) {
        var problems = new ArrayList<Problem>();
        var weights = compiler.weights(requested, brief.weights(), "weights.", problems);
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return weights;
    }

    private <T> T weighing(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (NothingToWeighException e) {
            throw new RefusedException(
                    List.of(new Problem("weights", sentences.of("matching.problem.nothing-to-weigh"))));
        }
    }
}
