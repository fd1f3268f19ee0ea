package io.closeknit.index;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** A request made ready for chunks: what all its workers share. */
final class ChunkPlan {
    /** Scores are compared as whole billionths. */
    private static final double BILLIONTHS = 1e9;

    /** More than a float is off a number of followers that fits into an int. */
    private static final double FLOAT_FOLLOWERS = 1_024;

    /** Of so few in a chunk the rows are read at once: calculating a screen would take longer. */
    private static final int FEW = 48;

    private static final int WORDS = BitWords.words(ColumnBlock.CHUNK);

    private final RankingEngine.Request request;
    private final CompiledBrief brief;
    private final RankQuery query;
    private final ChunkFilter filter;
    private final ChunkScreen screen;
    private final boolean byFollowers;

    ChunkPlan(RankingEngine.Request request) {
        this.request = request;
        brief = request.brief();
        query = request.query();
        filter = new ChunkFilter(request);
        screen = new ChunkScreen(brief, points(brief, query.sort()));
        byFollowers = query.sort() == RankQuery.Sort.FOLLOWERS;
    }

    private static double[] points(CompiledBrief brief, RankQuery.Sort sort) {
        var points = new double[Criterion.COUNT];
        for (var criterion : Criterion.ALL) {
            var counts = sort != RankQuery.Sort.QUALITY
                    || criterion == Criterion.BOND
                    || criterion == Criterion.CREDIBILITY
                    || criterion == Criterion.FOCUS
                    || criterion == Criterion.AUTHENTICITY;
            points[criterion.ordinal()] = counts ? brief.points(criterion, 1) : 0;
        }
        return points;
    }

    Turn turn() {
        return request.turn();
    }

    /** How many of the brief's words each document of the segment has. */
    char[] hits(LeafReaderContext leaf) throws IOException {
        return request.words().in(leaf);
    }

    Worker worker(Ranker.Slice slice) {
        return new Worker(slice);
    }

    /** Works on chunks, one after the other, on one thread. */
    final class Worker {
        private final Ranker.Slice slice;
        private final ChunkFilter.Work filtered = new ChunkFilter.Work(filter);
        private final ChunkScreen.Work screened = new ChunkScreen.Work();
        private final BlockAccounts accounts = new BlockAccounts(brief.platforms());
        private final long[] asked = new long[WORDS];
        private final long[] counted = new long[WORDS];
        private final Candidates candidates = new Candidates();
        private final NicheMembers.Work byNiche = new NicheMembers.Work();

        private Worker(Ranker.Slice slice) {
            this.slice = slice;
        }

        /** @param narrowed the documents of the segment in question; null: all */
        void work(LeafReaderContext leaf, ColumnChunk chunk, @Nullable FixedBitSet narrowed) throws IOException {
            ask(leaf, chunk, narrowed);
            var hits = hits(leaf);
            var reader = new RowReader(leaf.reader());
            readOdd(leaf, chunk, hits, reader);
            if (BitWords.count(asked, chunk.words) == 0) {
                return;
            }
            accounts.look(chunk);
            filter.ask(chunk, accounts, asked, reader, filtered, slice.unknownExcluded());
            var passing = BitWords.count(filtered.passing, chunk.words);
            slice.count(passing, BitWords.countBoth(filtered.passing, chunk.demo, chunk.words));
            var counts = slice.counts();
            if (counts != null) {
                countFacets(chunk, passing, counts);
            }
            if (passing > 0) {
                screen.unknowns(chunk, accounts, filtered.passing, screened);
                countUnknown(chunk, passing);
                if (query.limit() > 0) {
                    keepFirst(leaf, chunk, hits, reader, passing);
                }
            }
        }

        private void ask(LeafReaderContext leaf, ColumnChunk chunk, @Nullable FixedBitSet narrowed) {
            BitWords.fill(asked, chunk.creators);
            var live = leaf.reader().getLiveDocs();
            if (live != null) {
                live.applyMask(new FixedBitSet(asked, chunk.creators), chunk.base);
            }
            if (narrowed != null) {
                narrowed.applyMask(new FixedBitSet(asked, chunk.creators), chunk.base);
            }
        }

