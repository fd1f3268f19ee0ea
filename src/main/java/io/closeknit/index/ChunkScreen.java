package io.closeknit.index;

import io.closeknit.index.StandIns.StandIn;
import java.util.Arrays;

/**
 * The fit from the columns of a chunk, a little too good rather than too bad, in two stages. {@link #screen} calculates for
 * all what is calculated fast for all, and takes the value for money at its most; {@link #refine} adds that for those who
 * still matter. No creator's score is higher than her {@linkplain Work#upper upper value} after either stage, and after the
 * second none is lower than that by more than {@link #slack}.
 *
 * <p>Why that holds: every share and every value among the peers is rounded up to a 255th, every logarithm to a step; each criterion grows with each of them (or is a sum, product, square root or mean of such); and each float
 * calculation's rounding is less than what {@link #ROUNDING} and {@link #FLOAT} add. docs/decisions/0010 has it in full.
 * Immutable; a thread brings its own {@link Work}.
 */
final class ChunkScreen {
    /** More than what some hundred float operations on sums of positive figures can lose, as a part of the result. */
    private static final float ROUNDING = 1 + 5e-5f;

    /** More than what the additions of a score lose, in points. */
    private static final float FLOAT = 1e-3f;

    /** log₂(x) of a float is at most this much above its bits read as a number: max of log₂(1+m) − m, and rounding. */
    private static final float MANTISSA = 0.08608f;

    private static final float BIT_STEPS = 1f / (1 << 23);
    private static final float STEP = 1f / ColumnChunk.LOG_STEPS;
    private static final float SHARE = 1f / 255;

    // Value = 1 + (log₂ of engaged target people per EUR + log₂ 0.1) / log₂ 1000, see CompiledBrief.
    private static final float CHEAP = (float) (Math.log(0.1) / Math.log(2));
    private static final float PER_DOUBLING = (float) (Math.log(2) / Math.log(1000));

    private static final int SLOTS = 5;

    private final CompiledBrief brief;
    private final Audiences audiences;
    private final int platforms;
    private final float[] points = new float[Criterion.COUNT];
    private final boolean wantsShares;
    private final boolean wantsValue;
    private final int need;
    private final int jointCells;
    private final float[] coefficient;
    private final int[] deliverables;
    private final int asksDeliverables;
    private final int pieces;
    private final int words;
    private final float[] relevanceStandIns;
    private final float[] valueStandIns;
    private final float[] audienceStandIns;
    // By country code plus one, as sums of both are calculated without a branch that nobody can foresee.
    /** 0 where the groups serve. */
    private final float[] audienceOfCountry = new float[26 * 26 + 1];
    /** How much of the groups' serves: 1 or 0. */
    private final float[] audienceOfGroup = new float[26 * 26 + 1];

    /** @param points of each criterion's value 1, by ordinal; 0 leaves it out */
    ChunkScreen(CompiledBrief brief, double[] points) {
        this.brief = brief;
        audiences = brief.audiences();
        platforms = brief.platforms();
        for (var i = 0; i < points.length; i++) {
            this.points[i] = points[i] == 0 ? 0 : Math.nextUp((float) points[i]);
        }
        wantsValue = weighs(Criterion.VALUE);
        wantsShares = audiences.isAsked() && (weighs(Criterion.AUDIENCE) || wantsValue);
        need = audiences.asked();
        jointCells = audiences.wantedCells();
        coefficient = new float[brief.served().length];
        for (var niche = 0; niche < coefficient.length; niche++) {
            if (brief.served()[niche] >= 0) {
                coefficient[niche] = Math.nextUp((float) brief.servedFactor(niche));
            }
        }
        deliverables = brief.question().deliverables();
        asksDeliverables =
                (int) Arrays.stream(deliverables).filter(count -> count > 0).count();
        pieces = Arrays.stream(deliverables).filter(count -> count > 0).sum();
        words = brief.question().belief().words().size();
        relevanceStandIns = standIns(Criterion.RELEVANCE);
        valueStandIns = standIns(Criterion.VALUE);
        audienceStandIns = standIns(Criterion.AUDIENCE);
        Arrays.fill(audienceOfGroup, 1);
        for (var country = 0; country < audienceOfCountry.length - 1; country++) {
            if (brief.standsInByCountry(country)) {
                audienceOfGroup[country + 1] = 0;
                audienceOfCountry[country + 1] = up(brief.standIn(Criterion.AUDIENCE, 0, Tiers.UNKNOWN, country)
                        .median());
            }
        }
    }

