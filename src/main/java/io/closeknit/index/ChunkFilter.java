package io.closeknit.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query's filters over the columns of chunks. What no column tells is asked of the rows of those whom the other filters
 * let through. Immutable; a thread brings its own {@link Work}.
 */
final class ChunkFilter {
    /** A mean over one account may be this far off the account's own figure. */
    private static final double ULPS = 1e-12;

    /**
     * What one filter says of the creators of a chunk: bits of those who fail, and of those of whom it does not know. What
     * it says of others than the candidates does not matter.
     */
    private interface Test {
        void ask(ColumnChunk chunk, BlockAccounts accounts, Work work, long[] failed, long[] unknown);
    }

    private final RowFilter rows;
    private final CompiledBrief brief;
    private final List<String> names;
    private final @Nullable Test[] tests;
    private final int rowTests;
    private final boolean keepUnknown;
    /** Filters that some facet looks past. */
    private final int looksPast;

    ChunkFilter(RankingEngine.Request request) {
        rows = request.filter();
        brief = request.brief();
        names = rows.names();
        tests = new Test[names.size()];
        var filters = request.query().filters();
        keepUnknown = filters.keepUnknown();
        var asked = 0;
        for (var i = 0; i < tests.length; i++) {
            tests[i] = test(names.get(i), filters);
            asked |= tests[i] == null ? 1 << i : 0;
        }
        rowTests = asked;
        var query = request.query();
        looksPast = query.facets() && query.sideways()
                ? rows.mask("platform") | rows.mask("tier") | rows.mask("niche") | rows.mask("country")
                : 0;
    }

    /** A thread's workspace, and what the filters said of the last chunk. */
    static final class Work {
        /** Creators who pass. */
        final long[] passing = new long[WORDS];

        private final byte[] verdicts = new byte[ColumnBlock.CHUNK];
        private final long[][] failed;
        private final long[][] unknown;
        private final long[] candidates = new long[WORDS];
        private final long[] passed = new long[WORDS];
        private final RowFilter.Verdicts ofRow = new RowFilter.Verdicts();
        private final CreatorRow row = new CreatorRow();
        private final Audiences.Means means = new Audiences.Means();

        private static final int WORDS = BitWords.words(ColumnBlock.CHUNK);

        Work(ChunkFilter filter) {
            failed = new long[filter.tests.length][WORDS];
            unknown = new long[filter.tests.length][WORDS];
        }
    }

    private @Nullable Test test(String name, Filters filters) {
        return switch (name) {
            case "platforms" -> accountsOn(filters.accountsOn());
            case "platform" -> platform(filters.platforms());
            case "followers" -> followers(filters.followersMin(), filters.followersMax());
            case "tier" -> tier(filters.tiers());
            case "niche" -> niche(filters.niches());
            case "country" -> country(filters.countries());
            case "language" -> language(filters.languages());
            case "authenticityMin" -> authenticity(filters.authenticityMin());
            case "lastPostWithinDays" -> lastPost(filters.lastPostWithinDays());
            case "hasContact" -> contact(Boolean.TRUE.equals(filters.hasContact()));
            default -> null;
        };
    }

    // ---- asking

    /**
     * Finds who passes.
     *
     * @param asked who is in question; those that the columns know nothing of are not
     * @param unknownExcluded by filter, to be added to: who fails none but whose figure is not known for this one
     */
    void ask(
            ColumnChunk chunk, BlockAccounts accounts, long[] asked, RowReader reader, Work work, int[] unknownExcluded)
            throws IOException {
        System.arraycopy(asked, 0, work.candidates, 0, chunk.words);
        for (var i = 0; i < tests.length; i++) {
            var test = tests[i];
            if (test != null) {
                test.ask(chunk, accounts, work, work.failed[i], work.unknown[i]);
                if (keepUnknown) {
                    Arrays.fill(work.unknown[i], 0);
                }
                if ((looksPast >> i & 1) == 0) {
                    BitWords.andNot(work.candidates, work.failed[i], chunk.words);
                }
            }
        }
        if (rowTests != 0) {
            askRows(chunk, reader, work);
        }
        System.arraycopy(asked, 0, work.candidates, 0, chunk.words);
        for (var i = 0; i < tests.length; i++) {
            BitWords.andNot(work.candidates, work.failed[i], chunk.words);
        }
        System.arraycopy(work.candidates, 0, work.passing, 0, chunk.words);
        for (var i = 0; i < tests.length; i++) {
            unknownExcluded[i] += BitWords.countBoth(work.candidates, work.unknown[i], chunk.words);
            BitWords.andNot(work.passing, work.unknown[i], chunk.words);
        }
    }

