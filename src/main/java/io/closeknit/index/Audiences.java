package io.closeknit.index;

import io.closeknit.index.BriefQuestion.Target;
import io.closeknit.index.CreatorRow.Account;
import io.closeknit.niche.NicheTree;
import java.util.Arrays;

/**
 * How large a share of an audience is the people whom a brief wants to reach, dimension by dimension, as docs/fit.md
 * defines it. Immutable; what changes is in the holders that the caller owns.
 */
final class Audiences {
    static final int COUNTRIES = 0;
    static final int AGES = 1;
    static final int GENDERS = 2;
    static final int LANGUAGES = 3;
    static final int INTERESTS = 4;
    static final int DIMENSIONS = 5;

    /** The names of the dimensions in the API. */
    static final String[] NAMES = {"countries", "ages", "genders", "languages", "interests"};

    /** Languages, and interests, that can be wanted: those that are in a map are noted as bits of a long. */
    static final int MAX_WANTED = 64;

    // Holders have one slot more: ages and genders as one joint figure.
    private static final int PAIR = 5;
    private static final int SLOTS = 6;

    /** A map whose shares sum to this much says something of the values that are not in it: nothing of them is there. */
    private static final int COMPLETE = 9_500;

    // What an audience reaches at best; docs/fit.md.
    private static final double BEST_COUNTRY = 0.80;
    private static final double BEST_LANGUAGE = 0.90;
    private static final double BEST_INTEREST = 0.60;
    private static final double BEST_ONE_GENDER = 0.85;
    private static final double[] BEST_AGES = {1, 0.45, 0.70, 0.85, 1};

    private final boolean[] wantedCountries = new boolean[26 * 26];
    private final int wantedAges;
    private final int wantedGenders;
    private final long[] wantedLanguages;
    /** By niche id, the wanted interests that cover it, bit by bit. */
    private final long[] wantedInterests;

    private final int wantedCountryCount;
    private final int wantedInterestCount;

    /** Bit by dimension. */
    private final int asked;

    /** Dimensions, country and language together counting as one. */
    private final int count;

    private final double best;

    /** @throws IllegalArgumentException where more than {@value #MAX_WANTED} languages or interests are wanted */
    Audiences(Target target, NicheTree tree) {
        target.countries().forEach(country -> wantedCountries[country] = true);
        wantedAges = target.ages();
        wantedGenders = target.genders();
        if (target.languages().size() > MAX_WANTED || target.interests().size() > MAX_WANTED) {
            throw new IllegalArgumentException(
                    "At most " + MAX_WANTED + " languages and as many interests can be wanted");
        }
        wantedLanguages = target.languages().stream().mapToLong(Long::longValue).toArray();
        wantedCountryCount = target.countries().size();
        wantedInterests = new long[tree.idLimit()];
        var bit = 0;
        for (var interest : target.interests()) {
            markBelow(tree, interest, 1L << bit++);
        }
        wantedInterestCount = bit;
        asked = bit(COUNTRIES, !target.countries().isEmpty())
                | bit(AGES, wantedAges != 0)
                | bit(GENDERS, wantedGenders != 0)
                | bit(LANGUAGES, wantedLanguages.length > 0)
                | bit(INTERESTS, !target.interests().isEmpty());
        var bothPlaces = isAsked(COUNTRIES) && isAsked(LANGUAGES);
        count = Integer.bitCount(asked) - (bothPlaces ? 1 : 0);
        best = (isAsked(COUNTRIES) ? BEST_COUNTRY : isAsked(LANGUAGES) ? BEST_LANGUAGE : 1)
                * BEST_AGES[Math.min(4, Integer.bitCount(wantedAges))]
                * (Integer.bitCount(wantedGenders) == 1 ? BEST_ONE_GENDER : 1)
                * (isAsked(INTERESTS) ? BEST_INTEREST : 1);
    }

    private void markBelow(NicheTree tree, int niche, long bit) {
        wantedInterests[niche] |= bit;
        tree.children(niche).forEach(child -> markBelow(tree, child.id(), bit));
    }

    private static int bit(int dimension, boolean set) {
        return set ? 1 << dimension : 0;
    }

    boolean isAsked() {
        return asked != 0;
    }

    boolean isAsked(int dimension) {
        return (asked >> dimension & 1) != 0;
    }

    /** The dimensions that are asked, bit by dimension. */
    int asked() {
        return asked;
    }