    /** By group of {@link ColumnChunk#group}. */
    private float[] standIns(Criterion criterion) {
        var table = new float[(brief.tiers().count() + 1) * ColumnChunk.TIER];
        for (var group = 0; group < table.length; group++) {
            if ((group & ColumnChunk.PLATFORM) < Peers.PLATFORMS) {
                table[group] = up(brief.standIn(
                                criterion, group & ColumnChunk.PLATFORM, group / ColumnChunk.TIER - 1, Codes.UNKNOWN)
                        .median());
            }
        }
        return table;
    }

    private boolean weighs(Criterion criterion) {
        return points[criterion.ordinal()] > 0;
    }

    private float points(Criterion criterion) {
        return points[criterion.ordinal()];
    }

    /** A thread's workspace, and what came out for the last chunk. */
    static final class Work {
        /** By creator, at least her score. */
        float[] upper = {};

        // Of whom the criterion is not known.
        final long[] audienceUnknown = new long[WORDS];
        final long[] valueUnknown = new long[WORDS];
        final long[] beliefUnknown = new long[WORDS];
        final long[] bondUnknown = new long[WORDS];
        final long[] authenticityUnknown = new long[WORDS];

        private static final int WORDS = BitWords.words(ColumnBlock.CHUNK);

        private final byte[] flags = new byte[ColumnBlock.CHUNK];
        private final CompiledBrief.Heard heard = new CompiledBrief.Heard();
        // By creator.
        private float[] relevance = {};
        private float[] served = {};
        // By account.
        private int[] countrySums = {};
        private int[] languageSums = {};
        private int[] interestSums = {};
        private float[] ageSums = {};
        private float[] genderSums = {};
        private float[] people = {};
        private float[] share = {};
        private float[] audience = {};
        private float[] price = {};
        private int[] priced = {};
        private byte[] priceKnown = {};
        private final Means means = new Means();

        void reserve(ColumnChunk chunk) {
            var accounts = chunk.accounts;
            if (upper.length == 0) {
                upper = new float[ColumnBlock.CHUNK];
                relevance = new float[ColumnBlock.CHUNK];
                served = new float[ColumnBlock.CHUNK];
            }
            if (people.length < accounts) {
                countrySums = new int[accounts];
                languageSums = new int[accounts];
                interestSums = new int[accounts];
                ageSums = new float[accounts];
                genderSums = new float[accounts];
                people = new float[accounts];
                share = new float[accounts];
                audience = new float[accounts];
                price = new float[accounts];
                priced = new int[accounts];
                priceKnown = new byte[accounts];
            }
        }
    }

    // ---- what is not known