        private void readOdd(LeafReaderContext leaf, ColumnChunk chunk, char[] hits, RowReader reader)
                throws IOException {
            for (var w = 0; w < chunk.words; w++) {
                for (var bits = asked[w] & chunk.odd[w]; bits != 0; bits &= bits - 1) {
                    var doc = chunk.base + (w << 6) + Long.numberOfTrailingZeros(bits);
                    var row = reader.of(doc);
                    if (row != null) {
                        slice.collect(row, leaf.docBase + doc, hits.length == 0 ? 0 : hits[doc]);
                    }
                }
                asked[w] &= ~chunk.odd[w];
            }
        }

        // ---- counting

        private void countFacets(ColumnChunk chunk, int passing, Facets counts) {
            var plan = counts.plan();
            var mask = passingBut(plan.pastNiche(), chunk);
            countNiches(chunk.nichesUpwards, mask, chunk, counts);
            mask = passingBut(plan.pastCountry(), chunk);
            countCountries(chunk, mask, counts);
            mask = passingBut(plan.pastPlatform(), chunk);
            countMain(chunk, mask, chunk.platforms, counts::addPlatform, chunk::platform);
            mask = passingBut(plan.pastTier(), chunk);
            countMain(chunk, mask, chunk.tiers, counts::addTier, chunk::tier);
        }

        private long[] passingBut(int past, ColumnChunk chunk) {
            if (past == 0) {
                return filtered.passing;
            }
            filter.passingBut(past, chunk, asked, filtered, counted);
            return counted;
        }

        private void countNiches(NicheMembers niches, long[] mask, ColumnChunk chunk, Facets counts) {
            var creators = BitWords.count(mask, chunk.words);
            if (creators == 0) {
                return;
            }
            niches.count(mask, creators, byNiche);
            for (var i = 0; i < niches.size(); i++) {
                counts.addNiche(niches.key(i), byNiche.found[i]);
            }
        }

        /** Counts those who are in the mask, or takes those who are not off all, whichever are fewer. */
        private void countCountries(ColumnChunk chunk, long[] mask, Facets counts) {
            var creators = BitWords.count(mask, chunk.words);
            if (creators == 0) {
                return;
            }
            var others = creators * 2 > chunk.creators;
            if (others) {
                for (var i = 0; i < chunk.countries.size(); i++) {
                    counts.addCountry(chunk.countries.key(i), chunk.countries.size(i));
                }
            }
            var step = others ? -1 : 1;
            for (var w = 0; w < chunk.words; w++) {
                var looked = (others ? ~mask[w] : mask[w]) & ~chunk.countryUnknown[w] & ~chunk.odd[w];
                looked &= w == chunk.words - 1 ? -1L >>> (64 - (chunk.creators & 63) & 63) : -1L;
                for (var left = looked; left != 0; left &= left - 1) {
                    counts.addCountry(chunk.country[(w << 6) + Long.numberOfTrailingZeros(left)], step);
                }
            }
        }

        private void count(CategorySets sets, long[] mask, ColumnChunk chunk, Count count) {
            var creators = BitWords.count(mask, chunk.words);
            var all = creators == chunk.creators - BitWords.count(chunk.odd, chunk.words);
            for (var i = 0; creators > 0 && i < sets.size(); i++) {
                var found = sets.count(i, mask, all);
                if (found > 0) {
                    count.add(sets.key(i), found);
                }
            }
        }