    /** Whether one dimension alone is asked; country and language together count as one. */
    boolean isSingle() {
        return count == 1;
    }

    boolean wantsCountry(int country) {
        return wantedCountries[country];
    }

    boolean wantsLanguage(long language) {
        for (var wanted : wantedLanguages) {
            if (Codes.covers(wanted, language)) {
                return true;
            }
        }
        return false;
    }

    boolean wantsInterest(int interest) {
        return interest >= 0 && interest < wantedInterests.length && wantedInterests[interest] != 0;
    }

    /** Bit by age band. */
    int wantedAges() {
        return wantedAges;
    }

    /** Bit by gender. */
    int wantedGenders() {
        return wantedGenders;
    }

    /** The cells of a joint map that are wanted, bit by cell; 0 where not both ages and genders are asked. */
    int wantedCells() {
        var cells = 0;
        for (var cell = 0; cell < 3 * 7; cell++) {
            cells |= (wantedGenders >> cell / 7 & wantedAges >> cell % 7 & 1) << cell;
        }
        return cells;
    }

    /** Whether a map with this sum says that what is not in it is nothing. */
    static boolean isComplete(int sum) {
        return sum >= COMPLETE;
    }

    /** S*, what an audience reaches at best. */
    double best() {
        return best;
    }

    /** The criterion's value for an estimated share S of the audience. */
    double value(double share) {
        var ratio = share / best;
        return Math.min(1, count == 1 ? ratio : Math.sqrt(ratio));
    }

    /** The shares of one account or, as means, of several; NaN where not known. Reusable, owned by one thread. */
    static final class Shares {
        private final double[] middle = new double[SLOTS];
        private final double[] high = new double[SLOTS];

        double of(int dimension) {
            return middle[dimension];
        }

        private void clear() {
            Arrays.fill(middle, Double.NaN);
            Arrays.fill(high, Double.NaN);
        }

        private void set(int slot, double share, double highEnd) {
            middle[slot] = Math.min(1, share);
            high[slot] = Math.min(1, highEnd);
        }
    }

    /** Means over accounts, weighted by followers; reusable, owned by one thread. */
    static final class Means {
        private final double[] weight = new double[SLOTS];
        private final double[] middle = new double[SLOTS];
        private final double[] high = new double[SLOTS];
        private final int[] unweighted = new int[SLOTS];
        private final double[] plainMiddle = new double[SLOTS];
        private final double[] plainHigh = new double[SLOTS];
        private final Shares one = new Shares();
        private final Shares all = new Shares();

        private void clear() {
            Arrays.fill(weight, 0);
            Arrays.fill(middle, 0);
            Arrays.fill(high, 0);
            Arrays.fill(unweighted, 0);
            Arrays.fill(plainMiddle, 0);
            Arrays.fill(plainHigh, 0);
        }

        private void add(long followers) {
            for (var slot = 0; slot < SLOTS; slot++) {
                if (Double.isNaN(one.middle[slot])) {
                    continue;
                }
                if (followers > 0) {
                    weight[slot] += followers;
                    middle[slot] += followers * one.middle[slot];
                    high[slot] += followers * one.high[slot];
                } else {
                    unweighted[slot]++;
                    plainMiddle[slot] += one.middle[slot];
                    plainHigh[slot] += one.high[slot];
                }
            }
        }

        private Shares means() {
            all.clear();
            for (var slot = 0; slot < SLOTS; slot++) {
                if (weight[slot] > 0) {
                    all.set(slot, middle[slot] / weight[slot], high[slot] / weight[slot]);
                } else if (unweighted[slot] > 0) {
                    all.set(slot, plainMiddle[slot] / unweighted[slot], plainHigh[slot] / unweighted[slot]);
                }
            }
            return all;
        }
    }