    /** Fills the bits of {@link Work} of those of whom a criterion is not known; of nobody but the wanted. */
    void unknowns(ColumnChunk chunk, BlockAccounts accounts, long[] wanted, Work work) {
        work.reserve(chunk);
        System.arraycopy(chunk.bondUnknown, 0, work.bondUnknown, 0, chunk.words);
        System.arraycopy(chunk.authenticityUnknown, 0, work.authenticityUnknown, 0, chunk.words);
        lacking(chunk, work.audienceUnknown);
        if (brief.isAsked(Criterion.VALUE)) {
            unpriced(chunk, work);
            BitWords.or(work.valueUnknown, work.audienceUnknown, chunk.words);
        }
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = accounts.special[w] & wanted[w]; bits != 0; bits &= bits - 1) {
                special(chunk, accounts, (w << 6) + Long.numberOfTrailingZeros(bits), work);
            }
        }
        if (brief.isAsked(Criterion.BELIEF)) {
            BitWords.fill(work.beliefUnknown, chunk.creators);
            brief.evidence(chunk.mentions, work.heard);
            for (var kind = 0; kind < work.heard.kinds(); kind++) {
                BitWords.andNot(work.beliefUnknown, work.heard.creators(kind), chunk.words);
            }
        }
    }

    /** Of whose first account a dimension that is asked is not known. */
    private void lacking(ColumnChunk chunk, long[] into) {
        Arrays.fill(into, 0, chunk.words, 0);
        for (var d = 0; d < Audiences.DIMENSIONS; d++) {
            if ((need >> d & 1) != 0) {
                BitWords.or(into, chunk.audienceLacking[d], chunk.words);
            }
        }
    }

    /** Of whose first account the price or the people are not known. */
    private void unpriced(ColumnChunk chunk, Work work) {
        if (asksDeliverables == 0) {
            System.arraycopy(chunk.worthUnknown, 0, work.valueUnknown, 0, chunk.words);
            return;
        }
        prices(chunk, work);
        for (var i = 0; i < chunk.creators; i++) {
            work.flags[i] = (byte) (~work.priceKnown[i] & 1);
        }
        Arrays.fill(work.flags, chunk.creators, chunk.words << 6, (byte) 0);
        BitWords.pack(work.flags, 0, work.valueUnknown, chunk.words);
    }

    private boolean isPriced(ColumnChunk chunk, int account, Work work) {
        return asksDeliverables == 0 ? chunk.worth[account] != ColumnChunk.NOT_KNOWN : work.priceKnown[account] != 0;
    }

    /** What is known of a creator whose accounts are not one. */
    private void special(ColumnChunk chunk, BlockAccounts accounts, int creator, Work work) {
        accounts.gather(creator);
        var any = 0;
        var both = false;
        var valued = false;
        for (var i = 0; i < accounts.count(); i++) {
            var account = accounts.get(i);
            var known = chunk.known[account];
            any |= known;
            both |= (known & PLACE) == PLACE;
            valued |= brief.isAsked(Criterion.VALUE) && isPriced(chunk, account, work) && (known & need) == need;
        }
        var places = (need & PLACE) != PLACE || both;
        BitWords.put(work.audienceUnknown, creator, !places || (any & need) != need);
        BitWords.put(work.valueUnknown, creator, !valued);
        BitWords.put(work.bondUnknown, creator, (any >> ColumnChunk.BOND & 1) == 0);
        BitWords.put(work.authenticityUnknown, creator, (any >> ColumnChunk.REAL_FOLLOWERS & 1) == 0);
    }

    private static final int PLACE = 1 << Audiences.COUNTRIES | 1 << Audiences.LANGUAGES;

    // ---- the screen

    /**
     * Fills {@link Work#upper} for all, the first stage; {@link #unknowns} comes first.
     *
     * @param wanted whose values are needed; those of others say nothing
     * @param hits words of the brief that a creator has, by document of the segment; empty where none is asked
     */
    void screen(ColumnChunk chunk, BlockAccounts accounts, long[] wanted, char[] hits, Work work) {
        if (weighs(Criterion.RELEVANCE)) {
            relevance(chunk, accounts, wanted, work);
        }
        if (wantsShares) {
            shares(chunk, work);
        }
        if (weighs(Criterion.AUDIENCE)) {
            audience(chunk, work);
            patchAudiences(chunk, accounts, wanted, work);
        }
        add(chunk, hits, work);
        if (!accounts.areAll()) {
            patchQuality(chunk, accounts, wanted, work);
        }
        if (weighs(Criterion.BELIEF)) {
            for (var kind = 0; kind < work.heard.kinds(); kind++) {
                addEvidence(chunk, work.heard.creators(kind), work.heard.value(kind), wanted, hits, work.upper);
            }
        }
    }

    private void addEvidence(
            ColumnChunk chunk, long[] creators, float value, long[] wanted, char[] hits, float[] upper) {
        var perValue = points(Criterion.BELIEF);
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = creators[w] & wanted[w]; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                upper[creator] += perValue * (value - noEvidence(hits, chunk.base + creator));
            }
        }
    }

    private float noEvidence(char[] hits, int doc) {
        return hits.length == 0 ? 0.5f : 0.5f + 0.1f * hits[doc] / words;
    }

    private void add(ColumnChunk chunk, char[] hits, Work work) {
        var upper = work.upper;
        var bond = points(Criterion.BOND) * SHARE;
        var credibility = points(Criterion.CREDIBILITY) * SHARE;
        var focus = points(Criterion.FOCUS) * SHARE;
        var authenticity = points(Criterion.AUTHENTICITY) * SHARE;
        var always = FLOAT
                + (hits.length == 0 ? points(Criterion.BELIEF) * 0.5f : 0)
                + (wantsValue ? points(Criterion.VALUE) : 0)
                + (bond + credibility + focus + authenticity) * ColumnChunk.MIDDLE;
        // One that does not weigh has no points, so that what is left of another chunk adds nothing.
        var relevance = points(Criterion.RELEVANCE);
        var audience = points(Criterion.AUDIENCE);
        for (var i = 0; i < chunk.creators; i++) {
            upper[i] = always
                    + bond * chunk.bond[i]
                    + credibility * chunk.credibility[i]
                    + focus * chunk.focus[i]
                    + authenticity * chunk.authenticity[i]
                    + relevance * work.relevance[i]
                    + audience * work.audience[i];
        }
        if (hits.length > 0 && weighs(Criterion.BELIEF)) {
            var perValue = points(Criterion.BELIEF);
            var perHit = 0.1f / words;
            for (var i = 0; i < chunk.creators; i++) {
                upper[i] += perValue * (0.5f + perHit * hits[chunk.base + i]);
            }
        }
    }

    // ---- relevance

    private void relevance(ColumnChunk chunk, BlockAccounts accounts, long[] wanted, Work work) {
        var relevance = work.relevance;
        var served = work.served;
        Arrays.fill(relevance, 0, chunk.creators, 0);
        var serves = brief.served();
        for (var m = 0; m < brief.importances().length; m++) {
            var any = false;
            for (var slice = 0; slice < chunk.niches.size(); slice++) {
                var niche = chunk.niches.key(slice);
                if (niche < serves.length && serves[niche] == m) {
                    if (!any) {
                        Arrays.fill(served, 0, chunk.creators, 0);
                        any = true;
                    }
                    chunk.niches.addBent(slice, coefficient[niche], served);
                }
            }
            if (any) {
                var importance = (float) brief.importances()[m] * ROUNDING;
                for (var i = 0; i < chunk.creators; i++) {
                    var root = (float) Math.sqrt((float) Math.sqrt(served[i] * chunk.inverseLength[i]));
                    relevance[i] += importance * root * (float) Math.sqrt(root);
                }
            }
        }
        // Rounded down; what the middle loses in floats is less than a third of what ROUNDING takes off.
        var perCommon = (float) brief.briefCommon() * SHARE * (2 - ROUNDING);
        var middle = perCommon * ColumnChunk.MIDDLE;
        var common = chunk.common;
        for (var i = 0; i < chunk.creators; i++) {
            var expected = middle + perCommon * common[i];
            relevance[i] = Math.max(0, (Math.min(1, relevance[i]) - expected) / (1 - expected) * ROUNDING);
        }
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = chunk.nicheUnknown[w] & wanted[w]; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                relevance[creator] = relevanceStandIns[chunk.group[accounts.shown(creator)] & 0xff];
            }
        }
    }

    // ---- audience

    private void shares(ColumnChunk chunk, Work work) {
        var share = work.share;
        var country = audiences.isAsked(Audiences.COUNTRIES);
        var language = audiences.isAsked(Audiences.LANGUAGES);
        if (country) {
            Arrays.fill(work.countrySums, 0, chunk.accounts, 0);
            for (var slice = 0; slice < chunk.audienceCountries.size(); slice++) {
                if (audiences.wantsCountry(chunk.audienceCountries.key(slice))) {
                    chunk.audienceCountries.addShares(slice, work.countrySums);
                }
            }
        }
        if (language) {
            Arrays.fill(work.languageSums, 0, chunk.accounts, 0);
            for (var slice = 0; slice < chunk.audienceLanguages.size(); slice++) {
                if (audiences.wantsLanguage(chunk.audienceLanguageCodes[chunk.audienceLanguages.key(slice)])) {
                    chunk.audienceLanguages.addShares(slice, work.languageSums);
                }
            }
        }
        if (country && language) { // one dimension, the smaller of the two
            for (var i = 0; i < chunk.accounts; i++) {
                work.countrySums[i] = Math.min(work.countrySums[i], work.languageSums[i]);
            }
        }
        if (country || language) {
            var sums = country ? work.countrySums : work.languageSums;
            for (var i = 0; i < chunk.accounts; i++) {
                share[i] = Math.min(255, sums[i]) * SHARE;
            }
        } else {
            Arrays.fill(share, 0, chunk.accounts, 1);
        }
        people(chunk, work);
        if (audiences.isAsked(Audiences.INTERESTS)) {
            Arrays.fill(work.interestSums, 0, chunk.accounts, 0);
            for (var slice = 0; slice < chunk.audienceInterests.size(); slice++) {
                if (audiences.wantsInterest(chunk.audienceInterests.key(slice))) {
                    chunk.audienceInterests.addShares(slice, work.interestSums);
                }
            }
            multiply(share, work.interestSums, chunk.accounts);
        }
    }

    private static void multiply(float[] product, int[] sums, int length) {
        for (var i = 0; i < length; i++) {
            product[i] *= Math.min(255, sums[i]) * SHARE;
        }
    }

    private static void multiply(float[] product, float[] sums, int length) {
        for (var i = 0; i < length; i++) {
            product[i] *= Math.min(255, sums[i]) * SHARE;
        }
    }

    private void people(ColumnChunk chunk, Work work) {
        var ages = audiences.isAsked(Audiences.AGES);
        var genders = audiences.isAsked(Audiences.GENDERS);
        if (ages) {
            sum(chunk.ages, audiences.wantedAges(), work.ageSums, chunk.accounts);
        }
        if (genders) {
            sum(chunk.genders, audiences.wantedGenders(), work.genderSums, chunk.accounts);
        }
        if (ages && genders) {
            for (var i = 0; i < chunk.accounts; i++) {
                work.people[i] = Math.min(255, work.ageSums[i]) * SHARE * (Math.min(255, work.genderSums[i]) * SHARE);
            }
            for (var j = 0; j < chunk.jointAccounts.length; j++) {
                if ((chunk.jointMissing[j] & jointCells) == 0) {
                    work.people[chunk.jointAccounts[j]] = joint(chunk, j);
                }
            }
            for (var i = 0; i < chunk.accounts; i++) {
                work.share[i] *= work.people[i];
            }
        } else if (ages || genders) {
            multiply(work.share, ages ? work.ageSums : work.genderSums, chunk.accounts);
        }
    }

    private float joint(ColumnChunk chunk, int number) {
        var sum = 0;
        for (var cells = jointCells; cells != 0; cells &= cells - 1) {
            sum += chunk.joint[number * ColumnChunk.CELLS + Integer.numberOfTrailingZeros(cells)] & 0xff;
        }
        return Math.min(255, sum) * SHARE;
    }

    private static void sum(byte[][] columns, int wanted, float[] sums, int length) {
        var middles = (float) ColumnChunk.MIDDLE * Integer.bitCount(wanted);
        var first = true;
        for (var c = 0; c < columns.length; c++) {
            if ((wanted >> c & 1) != 0) {
                if (first) {
                    copy(columns[c], middles, sums, length);
                } else {
                    add(columns[c], sums, length);
                }
                first = false;
            }
        }
    }

    private static void copy(byte[] column, float plus, float[] sums, int length) {
        for (var i = 0; i < length; i++) {
            sums[i] = plus + column[i];
        }
    }

    private static void add(byte[] column, float[] sums, int length) {
        for (var i = 0; i < length; i++) {
            sums[i] += column[i];
        }
    }

    private void audience(ColumnChunk chunk, Work work) {
        var perShare = (float) (1 / audiences.best()) * ROUNDING;
        var share = work.share;
        var audience = work.audience;
        if (audiences.isSingle()) {
            for (var i = 0; i < chunk.creators; i++) {
                audience[i] = Math.min(1, share[i] * perShare);
            }
        } else {
            for (var i = 0; i < chunk.creators; i++) {
                audience[i] = Math.min(1, (float) Math.sqrt(share[i] * perShare));
            }
        }
    }

    // ---- value

    /** The second stage: takes off what the creator's value for money is less than 1. Once for each, after the first. */
    void refine(ColumnChunk chunk, BlockAccounts accounts, int creator, Work work) {
        if (wantsValue) {
            work.upper[creator] -= points(Criterion.VALUE) * (1 - valueOf(chunk, accounts, creator, work));
        }
    }

    /** At least the creator's value for money. */
    private float valueOf(ColumnChunk chunk, BlockAccounts accounts, int creator, Work work) {
        if (BitWords.get(work.valueUnknown, creator)) {
            return up(standIn(Criterion.VALUE, chunk, accounts, creator).median());
        }
        if (!BitWords.get(accounts.special, creator)) {
            return value(chunk, creator, work);
        }
        accounts.gather(creator);
        var best = 0f;
        for (var i = 0; i < accounts.count(); i++) {
            var account = accounts.get(i);
            if (isPriced(chunk, account, work) && (chunk.known[account] & need) == need) {
                best = Math.max(best, value(chunk, account, work));
            }
        }
        return best;
    }

    private float value(ColumnChunk chunk, int account, Work work) {
        var share = wantsShares ? work.share[account] : 1;
        var engagedPerEuro = asksDeliverables == 0
                ? chunk.worth[account] * STEP
                : chunk.engaged[account] * STEP - log(work.price[account] / pieces);
        return clamp(1 + (engagedPerEuro + log(share) + MANTISSA + CHEAP) * PER_DOUBLING);
    }

    private static float clamp(float value) {
        return Math.max(0, Math.min(1, value + 1e-5f));
    }

    /** At most log₂, and less by {@link #MANTISSA} at most: the bits of a float, read as a number. */
    private static float log(float figure) {
        return Float.floatToRawIntBits(figure) * BIT_STEPS - 127;
    }

    /** Finds whose price is known, and what all pieces asked for cost. */
    private void prices(ColumnChunk chunk, Work work) {
        Arrays.fill(work.price, 0, chunk.accounts, 0);
        Arrays.fill(work.priced, 0, chunk.accounts, 0);
        for (var deliverable = 0; deliverable < deliverables.length; deliverable++) {
            var slice = deliverables[deliverable] > 0 ? chunk.prices.slice(deliverable) : -1;
            if (slice >= 0) {
                for (var i = chunk.prices.from(slice); i < chunk.prices.to(slice); i++) {
                    work.price[chunk.prices.place(i)] += deliverables[deliverable] * chunk.prices.amount(i);
                    work.priced[chunk.prices.place(i)]++;
                }
            }
        }
        for (var i = 0; i < chunk.accounts; i++) {
            var known = work.priced[i] == asksDeliverables && chunk.engaged[i] != ColumnChunk.NOT_KNOWN;
            work.priceKnown[i] = (byte) (known ? 1 : 0);
        }
    }

    // ---- what the columns do not give at once

    private void patchAudiences(ColumnChunk chunk, BlockAccounts accounts, long[] wanted, Work work) {
        for (var w = 0; w < chunk.words; w++) {
            var blank = wanted[w] & work.audienceUnknown[w] & ~accounts.special[w];
            for (var d = 0; d < Audiences.DIMENSIONS; d++) {
                blank &= (need >> d & 1) != 0 ? chunk.audienceLacking[d][w] : -1L;
            }
            for (var bits = blank; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                work.audience[creator] = audienceStandIn(chunk, creator, creator);
            }
            var patched = (accounts.special[w] | work.audienceUnknown[w]) & wanted[w] & ~blank;
            for (var bits = patched; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                var special = BitWords.get(accounts.special, creator);
                if (special) {
                    accounts.gather(creator);
                }
                patchAudience(chunk, accounts, creator, special, work);
            }
        }
    }

    private static float up(double value) {
        return (float) value * ROUNDING;
    }

    private StandIn standIn(Criterion criterion, ColumnChunk chunk, BlockAccounts accounts, int creator) {
        var shown = accounts.shown(creator);
        return brief.standIn(criterion, chunk.platform(shown), chunk.tier(shown), chunk.country[creator]);
    }

    private void patchAudience(ColumnChunk chunk, BlockAccounts accounts, int creator, boolean special, Work work) {
        var means = work.means;
        means.clear();
        if (special) {
            for (var i = 0; i < accounts.count(); i++) {
                addTo(means, chunk, accounts.get(i), work);
            }
        } else {
            addTo(means, chunk, creator, work);
        }
        var blank = true;
        for (var d = 0; d < Audiences.DIMENSIONS; d++) {
            blank &= !audiences.isAsked(d) || Double.isNaN(means.of(d));
        }
        if (blank) {
            work.audience[creator] = audienceStandIn(chunk, accounts.shown(creator), creator);
            return;
        }
        var shown = accounts.shown(creator);
        var product = 1.0;
        var pair = means.of(Means.PAIR);
        for (var d = 0; d < Audiences.DIMENSIONS; d++) {
            var inPlace = d == Audiences.LANGUAGES && audiences.isAsked(Audiences.COUNTRIES);
            var inPair = !Double.isNaN(pair) && (d == Audiences.AGES || d == Audiences.GENDERS);
            if (audiences.isAsked(d) && !inPlace && !inPair) {
                var mean = means.of(d);
                product *= Double.isNaN(mean)
                        ? brief.dimensionStandIn(d, chunk.platform(shown), chunk.tier(shown), chunk.country[creator])
                                .median()
                        : mean;
            }
        }
        product *= Double.isNaN(pair) ? 1 : pair;
        work.audience[creator] = Math.min(1, up(audiences.value(product)));
    }

    private float audienceStandIn(ColumnChunk chunk, int shown, int creator) {
        var country = chunk.country[creator] + 1;
        return audienceOfCountry[country] + audienceOfGroup[country] * audienceStandIns[chunk.group[shown] & 0xff];
    }

    private void addTo(Means means, ColumnChunk chunk, int account, Work work) {
        var known = chunk.known[account] & need;
        var both = (need & PLACE) != PLACE || (known & PLACE) == PLACE;
        var followers = chunk.followers[account];
        if (both && (known & PLACE) != 0) {
            var share = share(((need >> Audiences.COUNTRIES & 1) != 0 ? work.countrySums : work.languageSums)[account]);
            means.add(Audiences.COUNTRIES, followers, share);
            means.add(Audiences.LANGUAGES, followers, share);
        }
        if ((known >> Audiences.AGES & 1) != 0) {
            means.add(Audiences.AGES, followers, share(work.ageSums[account]));
        }
        if ((known >> Audiences.GENDERS & 1) != 0) {
            means.add(Audiences.GENDERS, followers, share(work.genderSums[account]));
        }
        if ((known & PEOPLE) == PEOPLE) {
            means.add(Means.PAIR, followers, work.people[account]);
        }
        if ((known >> Audiences.INTERESTS & 1) != 0) {
            means.add(Audiences.INTERESTS, followers, share(work.interestSums[account]));
        }
    }

    private static final int PEOPLE = 1 << Audiences.AGES | 1 << Audiences.GENDERS;

    private static double share(float sum) {
        return Math.min(255, sum) / 255.0;
    }

    /** Means over accounts, as {@link Audiences.Means}. */
    private static final class Means {
        static final int PAIR = SLOTS;
        private final double[] weight = new double[SLOTS + 1];
        private final double[] weighted = new double[SLOTS + 1];
        private final int[] plain = new int[SLOTS + 1];
        private final double[] sum = new double[SLOTS + 1];

        void clear() {
            Arrays.fill(weight, 0);
            Arrays.fill(weighted, 0);
            Arrays.fill(plain, 0);
            Arrays.fill(sum, 0);
        }

        void add(int slot, int followers, double share) {
            if (followers > 0) {
                weight[slot] += followers;
                weighted[slot] += followers * share;
            } else {
                plain[slot]++;
                sum[slot] += share;
            }
        }

        /** NaN where no account's is known. */
        double of(int slot) {
            return weight[slot] > 0
                    ? weighted[slot] / weight[slot]
                    : plain[slot] > 0 ? sum[slot] / plain[slot] : Double.NaN;
        }
    }

    /** Bond, credibility and authenticity of those some of whose accounts are not on the brief's platforms. */
    private void patchQuality(ColumnChunk chunk, BlockAccounts accounts, long[] wanted, Work work) {
        for (var w = 0; w < chunk.words; w++) {
            for (var bits = accounts.special[w] & wanted[w]; bits != 0; bits &= bits - 1) {
                var creator = (w << 6) + Long.numberOfTrailingZeros(bits);
                accounts.gather(creator);
                var bond = new Quality.Mean();
                var real = new Quality.Mean();
                for (var i = 0; i < accounts.count(); i++) {
                    var account = accounts.get(i);
                    var followers = chunk.followers[account];
                    if (chunk.isKnown(account, ColumnChunk.BOND)) {
                        var placed = chunk.placedBond(creator, account);
                        bond.add(followers, placed, placed, placed);
                    }
                    if (chunk.isKnown(account, ColumnChunk.REAL_FOLLOWERS)) {
                        var share = (double) chunk.realFollowers[account] / CreatorRow.ONE;
                        real.add(followers, share, share, share);
                    }
                }
                var bonded = bond.isKnown()
                        ? bond.middle()
                        : standIn(Criterion.BOND, chunk, accounts, creator).median();
                var authentic = real.isKnown()
                        ? Quality.authenticity(real.middle())
                        : standIn(Criterion.AUTHENTICITY, chunk, accounts, creator)
                                .median();
                var credible = BitWords.get(chunk.credibilityUnknown, creator)
                        ? standIn(Criterion.CREDIBILITY, chunk, accounts, creator)
                                .median()
                        : ColumnChunk.part(chunk.credibility[creator]);
                work.upper[creator] += (float) (points(Criterion.BOND)
                                * (bonded - ColumnChunk.part(chunk.bond[creator]))
                        + points(Criterion.CREDIBILITY) * (credible - ColumnChunk.part(chunk.credibility[creator]))
                        + points(Criterion.AUTHENTICITY) * (authentic - ColumnChunk.part(chunk.authenticity[creator])));
            }
        }
    }

    // ---- how far off it can be

    /** No score is lower than its upper value after both stages by more than this, in points. */
    double slack(ColumnChunk chunk) {
        var step = 1.0 / 255;
        var slack = 3.0 * FLOAT
                + 4 * (ROUNDING - 1) * 100
                + step
                        * (points(Criterion.BOND)
                                + points(Criterion.CREDIBILITY)
                                + points(Criterion.FOCUS)
                                + points(Criterion.AUTHENTICITY));
        if (weighs(Criterion.RELEVANCE)) {
            slack += points(Criterion.RELEVANCE) * relevanceSlack();
        }
        if (weighs(Criterion.AUDIENCE)) {
            slack += points(Criterion.AUDIENCE) * audienceSlack(chunk);
        }
        if (wantsValue) {
            slack += points(Criterion.VALUE) * (wantsShares ? 1 : valueSlack());
        }
        return slack;
    }

    /** What is common is off by a 255th; (x − e) / (1 − e) falls by (1 − x) / (1 − e)² times that. */
    private double relevanceSlack() {
        var most = 1 - Math.min(0.999, brief.briefCommon());
        return Math.min(1, brief.briefCommon() * (1 / 255.0 + 1e-3) / (most * most)) + 3 * (ROUNDING - 1) / most;
    }

    /** √a − √b ≤ √(a − b), and a product of shares is off by what its factors are off together at most. */
    private double audienceSlack(ColumnChunk chunk) {
        var entries = (audiences.isAsked(Audiences.COUNTRIES) ? chunk.mostCountries : 0)
                + (audiences.isAsked(Audiences.LANGUAGES) ? chunk.mostLanguages : 0)
                + (audiences.isAsked(Audiences.INTERESTS) ? chunk.mostInterests : 0)
                + Integer.bitCount(audiences.wantedAges())
                + Integer.bitCount(audiences.wantedGenders())
                + Integer.bitCount(jointCells);
        var off = entries / 255.0 / audiences.best();
        return Math.min(1, audiences.isSingle() ? off : Math.sqrt(off));
    }

    private static double valueSlack() {
        return (2 * MANTISSA + 3 * STEP) * PER_DOUBLING + 1e-4;
    }
}