    /** Who would pass but for the filters whose bit is in the mask. @param into overwritten */
    void passingBut(int past, ColumnChunk chunk, long[] asked, Work work, long[] into) {
        System.arraycopy(asked, 0, into, 0, chunk.words);
        for (var i = 0; i < tests.length; i++) {
            if ((past >> i & 1) == 0) {
                BitWords.andNot(into, work.failed[i], chunk.words);
                BitWords.andNot(into, work.unknown[i], chunk.words);
            }
        }
    }

    private void askRows(ColumnChunk chunk, RowReader reader, Work work) throws IOException {
        for (var i = 0; i < tests.length; i++) {
            if ((rowTests >> i & 1) != 0) {
                Arrays.fill(work.failed[i], 0);
                Arrays.fill(work.unknown[i], 0);
            }
        }
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = work.candidates[w]; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                var bytes = reader.of(chunk.base + creator);
                if (bytes != null) {
                    work.row.read(bytes.bytes, bytes.offset, bytes.length);
                    rows.ask(work.row, brief.mainAccount(work.row), work.means, work.ofRow, rowTests);
                    for (var failed = work.ofRow.failures; failed != 0; failed &= failed - 1) {
                        BitWords.set(work.failed[Integer.numberOfTrailingZeros(failed)], creator);
                    }
                    for (var unknown = work.ofRow.unknowns; unknown != 0; unknown &= unknown - 1) {
                        BitWords.set(work.unknown[Integer.numberOfTrailingZeros(unknown)], creator);
                    }
                }
            }
        }
    }

    // ---- filters by column

    private static final int PASS = 0;
    private static final int FAIL = 1;
    private static final int UNKNOWN = 2;

    private interface Verdict {
        int of(int creator);
    }

    private static void pack(byte[] verdicts, ColumnChunk chunk, long[] failed, long[] unknown) {
        Arrays.fill(verdicts, chunk.creators, chunk.words << 6, (byte) PASS);
        BitWords.pack(verdicts, 0, failed, chunk.words);
        BitWords.pack(verdicts, 1, unknown, chunk.words);
    }

    /** Sets the verdict anew for those with another number of accounts than one. */
    private static void correct(
            ColumnChunk chunk, BlockAccounts accounts, Work work, long[] failed, long[] unknown, Verdict verdict) {
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = accounts.special[w] & work.candidates[w]; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                var now = verdict.of(creator);
                BitWords.put(failed, creator, now == FAIL);
                BitWords.put(unknown, creator, now == UNKNOWN);
            }
        }
    }

    /** Whether it is faster to ask for each creator who is left than for all in one loop. */
    private static boolean areFew(ColumnChunk chunk, Work work) {
        return BitWords.count(work.candidates, chunk.words) * 16 < chunk.creators;
    }

    private static void askEach(ColumnChunk chunk, Work work, long[] failed, long[] unknown, Verdict verdict) {
        Arrays.fill(failed, 0);
        Arrays.fill(unknown, 0);
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = work.candidates[w]; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                var now = verdict.of(creator);
                BitWords.put(failed, creator, now == FAIL);
                BitWords.put(unknown, creator, now == UNKNOWN);
            }
        }
    }

    private static Test accountsOn(int wanted) {
        return (chunk, _, _, failed, unknown) -> {
            Arrays.fill(failed, 0);
            Arrays.fill(unknown, 0);
            for (var i = 0; i < chunk.platforms.size(); i++) {
                if ((wanted >> chunk.platforms.key(i) & 1) == 0) {
                    chunk.platforms.addTo(i, failed);
                }
            }
            for (var i = 0; i < chunk.several.length; i++) {
                for (var other = (int) chunk.severalFrom[i]; other < chunk.severalFrom[i + 1]; other++) {
                    if ((wanted >> chunk.platform(other) & 1) != 0) {
                        BitWords.clear(failed, chunk.several[i]);
                    }
                }
            }
        };
    }

    private static Test platform(Filters.Choice<Integer> choice) {
        return (chunk, accounts, work, failed, unknown) -> {
            choose(chunk, chunk.platforms, choice.wanted(), choice.unwanted(), null, failed, unknown);
            if (!accounts.areAll()) {
                correct(chunk, accounts, work, failed, unknown, creator -> {
                    var main = accounts.main(creator);
                    return main < 0 ? UNKNOWN : chosen(choice, chunk.platform(main));
                });
            }
        };
    }

    private static Test tier(Filters.Choice<Integer> choice) {
        return (chunk, accounts, work, failed, unknown) -> {
            choose(chunk, chunk.tiers, choice.wanted(), choice.unwanted(), chunk.followersUnknown, failed, unknown);
            if (!accounts.areAll()) {
                correct(chunk, accounts, work, failed, unknown, creator -> {
                    var main = accounts.main(creator);
                    var tier = main < 0 ? Tiers.UNKNOWN : chunk.tier(main);
                    return tier < 0 ? UNKNOWN : chosen(choice, tier);
                });
            }
        };
    }

    private static int chosen(Filters.Choice<Integer> choice, int own) {
        return (choice.wanted().isEmpty() || choice.wanted().contains(own))
                        && !choice.unwanted().contains(own)
                ? PASS
                : FAIL;
    }

    private static Test country(Filters.Choice<Integer> choice) {
        return (chunk, _, _, failed, unknown) -> choose(
                chunk, chunk.countries, choice.wanted(), choice.unwanted(), chunk.countryUnknown, failed, unknown);
    }

    private Test niche(Filters.Choice<Integer> choice) {
        var tree = brief.tree();
        var wanted = RowFilter.below(choice.wanted(), tree);
        var unwanted = RowFilter.below(choice.unwanted(), tree);
        return (chunk, _, _, failed, unknown) -> {
            Arrays.fill(failed, 0);
            if (!choice.wanted().isEmpty()) {
                addNiches(chunk, wanted, failed);
                for (var w = 0; w < chunk.words; w++) {
                    failed[w] = ~failed[w];
                }
            }
            addNiches(chunk, unwanted, failed);
            System.arraycopy(chunk.nicheUnknown, 0, unknown, 0, chunk.words);
            BitWords.andNot(failed, chunk.nicheUnknown, chunk.words);
        };
    }

    /** Adds those who are in one of the niches. */
    private static void addNiches(ColumnChunk chunk, boolean[] niches, long[] set) {
        for (var slice = 0; slice < chunk.niches.size(); slice++) {
            var niche = chunk.niches.key(slice);
            if (niche < niches.length && niches[niche]) {
                chunk.niches.addTo(slice, set);
            }
        }
    }

    private static void choose(
            ColumnChunk chunk,
            CategorySets sets,
            Set<Integer> wanted,
            Set<Integer> unwanted,
            long @Nullable [] notKnown,
            long[] failed,
            long[] unknown) {
        Arrays.fill(failed, 0);
        for (var key : wanted) {
            add(sets, key, failed);
        }
        if (!wanted.isEmpty()) {
            for (var w = 0; w < chunk.words; w++) {
                failed[w] = ~failed[w];
            }
        }
        for (var key : unwanted) {
            add(sets, key, failed);
        }
        if (notKnown == null) {
            Arrays.fill(unknown, 0);
        } else {
            System.arraycopy(notKnown, 0, unknown, 0, chunk.words);
            BitWords.andNot(failed, notKnown, chunk.words);
        }
    }

    private static void add(CategorySets sets, int key, long[] into) {
        var index = sets.index(key);
        if (index >= 0) {
            sets.addTo(index, into);
        }
    }

    private static Test language(Filters.Choice<Long> choice) {
        return (chunk, _, _, failed, unknown) -> choose(
                chunk,
                chunk.languages,
                covered(choice.wanted(), chunk),
                covered(choice.unwanted(), chunk),
                chunk.languageUnknown,
                failed,
                unknown);
    }

    /** The chunk's languages that these cover; a number that nobody has stands for none of many. */
    private static Set<Integer> covered(Set<Long> languages, ColumnChunk chunk) {
        var covered = new HashSet<Integer>();
        if (!languages.isEmpty()) {
            covered.add(Integer.MAX_VALUE);
        }
        for (var language : languages) {
            for (var i = 0; i < chunk.languageCodes.length; i++) {
                if (Codes.covers(language, chunk.languageCodes[i])) {
                    covered.add(i);
                }
            }
        }
        return covered;
    }

    private static Test followers(@Nullable Long atLeast, @Nullable Long atMost) {
        var least = atLeast == null ? 0 : atLeast;
        var most = atMost == null ? Long.MAX_VALUE : atMost;
        return (chunk, accounts, work, failed, unknown) -> {
            System.arraycopy(chunk.followersUnknown, 0, unknown, 0, chunk.words);
            var sorted = chunk.byFollowers;
            var from = chunk.fewerFollowers(least);
            var to = most == Long.MAX_VALUE ? sorted.length : Math.max(from, chunk.fewerFollowers(most + 1));
            if ((to - from) * 2 > sorted.length) { // most pass: the others are marked
                Arrays.fill(failed, 0);
                BitWords.setAll(failed, sorted, 0, from);
                BitWords.setAll(failed, sorted, to, sorted.length);
            } else {
                Arrays.fill(work.passed, 0);
                BitWords.setAll(work.passed, sorted, from, to);
                for (var w = 0; w < chunk.words; w++) {
                    failed[w] = ~(work.passed[w] | unknown[w]);
                }
            }
            if (!accounts.areAll()) {
                correct(chunk, accounts, work, failed, unknown, creator -> {
                    var main = accounts.main(creator);
                    if (main < 0 || chunk.followers[main] < 0) {
                        return UNKNOWN;
                    }
                    return chunk.followers[main] < least || chunk.followers[main] > most ? FAIL : PASS;
                });
            }
        };
    }

    private Test lastPost(@Nullable Integer within) {
        var days = within == null ? 0 : within;
        var today = brief.statistics().today();
        var earliest = Math.max(0, (int) Math.max((long) today - days, Integer.MIN_VALUE / 2));
        return (chunk, accounts, work, failed, unknown) -> {
            Verdict verdict = creator -> {
                accounts.gather(creator);
                var last = -1;
                for (var i = 0; i < accounts.count(); i++) {
                    last = Math.max(last, chunk.lastPost[accounts.get(i)]);
                }
                return verdict(last, today, days);
            };
            if (areFew(chunk, work)) {
                askEach(chunk, work, failed, unknown, verdict);
                return;
            }
            var verdicts = work.verdicts;
            for (var i = 0; i < chunk.creators; i++) {
                var last = chunk.lastPost[i];
                var notKnown = last >>> 31;
                var late = (earliest - 1 - last >> 31) + 1; // 1 where it is before the earliest
                verdicts[i] = (byte) (notKnown << 1 | late & ~notKnown);
            }
            pack(verdicts, chunk, failed, unknown);
            correct(chunk, accounts, work, failed, unknown, verdict);
        };
    }

    private static int verdict(int last, int today, int days) {
        return last < 0 ? UNKNOWN : today - last <= days ? PASS : FAIL;
    }

    /** Null where rounding could decide: then the rows are asked. */
    private static @Nullable Test authenticity(@Nullable Double atLeast) {
        var bound = ((atLeast == null ? 0 : atLeast) - RowFilter.ROUNDING) * CreatorRow.ONE;
        if (Math.abs(bound - Math.rint(bound)) < ULPS * CreatorRow.ONE || !(Math.abs(bound) < 1e6)) {
            return null;
        }
        var least = (int) Math.ceil(bound);
        return (chunk, accounts, work, failed, unknown) -> {
            Verdict verdict = creator -> {
                accounts.gather(creator);
                var mean = new Quality.Mean();
                for (var i = 0; i < accounts.count(); i++) {
                    var account = accounts.get(i);
                    if (chunk.isKnown(account, ColumnChunk.REAL_FOLLOWERS)) {
                        var real = (double) chunk.realFollowers[account] / CreatorRow.ONE;
                        mean.add(chunk.followers[account], real, real, real);
                    }
                }
                if (!mean.isKnown()) {
                    return UNKNOWN;
                }
                return mean.middle() >= (atLeast == null ? 0 : atLeast) - RowFilter.ROUNDING ? PASS : FAIL;
            };
            if (areFew(chunk, work)) {
                askEach(chunk, work, failed, unknown, verdict);
                return;
            }
            var verdicts = work.verdicts;
            for (var i = 0; i < chunk.creators; i++) {
                var notKnown = ~(chunk.known[i] >> ColumnChunk.REAL_FOLLOWERS) & 1;
                var below = (chunk.realFollowers[i] - least) >>> 31;
                verdicts[i] = (byte) (notKnown << 1 | below & ~notKnown);
            }
            pack(verdicts, chunk, failed, unknown);
            correct(chunk, accounts, work, failed, unknown, verdict);
        };
    }

    private static Test contact(boolean wanted) {
        return (chunk, _, _, failed, unknown) -> {
            Arrays.fill(unknown, 0);
            for (var w = 0; w < chunk.words; w++) {
                failed[w] = wanted ? ~chunk.contact[w] : chunk.contact[w];
            }
        };
    }

    /** The filters' names, in order. */
    List<String> names() {
        return names;
    }
}