    /** The means over the row's accounts on the platforms. */
    Shares measure(CreatorRow row, int platforms, Means holder) {
        holder.clear();
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            if ((platforms >> account.platform & 1) != 0) {
                measure(account, holder.one);
                holder.add(account.followers);
            }
        }
        return holder.means();
    }

    /** S of one account alone; 1 where no dimension is asked, NaN where one of them is not known. */
    double share(Account account, Means holder) {
        measure(account, holder.one);
        return product(holder.one);
    }

    /** The high end of what {@link #share} measured last with the holder. */
    double highShare(Means holder) {
        return highProduct(holder.one);
    }

    /** S; NaN where a dimension is not known. */
    double product(Shares shares) {
        return product(shares.middle);
    }

    /** The high end of S; NaN where a dimension is not known. */
    double highProduct(Shares shares) {
        return product(shares.high);
    }

    private double product(double[] shares) {
        return (isAsked(COUNTRIES) ? shares[COUNTRIES] : isAsked(LANGUAGES) ? shares[LANGUAGES] : 1)
                * people(shares)
                * (isAsked(INTERESTS) ? shares[INTERESTS] : 1);
    }

    private double people(double[] shares) {
        if (isAsked(AGES) && isAsked(GENDERS)) {
            return Double.isNaN(shares[PAIR]) ? shares[AGES] * shares[GENDERS] : shares[PAIR];
        }
        return isAsked(AGES) ? shares[AGES] : isAsked(GENDERS) ? shares[GENDERS] : 1;
    }

    /** Whether no dimension that is asked is known. */
    boolean isBlank(Shares shares) {
        for (var dimension = 0; dimension < DIMENSIONS; dimension++) {
            if (isAsked(dimension) && !Double.isNaN(shares.middle[dimension])) {
                return false;
            }
        }
        return true;
    }

    /** Where a share that is not known comes from. */
    interface Missing {
        StandIns.StandIn of(int dimension);
    }

    /** S with a stand-in for each dimension that is not known. */
    StandIns.StandIn filled(Shares shares, Missing missing) {
        var middle = shares.middle.clone();
        var low = shares.middle.clone();
        var high = shares.high.clone();
        for (var dimension = 0; dimension < DIMENSIONS; dimension++) {
            if (isAsked(dimension) && Double.isNaN(middle[dimension])) {
                var standIn = missing.of(dimension);
                middle[dimension] = standIn.median();
                low[dimension] = standIn.low();
                high[dimension] = standIn.high();
            }
        }
        return new StandIns.StandIn(product(middle), product(low), product(high), 0);
    }

    private void measure(Account account, Shares to) {
        to.clear();
        if (isAsked(COUNTRIES) && account.countryCount > 0) {
            countries(account, to);
        }
        if (isAsked(AGES)) {
            ages(account, to);
        }
        if (isAsked(GENDERS)) {
            genders(account, to);
        }
        if (isAsked(AGES) && isAsked(GENDERS)) {
            pair(account, to);
        }
        if (isAsked(LANGUAGES) && account.audienceLanguageCount > 0) {
            languages(account, to);
        }
        if (isAsked(COUNTRIES) && isAsked(LANGUAGES)) {
            place(to);
        }
        if (isAsked(INTERESTS) && account.interestCount > 0) {
            interests(account, to);
        }
    }

    /** Country and language named together are one dimension, the smaller of the two; known where both are. */
    private static void place(Shares to) {
        to.middle[COUNTRIES] = Math.min(to.middle[COUNTRIES], to.middle[LANGUAGES]); // NaN where one is
        to.high[COUNTRIES] = Math.min(to.high[COUNTRIES], to.high[LANGUAGES]);
        to.middle[LANGUAGES] = to.middle[COUNTRIES];
        to.high[LANGUAGES] = to.high[COUNTRIES];
    }

    private void countries(Account account, Shares to) {
        var wanted = 0;
        var sum = 0;
        var found = 0;
        for (var i = 0; i < account.countryCount; i++) {
            sum += account.countryShare[i];
            if (wantedCountries[account.countries[i]]) {
                wanted += account.countryShare[i];
                found++;
            }
        }
        put(to, COUNTRIES, wanted, sum, found == wantedCountryCount);
    }

    private static void put(Shares to, int dimension, int wanted, int sum, boolean complete) {
        var share = (double) wanted / CreatorRow.ONE;
        var rest = complete || sum >= COMPLETE ? 0 : (double) (CreatorRow.ONE - sum) / CreatorRow.ONE;
        to.set(dimension, share, share + Math.max(0, rest));
    }

    private void ages(Account account, Shares to) {
        if (!account.agesKnown && !account.jointKnown) {
            return;
        }
        var wanted = 0;
        var sum = 0;
        var complete = true;
        for (var age = 0; age < account.ages.length; age++) {
            var share = ageShare(account, age);
            sum += Math.max(0, share);
            if ((wantedAges >> age & 1) != 0) {
                wanted += Math.max(0, share);
                complete &= share >= 0;
            }
        }
        put(to, AGES, wanted, sum, complete);
    }

    /** The share of an age band, from the joint map where there is no other; -1 where it is not in it. */
    static int ageShare(Account account, int age) {
        return account.agesKnown ? account.ages[age] : ageFromJoint(account, age);
    }

    private static int ageFromJoint(Account account, int age) {
        var sum = -1;
        for (var gender = 0; gender < 3; gender++) {
            var cell = account.joint[gender * 7 + age];
            if (cell >= 0) {
                sum = Math.max(0, sum) + cell;
            }
        }
        return sum;
    }

    private static int genderFromJoint(Account account, int gender) {
        var sum = -1;
        for (var age = 0; age < 7; age++) {
            var cell = account.joint[gender * 7 + age];
            if (cell >= 0) {
                sum = Math.max(0, sum) + cell;
            }
        }
        return sum;
    }

    private void genders(Account account, Shares to) {
        if (!account.gendersKnown && !account.jointKnown) {
            return;
        }
        var shares = genderShares(account);
        var wanted = 0;
        var sum = 0;
        var complete = true;
        for (var gender = 0; gender < 3; gender++) {
            sum += Math.max(0, shares[gender]);
            if ((wantedGenders >> gender & 1) != 0) {
                wanted += Math.max(0, shares[gender]);
                complete &= shares[gender] >= 0;
            }
        }
        put(to, GENDERS, wanted, sum, complete);
    }

    /** The shares by gender, from the joint map where there is no other; -1 for one that is not known. */
    static int[] genderShares(Account account) {
        var female = account.gendersKnown ? account.genders[0] : genderFromJoint(account, 0);
        var male = account.gendersKnown ? account.genders[1] : genderFromJoint(account, 1);
        var other = account.gendersKnown ? account.genders[2] : genderFromJoint(account, 2);
        // Of female and male the one not given is 1 minus what is given.
        if (female < 0 && male >= 0) {
            female = Math.max(0, CreatorRow.ONE - male - Math.max(0, other));
        } else if (male < 0 && female >= 0) {
            male = Math.max(0, CreatorRow.ONE - female - Math.max(0, other));
        }
        return new int[] {female, male, other};
    }

    /** Women of 25 to 34 are taken jointly where that is known, else as the product of the margins. */
    private void pair(Account account, Shares to) {
        if (account.jointKnown) {
            var wanted = 0;
            var sum = 0;
            var complete = true;
            for (var cell = 0; cell < account.joint.length; cell++) {
                var share = account.joint[cell];
                sum += Math.max(0, share);
                if ((wantedGenders >> cell / 7 & 1) != 0 && (wantedAges >> cell % 7 & 1) != 0) {
                    wanted += Math.max(0, share);
                    complete &= share >= 0;
                }
            }
            if (complete || sum >= COMPLETE) {
                var share = (double) wanted / CreatorRow.ONE;
                to.set(PAIR, share, share);
                return;
            }
        }
        to.middle[PAIR] = to.middle[AGES] * to.middle[GENDERS]; // NaN where a margin is
        to.high[PAIR] = to.high[AGES] * to.high[GENDERS];
    }

    private void languages(Account account, Shares to) {
        var wanted = 0;
        var sum = 0;
        var found = 0L; // bit by wanted language
        for (var i = 0; i < account.audienceLanguageCount; i++) {
            sum += account.audienceLanguageShare[i];
            var counted = false;
            for (var w = 0; w < wantedLanguages.length; w++) {
                if (Codes.covers(wantedLanguages[w], account.audienceLanguages[i])) {
                    counted = true;
                    found |= 1L << w;
                }
            }
            wanted += counted ? account.audienceLanguageShare[i] : 0;
        }
        put(to, LANGUAGES, wanted, sum, Long.bitCount(found) == wantedLanguages.length);
    }

    private void interests(Account account, Shares to) {
        var wanted = 0;
        var sum = 0;
        var found = 0L;
        for (var i = 0; i < account.interestCount; i++) {
            sum += account.interestShare[i];
            var interest = account.interests[i];
            var covering = interest >= 0 && interest < wantedInterests.length ? wantedInterests[interest] : 0;
            if (covering != 0) {
                wanted += account.interestShare[i];
                found |= covering;
            }
        }
        put(to, INTERESTS, wanted, sum, Long.bitCount(found) == wantedInterestCount);
    }
}
