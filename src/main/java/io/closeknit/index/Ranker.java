package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Scores every creator that a Lucene query finds and the filters pass, keeps the first k and counts the facets, in one
 * pass. One collector for each slice of the index; nothing is shared until they are reduced.
 */
final class Ranker implements CollectorManager<Ranker.Slice, Ranker.Result> {
    /** Rows between two looks at whether the answer is still wanted. */
    private static final int CHECKED_EVERY = 4_096;

    private final CompiledBrief brief;
    private final RowFilter filter;
    private final WordHits words;
    private final RankQuery query;
    private final Turn turn;
    private final Facets.Plan facets;

    Ranker(RankingEngine.Request request) {
        brief = request.brief();
        filter = request.filter();
        words = request.words();
        query = request.query();
        turn = request.turn();
        facets = new Facets.Plan(brief.tree(), brief.tiers(), filter, query.sideways());
    }

    /** A creator that made it among the first. */
    record Hit(int doc, int words, RankQuery.SortKey key, byte[] slug, byte[] row) {}

    /** What all slices found together. */
    record Result(
            int total,
            int demo,
            int[] unknownCriteria,
            int[] unknownExcluded,
            List<Hit> hits,
            @Nullable Facets facets) {}

    /** Best first. */
    private static final Comparator<Hit> ORDER = (a, b) -> {
        var byKey = Double.compare(b.key().primary(), a.key().primary());
        if (byKey == 0) {
            byKey = a.key().name().compareTo(b.key().name());
        }
        if (byKey == 0) {
            byKey = Long.compare(a.key().followers(), b.key().followers());
        }
        return byKey == 0 ? Arrays.compareUnsigned(a.slug(), b.slug()) : byKey;
    };

    @Override
    public Slice newCollector() {
        return new Slice();
    }

    @Override
    public Result reduce(Collection<Slice> slices) {
        var total = 0;
        var demo = 0;
        var unknownCriteria = new int[Criterion.COUNT];
        var unknownExcluded = new int[filter.names().size()];
        var hits = new ArrayList<Hit>();
        var counts = query.facets() ? new Facets(facets) : null;
        for (var slice : slices) {
            total += slice.total;
            demo += slice.demo;
            add(unknownCriteria, slice.unknownCriteria);
            add(unknownExcluded, slice.unknownExcluded);
            hits.addAll(slice.first);
            if (counts != null && slice.counts != null) {
                counts.add(slice.counts);
            }
        }
        hits.sort(ORDER);
        return new Result(
                total,
                demo,
                unknownCriteria,
                unknownExcluded,
                hits.subList(0, Math.min(query.limit(), hits.size())),
                counts);
    }