        /** By what the main account is: where that is not the first one, it is looked up. */
        private void countMain(ColumnChunk chunk, long[] mask, CategorySets sets, Count count, CategoryOf categoryOf) {
            if (accounts.areAll()) {
                count(sets, mask, chunk, count);
                return;
            }
            var plain = counted;
            for (var w = 0; w < chunk.words; w++) {
                for (var bits = mask[w] & accounts.special[w]; bits != 0; bits &= bits - 1) {
                    var main = accounts.main((w << 6) + Long.numberOfTrailingZeros(bits));
                    var category = main < 0 ? -1 : categoryOf.of(main);
                    if (category >= 0) {
                        count.add(category, 1);
                    }
                }
                plain[w] = mask[w] & ~accounts.special[w];
            }
            count(sets, plain, chunk, count);
        }

        private void countUnknown(ColumnChunk chunk, int passing) {
            for (var criterion : Criterion.ALL) {
                var unknown = switch (criterion) {
                    case RELEVANCE -> chunk.nicheUnknown;
                    case AUDIENCE -> screened.audienceUnknown;
                    case BOND -> screened.bondUnknown;
                    case CREDIBILITY -> chunk.credibilityUnknown;
                    case BELIEF -> screened.beliefUnknown;
                    case FOCUS -> chunk.focusUnknown;
                    case AUTHENTICITY -> screened.authenticityUnknown;
                    case VALUE -> screened.valueUnknown;
                };
                slice.countUnknown(
                        criterion,
                        brief.isAsked(criterion)
                                ? BitWords.countBoth(filtered.passing, unknown, chunk.words)
                                : passing);
            }
        }

        // ---- the first

        private void keepFirst(LeafReaderContext leaf, ColumnChunk chunk, char[] hits, RowReader reader, int passing)
                throws IOException {
            if (passing <= FEW) {
                readAll(leaf, chunk, hits, reader);
                return;
            }
            double scale;
            double slack;
            if (byFollowers) {
                followers(chunk);
                scale = 1;
                slack = FLOAT_FOLLOWERS;
            } else {
                screen.screen(chunk, accounts, filtered.passing, hits, screened);
                scale = BILLIONTHS;
                slack = screen.slack(chunk);
            }
            var after = query.after();
            // Whoever is certainly before the cursor was on an earlier page.
            // The low end may be anything below the screen.
            var most = after == null || query.sort() == RankQuery.Sort.LOW
                    ? Double.POSITIVE_INFINITY
                    : after.primary() / scale + slack;
            var least = slice.threshold() / scale;
            candidates.gather(filtered.passing, screened.upper, chunk.creators, least);
            if (!byFollowers) {
                for (var i = 0; i < candidates.size(); i++) {
                    screen.refine(chunk, accounts, candidates.get(i), screened);
                }
            }
            candidates.keep(least, most);
            candidates.sort(query.limit());
            for (var i = 0; i < candidates.size(); i++) {
                var creator = candidates.get(i);
                if (Math.rint(screened.upper[creator] * scale) < slice.threshold()) {
                    if (candidates.isSorted(i)) {
                        return;
                    }
                    continue;
                }
                consider(leaf, chunk, creator, hits, reader);
            }
        }

        private void readAll(LeafReaderContext leaf, ColumnChunk chunk, char[] hits, RowReader reader)
                throws IOException {
            for (var w = 0; w < chunk.words; w++) {
                for (var bits = filtered.passing[w]; bits != 0; bits &= bits - 1) {
                    consider(leaf, chunk, (w << 6) + Long.numberOfTrailingZeros(bits), hits, reader);
                }
            }
        }

        private void consider(LeafReaderContext leaf, ColumnChunk chunk, int creator, char[] hits, RowReader reader)
                throws IOException {
            var doc = chunk.base + creator;
            var row = reader.of(doc);
            if (row != null) {
                slice.consider(row, leaf.docBase + doc, hits.length == 0 ? 0 : hits[doc]);
            }
        }

        private void followers(ColumnChunk chunk) {
            screened.reserve(chunk);
            for (var creator = 0; creator < chunk.creators; creator++) {
                var own = chunk.followers[accounts.shown(creator)];
                screened.upper[creator] = own < 0 ? Candidates.NOBODYS : Math.nextUp((float) own);
            }
        }
    }

    private interface Count {
        void add(int category, int creators);
    }

