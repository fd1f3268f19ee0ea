package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.NicheDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What needs more of a ranking than its first page: all of it in order, the values behind its head, and what would lift one
 * creator. Everything comes from one snapshot of the index and from the same evaluation as {@link CreatorIndex#rank}; it
 * takes a pass over the catalogue or several, so it is asked for apart from the list. Safe to share between threads.
 */
@Service
public class WholeRanking {
    /** Rows that are held at once while a whole ranking is walked. */
    private static final int STRIDE = 20_000;

    /** Whoever comes after so many is told nothing of what would lift her: it would be true of thousands. */
    static final int FAR_BACK = 100_000;

    private final IndexKeeper keeper;
    private final NicheDirectory niches;
    private final Tiers tiers;
    /** One thread: nobody waits for a list because somebody else exports. */
    private final RankingEngine engine = new RowEngine(null);

    /** For the head, on one thread as well. */
    private final RankingEngine columns;

    WholeRanking(IndexKeeper keeper, NicheDirectory niches, Tiers tiers, BlockCache blocks) {
        this.keeper = keeper;
        this.niches = niches;
        this.tiers = tiers;
        columns = new BlockEngine(blocks, null, 1);
    }

    private RankingEngine.Request request(IndexStore.Snapshot snapshot, Statistics statistics, RankQuery query) {
        return RankingEngine.Request.of(
                snapshot.reader(), query, niches.tree(), statistics, tiers, new WordHits.Cache());
    }

    /** The same question for another stretch of the ranking. */
    private static RankingEngine.Request stretch(
            RankingEngine.Request request, RankQuery.Sort sort, RankQuery.@Nullable SortKey after, int limit) {
        var query = request.query();
        return new RankingEngine.Request(
                request.reader(),
                request.narrowed(),
                request.brief(),
                request.filter(),
                request.words(),
                new RankQuery(query.question(), query.filters(), query.words(), null, sort, after, limit, false, false),
                request.turn());
    }

    // ---- in order

    /** One account of a creator. */
    public record Handle(Platform platform, String handle) {}

    /** What a walk tells on its way. */
    public interface Walker {
        /** Once, before the first creator, also where nobody passes. */
        void begin(int total, long catalogueVersion, long statisticsVersion, LocalDate asOf);

        /** @param handles of all her accounts, the largest first */
        void creator(Ranking.Item item, List<Handle> handles);
    }

    /**
     * Walks the ranking from its top to its end in the query's order; limit, place and facets of the query don't count.
     * What the walker throws ends the walk.
     *
     * @throws NothingToWeighException where every criterion that is asked weighs 0
     * @throws IndexNotReadyException before the first index is complete
     */
    public void walk(RankQuery query, Walker walker) {
        var statistics = keeper.statistics();
        try (var snapshot = keeper.acquire()) {
            var request = request(snapshot, statistics, query);
            var explainer = new Explainer(request.brief());
            var row = new CreatorRow();
            RankQuery.SortKey after = null;
            var rank = 0;
            while (true) {
                var found = engine.rank(stretch(request, query.sort(), after, STRIDE));
                if (after == null) {
                    walker.begin(found.total(), snapshot.catalogueVersion(), statistics.version(), statistics.asOf());
                }
                for (var hit : found.hits()) {
                    row.read(hit.row(), 0, hit.row().length);
                    walker.creator(explainer.explain(row, hit.words(), ++rank, List.of()), handles(row));
                }
                if (found.hits().isEmpty() || rank >= found.total()) {
                    return;
                }
                var last = found.hits().getLast();
                after = new RankQuery.SortKey(
                        last.key().primary(),
                        last.key().name(),
                        last.key().followers(),
                        new String(last.slug(), StandardCharsets.UTF_8),
                        rank);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The index cannot be read", e);
        }
    }

    private static List<Handle> handles(CreatorRow row) {
        var handles = new ArrayList<Handle>();
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            handles.add(new Handle(Platform.values()[account.platform], account.handle.toString()));
        }
        return handles;
    }

    // ---- the values behind the head

    /**
     * The head of a ranking as numbers: the values of each criterion do not depend on the weights.
     *
     * @param total creators that pass the filters, also those after the head
     * @param weights by ordinal of {@link Criterion}, summing to 1; 0 where not asked
     * @param creators those with the highest scores, best first
     */
    public record Head(int total, double[] weights, List<Values> creators) {}

    /**
     * @param followers of the main account; {@link Long#MAX_VALUE} where not known, as in the order of a ranking
     * @param value by ordinal of {@link Criterion}; 0 where not asked
     */
    public record Values(String slug, String name, long followers, double[] value) {}

    /** The values of the first creators by score, whatever order the query asks for. */
    public Head head(RankQuery query, int most) {
        var statistics = keeper.statistics();
        try (var snapshot = keeper.acquire()) {
            var request = request(snapshot, statistics, query);
            var found = columns.rank(stretch(request, RankQuery.Sort.FIT, null, most));
            var scratch = new CompiledBrief.Scratch();
            var row = new CreatorRow();
            var creators = new ArrayList<Values>(found.hits().size());
            for (var hit : found.hits()) {
                row.read(hit.row(), 0, hit.row().length);
                var evaluation = request.brief().evaluate(row, hit.words(), scratch);
                creators.add(new Values(
                        row.slug.toString(), row.name.toString(), hit.key().followers(), evaluation.value.clone()));
            }
            var weights = Criterion.ALL.stream()
                    .mapToDouble(criterion -> request.brief().points(criterion, 1) / 100)
                    .toArray();
            return new Head(found.total(), weights, creators);
        } catch (IOException e) {
            throw new UncheckedIOException("The index cannot be read", e);
        }
    }

    // ---- what would lift her

    /**
     * Looks for the smallest change of one figure that would lift a creator in the ranking by score: her row is changed and
     * evaluated anew, nothing is estimated. Everybody else, peers and statistics stay as they are. See {@link Lifting}.
     */
    public Lifting.Answer lift(RankQuery query, String slug) {
        var statistics = keeper.statistics();
        try (var snapshot = keeper.acquire()) {
            var request = request(snapshot, statistics, query);
            var scratch = new CompiledBrief.Scratch();
            var means = new Audiences.Means();
            var verdicts = new RowFilter.Verdicts();

            var own = new Own();
            scan(request, new TermQuery(new Term(IndexFields.SLUG, slug)), (row, words) -> {
                own.row = row.toBytes();
                own.words = words;
                request.filter().ask(row, request.brief().mainAccount(row), means, verdicts);
                own.passes = verdicts.pass() && !query.filters().excludeSlugs().contains(slug);
            });
            if (!own.passes) {
                return Lifting.Answer.absent(Lifting.State.NOT_IN, 0, 0);
            }
            var lifting = new Lifting(request.brief(), own.row, own.words);
            var place = lifting.place();
            var ahead = new ArrayList<Lifting.Place>();
            var counts = new int[2];
            scan(request, request.narrowed(), (row, words) -> {
                request.filter().ask(row, request.brief().mainAccount(row), means, verdicts);
                if (!verdicts.pass()) {
                    return;
                }
                counts[0]++;
                var other = Lifting.Place.of(row, request.brief().evaluate(row, words, scratch));
                if (other.compareTo(place) < 0) {
                    counts[1]++;
                    if (counts[1] <= FAR_BACK) {
                        ahead.add(other);
                    }
                }
            });
            if (counts[1] > FAR_BACK) {
                return Lifting.Answer.absent(Lifting.State.FAR_BACK, counts[1] + 1, counts[0]);
            }
            return lifting.among(ahead, counts[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("The index cannot be read", e);
        }
    }

    private static final class Own {
        private byte[] row = {};
        private int words;
        private boolean passes;
    }

    private interface Visitor {
        void row(CreatorRow row, int words);
    }

    /** Every row that the query finds, in no order, on this thread. */
    private static void scan(RankingEngine.Request request, Query query, Visitor visitor) throws IOException {
        var searcher = new IndexSearcher(request.reader());
        searcher.setQueryCache(null);
        searcher.search(query, new CollectorManager<Collector, Integer>() {
            @Override
            public Collector newCollector() {
                var row = new CreatorRow();
                return new Rows(request.words(), row, visitor);
            }

            @Override
            public Integer reduce(Collection<Collector> collectors) {
                return collectors.size();
            }
        });
    }

    private static final class Rows implements Collector {
        private final WordHits hits;
        private final CreatorRow row;
        private final Visitor visitor;

        Rows(WordHits hits, CreatorRow row, Visitor visitor) {
            this.hits = hits;
            this.row = row;
            this.visitor = visitor;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            var rows = DocValues.getBinary(leaf.reader(), IndexFields.ROW);
            var words = hits.in(leaf);
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {
                    // the fit is the score
                }

                @Override
                public void collect(int doc) throws IOException {
                    if (rows.advanceExact(doc)) {
                        var bytes = rows.binaryValue();
                        row.read(bytes.bytes, bytes.offset, bytes.length);
                        visitor.row(row, words.length == 0 ? 0 : words[doc]);
                    }
                }
            };
        }
    }
}