    private static void add(int[] to, int[] from) {
        for (var i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Collects one slice, on one thread. */
    final class Slice implements Collector {
        private final CompiledBrief.Scratch scratch = new CompiledBrief.Scratch();
        private final Audiences.Means means = new Audiences.Means();
        private final RowFilter.Verdicts verdicts = new RowFilter.Verdicts();
        private final CreatorRow row = new CreatorRow();
        private final PriorityQueue<Hit> first = new PriorityQueue<>(ORDER.reversed());
        private final int[] unknownCriteria = new int[Criterion.COUNT];
        private final int[] unknownExcluded = new int[filter.names().size()];
        private final @Nullable Facets counts = query.facets() ? new Facets(facets) : null;
        private final @Nullable Hit after = after();
        private int total;
        private int demo;
        private int untilCheck;

        private @Nullable Hit after() {
            var key = query.after();
            return key == null
                    ? null
                    : new Hit(-1, 0, key, key.slug().getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[0]);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            var rows = DocValues.getBinary(leaf.reader(), IndexFields.ROW);
            var hits = words.in(leaf);
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {
                    // the fit is the score
                }

                @Override
                public void collect(int doc) throws IOException {
                    if (rows.advanceExact(doc)) {
                        Slice.this.collect(rows.binaryValue(), leaf.docBase + doc, hits.length == 0 ? 0 : hits[doc]);
                    }
                }
            };
        }

        /** Filters, counts and scores a row. @param doc within the whole index */
        void collect(BytesRef bytes, int doc, int wordHits) {
            if (--untilCheck < 0) {
                turn.check();
                untilCheck = CHECKED_EVERY;
            }
            row.read(bytes.bytes, bytes.offset, bytes.length);
            var main = brief.mainAccount(row);
            filter.ask(row, main, means, verdicts);
            if (counts != null) {
                counts.count(row, main, verdicts);
            }
            if (verdicts.failures == 0) {
                for (var bits = verdicts.unknowns; bits != 0; bits &= bits - 1) {
                    unknownExcluded[Integer.numberOfTrailingZeros(bits)]++;
                }
            }
            if (!verdicts.pass()) {
                return;
            }
            total++;
            demo += row.demo ? 1 : 0;
            var evaluation = brief.evaluate(row, wordHits, scratch);
            for (var criterion = 0; criterion < Criterion.COUNT; criterion++) {
                unknownCriteria[criterion] += (evaluation.known >> criterion & 1) ^ 1;
            }
            keep(evaluation, doc, wordHits);
        }

        /** Scores a row that passes and is counted already. */
        void consider(BytesRef bytes, int doc, int wordHits) {
            row.read(bytes.bytes, bytes.offset, bytes.length);
            keep(brief.evaluate(row, wordHits, scratch), doc, wordHits);
        }

        /** The primary key that a row must reach to be among the first; negative infinity while there is room. */
        double threshold() {
            return first.size() < query.limit()
                    ? Double.NEGATIVE_INFINITY
                    : first.element().key().primary();
        }

        /** Takes what was counted of creators whose rows were not read. */
        void count(int creators, int invented) {
            total += creators;
            demo += invented;
        }

        void countUnknown(Criterion criterion, int creators) {
            unknownCriteria[criterion.ordinal()] += creators;
        }

        int[] unknownExcluded() {
            return unknownExcluded;
        }

        @Nullable
        Facets counts() {
            return counts;
        }

        private void keep(Evaluation evaluation, int doc, int wordHits) {
            if (query.limit() == 0) {
                return;
            }
            var primary = primary(evaluation);
            var worst = first.size() < query.limit() ? null : first.element();
            if (worst != null && primary < worst.key().primary()) {
                return; // most rows end here, without a text being read
            }
            var followers = evaluation.main < 0 ? -1 : row.accounts[evaluation.main].followers;
            var name = query.sort() == RankQuery.Sort.NAME ? row.name.toString().toLowerCase(Locale.ROOT) : "";
            var key = new RankQuery.SortKey(primary, name, followers < 0 ? Long.MAX_VALUE : followers, "", 0);
            var hit = new Hit(doc, wordHits, key, row.slug.toBytes(), new byte[0]);
            if (after != null && ORDER.compare(hit, after) <= 0 || worst != null && ORDER.compare(hit, worst) >= 0) {
                return;
            }
            if (worst != null) {
                first.remove();
            }
            first.add(new Hit(doc, wordHits, key, hit.slug(), row.toBytes()));
        }

        private double primary(Evaluation evaluation) {
            var account = row.accounts[Math.max(0, evaluation.main)];
            return switch (query.sort()) {
                case FIT -> Math.rint(evaluation.score * 1e9);
                case LOW -> Math.rint(evaluation.lowScore * 1e9);
                case QUALITY -> Math.rint(quality(evaluation) * 1e9);
                case FOLLOWERS -> account.followers < 0 ? Double.NEGATIVE_INFINITY : account.followers;
                case ENGAGEMENT -> orLast(account.engagementRate);
                case GROWTH -> orLast(account.growth90d);
                case PRICE -> orLast(-RowFilter.cheapestPrice(row, platforms(), brief.statistics()));
                case LAST_POST -> RowFilter.lastPostDay(row, platforms());
                case NAME -> 0;
            };
        }

        private int platforms() {
            return brief.question().platforms() == 0 ? -1 : brief.question().platforms();
        }

        private double quality(Evaluation evaluation) {
            return brief.points(Criterion.BOND, evaluation.value[Criterion.BOND.ordinal()])
                    + brief.points(Criterion.CREDIBILITY, evaluation.value[Criterion.CREDIBILITY.ordinal()])
                    + brief.points(Criterion.FOCUS, evaluation.value[Criterion.FOCUS.ordinal()])
                    + brief.points(Criterion.AUTHENTICITY, evaluation.value[Criterion.AUTHENTICITY.ordinal()]);
        }

        private static double orLast(double figure) {
            return Double.isNaN(figure) ? Double.NEGATIVE_INFINITY : figure;
        }
    }

    static String platformKey(int platform) {
        return Platform.values()[platform].key();
    }
}