    private interface CategoryOf {
        int of(int account);
    }

    /** Who could be among the first, the best ones first. */
    private static final class Candidates {
        private static final int LANES = 1_024;

        /** Lower than anybody's upper value. */
        private static final float NOBODYS = -1e30f;

        /** Above 0 where one of the lane's upper values is above the least. */
        private final float[] above = new float[LANES];

        private int[] creators = new int[1_024];
        private long[] order = {};
        private final int[] steps = new int[1_024];
        private int size;
        private int sorted;

        /**
         * Those in the mask whose upper value is at least this. Most creators' is not: so it is found first whether one of
         * every {@value #LANES}th's is, by a loop that becomes vector instructions (as a maximum of floats hardly does).
         */
        void gather(long[] mask, float[] upper, int all, double least) {
            var from = Math.max(NOBODYS, Math.nextDown((float) least));
            var rounds = (all + LANES - 1) / LANES;
            Arrays.fill(upper, all, rounds * LANES, NOBODYS);
            Arrays.fill(above, 0);
            var below = Math.nextDown(from);
            for (var round = 0; round < rounds; round++) {
                addAbove(upper, round * LANES, below);
            }
            uppers = upper;
            size = 0;
            for (var lane = 0; lane < LANES; lane++) {
                if (above[lane] > 0) {
                    for (var creator = lane; creator < all; creator += LANES) {
                        if (upper[creator] >= from && BitWords.get(mask, creator)) {
                            creators = size == creators.length ? Arrays.copyOf(creators, size * 2) : creators;
                            creators[size++] = creator;
                        }
                    }
                }
            }
        }

        private void addAbove(float[] upper, int from, float below) {
            for (var lane = 0; lane < LANES; lane++) {
                var over = upper[from + lane] - below;
                above[lane] += over + Math.abs(over);
            }
        }

        /** Lets go of those whose upper value is not from least to most. */
        void keep(double least, double most) {
            var from = Math.nextDown((float) least);
            var to = Math.max(NOBODYS, Math.nextUp((float) most));
            var kept = 0;
            for (var i = 0; i < size; i++) {
                var creator = creators[i];
                if (uppers[creator] >= from && uppers[creator] <= to) {
                    creators[kept++] = creator;
                }
            }
            size = kept;
        }

        private float[] uppers = {};

        /** Brings the best ones to the front, sorted: twice the limit or a few more, or all where they are few. */
        void sort(int limit) {
            sorted = size > 4 * limit + 64 ? partition(2 * limit) : size;
            order = order.length < sorted ? new long[creators.length] : order;
            for (var i = 0; i < sorted; i++) {
                // Floats that are not negative are ordered as their bits are; infinity below comes last.
                var bits = Float.floatToIntBits(uppers[creators[i]]);
                order[i] = (long) (bits < 0 ? Integer.MAX_VALUE : Integer.MAX_VALUE - bits) << 32 | creators[i];
            }
            Arrays.sort(order, 0, sorted);
            for (var i = 0; i < sorted; i++) {
                creators[i] = (int) order[i];
            }
        }

        /** Brings so many of the best to the front, and who is about as good as the last of them; returns how many. */
        private int partition(int wanted) {
            Arrays.fill(steps, 0);
            for (var i = 0; i < size; i++) {
                steps[step(creators[i])]++;
            }
            var least = steps.length;
            for (var found = 0; found < wanted; ) {
                found += steps[--least];
            }
            var front = 0;
            for (var i = 0; i < size; i++) {
                var creator = creators[i];
                if (step(creator) >= least) {
                    creators[i] = creators[front];
                    creators[front++] = creator;
                }
            }
            return front;
        }

        private int step(int creator) {
            return (int) Math.clamp(uppers[creator] * 10, 0f, steps.length - 1f);
        }

        int size() {
            return size;
        }

        int get(int i) {
            return creators[i];
        }

        boolean isSorted(int i) {
            return i < sorted;
        }
    }
}
