package io.closeknit.index;

import io.closeknit.index.CreatorRow.Account;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The counterfactual: which single figure of a creator, changed as little as possible, would lift her by a meaningful number
 * of ranks. Each try changes a copy of her row and evaluates it with the same arithmetic that ranked her; docs/fit.md says
 * which figures are tried and how far. Owned by one thread.
 */
public final class Lifting {
    /** What the sample of an audience reaches at best; docs/fit.md. */
    private static final int BEST_COUNTRY = 8_000;

    private static final int BEST_ONE_GENDER = 8_500;
    private static final int[] BEST_AGES = {CreatorRow.ONE, 4_500, 7_000, 8_500, CreatorRow.ONE};

    /** The place among peers up to which a figure is held to be within reach. */
    private static final double GOOD_PLACE = 0.9;

    private static final int GOOD_REPLIES = 9_000;
    private static final int ALL_REAL = 9_500;
    /** Per cent by which prices may fall. */
    private static final int HALF_PRICE = 50;

    /** Basis points in a per cent: shares are tried in whole per cents, so that what is said is what was tried. */
    private static final int PERCENT = 100;

    /** Engagement rates are tried in tenths of a per cent, comments per like likewise. */
    private static final double TENTH = 0.001;

    /** More steps than any figure within reach needs. */
    private static final int MOST_STEPS = 1_000;

    /** The figures that are tried, in the order in which they come where the effort is the same. */
    public enum Figure {
        AUDIENCE_COUNTRY("audienceCountry"),
        AUDIENCE_AGE("audienceAge"),
        AUDIENCE_GENDER("audienceGender"),
        /** Age and gender as one joint share. */
        AUDIENCE_AGE_GENDER("audienceAgeGender"),
        ENGAGEMENT_RATE("engagementRate"),
        COMMENTS_PER_LIKE("commentsPerLike"),
        REPLY_RATE("replyRate"),
        AUTHENTICITY("authenticity"),
        /** All rates of the main account, as a fraction of what they are now. */
        PRICE("price");

        private final String key;

        Figure(String key) {
            this.key = key;
        }

        /** The name in the API. */
        public String key() {
            return key;
        }
    }

    /** Why there are lifts, or none. */
    public enum State {
        FOUND,
        /** She is first already. */
        FIRST,
        /** No single figure, changed within its limits, lifts her so far. */
        NONE,
        /** She does not pass the filters. */
        NOT_IN,
        /** Too many are ahead of her. */
        FAR_BACK
    }

    /**
     * One change that is enough.
     *
     * @param of the values of the audience that it is about, comma separated: codes of countries, age bands, genders; null
     *     where the figure has none
     * @param from as it is now, a fraction; 1 for the price
     * @param to the least that is enough
     * @param limit as far as it was tried
     * @param effort how much of the way from now to the limit it takes, in (0, 1]
     * @param rank that she would have
     */
    public record Lift(
            Figure figure,
            @Nullable String of,
            double from,
            double to,
            double limit,
            double effort,
            int rank,
            double score) {}

    /**
     * @param rank as it is now; 0 where she is not in the ranking
     * @param target the rank that she had to reach at least
     * @param lifts the least effort first
     */
    public record Answer(State state, int rank, int total, int target, List<Lift> lifts) {
        static Answer absent(State state, int rank, int total) {
            return new Answer(state, rank, total, 0, List.of());
        }
    }

    /** A place in the order by score. */
    record Place(double primary, long followers, byte[] slug) implements Comparable<Place> {
        static Place of(CreatorRow row, Evaluation evaluation) {
            var followers = evaluation.main < 0 ? -1 : row.accounts[evaluation.main].followers;
            return new Place(
                    Math.rint(evaluation.score * 1e9), followers < 0 ? Long.MAX_VALUE : followers, row.slug.toBytes());
        }

        /** Before zero: comes first. */
        @Override
        public int compareTo(Place other) {
            var by = Double.compare(other.primary, primary);
            if (by == 0) {
                by = Long.compare(followers, other.followers);
            }
            return by == 0 ? Arrays.compareUnsigned(slug, other.slug) : by;
        }
    }

    private final CompiledBrief brief;
    private final byte[] bytes;
    private final int words;
    private final CompiledBrief.Scratch scratch = new CompiledBrief.Scratch();
    private final CreatorRow row = new CreatorRow();

    Lifting(CompiledBrief brief, byte[] bytes, int words) {
        this.brief = brief;
        this.bytes = bytes;
        this.words = words;
    }

    /** Her place as she is. */
    Place place() {
        return changed(_ -> {});
    }

    private interface Change {
        void on(Account account);
    }

    private Place changed(Change change) {
        row.read(bytes, 0, bytes.length);
        var main = brief.mainAccount(row);
        if (main >= 0) {
            change.on(row.accounts[main]);
        }
        return Place.of(row, brief.evaluate(row, words, scratch));
    }

    /**
     * The rank to reach from a rank: a third of the ranks ahead, at least two, and the first for the second and third.
     *
     * @param rank at least 2
     */
    static int target(int rank) {
        return Math.max(1, rank - Math.max(2, (rank + 2) / 3));
    }

    /** @param ahead all who come before her, in any order */
    Answer among(List<Place> ahead, int total) {
        var rank = ahead.size() + 1;
        if (rank == 1) {
            return Answer.absent(State.FIRST, 1, total);
        }
        var sorted = new ArrayList<>(ahead);
        Collections.sort(sorted);
        var target = target(rank);
        var toPass = sorted.get(target - 1);
        var lifts = new ArrayList<Lift>();
        for (var attempt : attempts()) {
            var steps = leastSteps(attempt, step -> changed(attempt.by(step)).compareTo(toPass) < 0);
            if (steps > 0) {
                var place = changed(attempt.by(steps));
                var at = Collections.binarySearch(sorted, place);
                lifts.add(new Lift(
                        attempt.figure(),
                        attempt.of(),
                        attempt.from(),
                        attempt.at(steps),
                        attempt.at(attempt.steps()),
                        (double) steps / attempt.steps(),
                        (at < 0 ? -at - 1 : at) + 1,
                        place.primary() / 1e9));
            }
        }
        lifts.sort(Comparator.comparingDouble(Lift::effort).thenComparing(Lift::figure));
        return new Answer(lifts.isEmpty() ? State.NONE : State.FOUND, rank, total, target, lifts);
    }

    /** The least number of steps that are enough, by halves: more of any figure here is never worse. 0 where none is. */
    private static int leastSteps(Attempt attempt, IntPredicate enough) {
        if (attempt.steps() < 1 || !enough.test(attempt.steps())) {
            return 0;
        }
        var tooFew = 0;
        var least = attempt.steps();
        while (least - tooFew > 1) {
            var middle = (tooFew + least) >>> 1;
            if (enough.test(middle)) {
                least = middle;
            } else {
                tooFew = middle;
            }
        }
        return least;
    }

    /**
     * A figure with all the steps that may be tried.
     *
     * @param first what one step leads to, and {@code step} each further one; fractions
     */
    private record Attempt(
            Figure figure,
            @Nullable String of,
            double from,
            double first,
            double step,
            int steps,
            ObjIntConsumer<Account> change) {
        double at(int number) {
            return first + (number - 1) * step;
        }

        Change by(int number) {
            return account -> change.accept(account, number);
        }
    }

    private List<Attempt> attempts() {
        var attempts = new ArrayList<Attempt>();
        row.read(bytes, 0, bytes.length);
        var main = brief.mainAccount(row);
        if (main < 0) {
            return attempts;
        }
        var account = row.accounts[main];
        if (brief.isAsked(Criterion.AUDIENCE)) {
            country(account, attempts);
            people(account, attempts);
        }
        rate(account, attempts);
        if (account.replyRate >= 0) {
            upTo(Figure.REPLY_RATE, null, account.replyRate, GOOD_REPLIES, attempts, (a, share) -> a.replyRate = share);
        }
        if (account.authenticity >= 0) {
            upTo(
                    Figure.AUTHENTICITY,
                    null,
                    account.authenticity,
                    ALL_REAL,
                    attempts,
                    (a, share) -> a.authenticity = share);
        }
        if (account.rateCount > 0 && brief.isAsked(Criterion.VALUE)) {
            attempts.add(new Attempt(Figure.PRICE, null, 1, 0.99, -0.01, HALF_PRICE, (a, step) -> {
                for (var i = 0; i < a.rateCount; i++) {
                    a.rateAmount[i] *= (100.0 - step) / 100;
                }
            }));
        }
        return attempts;
    }

    /** A share in basis points, in whole per cents up to a limit. */
    private static void upTo(
            Figure figure,
            @Nullable String of,
            int now,
            int limit,
            List<Attempt> attempts,
            ObjIntConsumer<Account> set) {
        var first = (now / PERCENT + 1) * PERCENT;
        if (first <= limit) {
            attempts.add(new Attempt(
                    figure,
                    of,
                    (double) now / CreatorRow.ONE,
                    (double) first / CreatorRow.ONE,
                    0.01,
                    (limit - first) / PERCENT + 1,
                    (account, step) -> set.accept(account, first + (step - 1) * PERCENT)));
        }
    }

    /** More of the audience in the wanted country that has most of it; what is not wanted gives way. */
    private void country(Account account, List<Attempt> attempts) {
        var wanted = brief.question().target().countries();
        if (account.countryCount <= 0 || wanted.isEmpty()) {
            return;
        }
        var best = -1;
        var inWanted = 0;
        for (var i = 0; i < account.countryCount; i++) {
            if (wanted.contains(account.countries[i])) {
                inWanted += account.countryShare[i];
                if (best < 0 || account.countryShare[i] > account.countryShare[best]) {
                    best = i;
                }
            }
        }
        if (best < 0) {
            return; // a country where she has nobody is not within reach
        }
        var at = best;
        var now = account.countryShare[at];
        upTo(
                Figure.AUDIENCE_COUNTRY,
                Codes.country(account.countries[at]),
                now,
                Math.min(BEST_COUNTRY, BEST_COUNTRY - inWanted + now),
                attempts,
                (changed, share) -> {
                    changed.countryShare[at] = share;
                    var unwanted = new boolean[changed.countryCount];
                    for (var i = 0; i < changed.countryCount; i++) {
                        unwanted[i] = !wanted.contains(changed.countries[i]);
                    }
                    makeRoom(changed.countryShare, unwanted, changed.countryCount);
                });
    }

    /** Scales what may give way down so that the shares sum to 1 at most. */
    private static void makeRoom(int[] shares, boolean[] givesWay, int count) {
        var fixed = 0;
        var loose = 0;
        for (var i = 0; i < count; i++) {
            if (givesWay[i]) {
                loose += Math.max(0, shares[i]);
            } else {
                fixed += Math.max(0, shares[i]);
            }
        }
        var room = Math.max(0, CreatorRow.ONE - fixed);
        if (loose > room) {
            for (var i = 0; i < count; i++) {
                if (givesWay[i] && shares[i] > 0) {
                    shares[i] = (int) ((long) shares[i] * room / loose);
                }
            }
        }
    }

    private void people(Account account, List<Attempt> attempts) {
        var ages = brief.question().target().ages();
        var genders = brief.question().target().genders();
        var both = ages != 0 && genders != 0;
        if (both && account.jointKnown) {
            var limit = BEST_AGES[Math.min(4, Integer.bitCount(ages))]
                    * (Integer.bitCount(genders) == 1 ? BEST_ONE_GENDER : CreatorRow.ONE)
                    / CreatorRow.ONE;
            group(
                    Figure.AUDIENCE_AGE_GENDER,
                    names(genders, Codes.GENDERS) + "," + names(ages, Codes.AGES),
                    account.joint,
                    cell -> (genders >> cell / 7 & 1) != 0 && (ages >> cell % 7 & 1) != 0,
                    limit,
                    attempts,
                    changed -> changed.joint);
        }
        if (ages != 0 && account.agesKnown) {
            group(
                    Figure.AUDIENCE_AGE,
                    names(ages, Codes.AGES),
                    account.ages,
                    age -> (ages >> age & 1) != 0,
                    BEST_AGES[Math.min(4, Integer.bitCount(ages))],
                    attempts,
                    changed -> changed.ages);
        }
        if (Integer.bitCount(genders) == 1 && account.gendersKnown) {
            group(
                    Figure.AUDIENCE_GENDER,
                    names(genders, Codes.GENDERS),
                    account.genders,
                    gender -> (genders >> gender & 1) != 0,
                    BEST_ONE_GENDER,
                    attempts,
                    changed -> changed.genders);
        }
    }

    private interface Shares {
        int[] of(Account account);
    }

    /** More of the wanted entries of a map together, each in proportion; the others give way. */
    private static void group(
            Figure figure, String of, int[] shares, IntPredicate wanted, int limit, List<Attempt> attempts, Shares in) {
        var sum = 0;
        for (var i = 0; i < shares.length; i++) {
            sum += wanted.test(i) ? Math.max(0, shares[i]) : 0;
        }
        if (sum <= 0) {
            return;
        }
        var now = sum;
        upTo(figure, of, now, limit, attempts, (changed, share) -> {
            var map = in.of(changed);
            var givesWay = new boolean[map.length];
            var largest = -1;
            var given = 0;
            for (var i = 0; i < map.length; i++) {
                givesWay[i] = !wanted.test(i);
                if (!givesWay[i] && map[i] > 0) {
                    largest = largest < 0 || map[i] > map[largest] ? i : largest;
                    map[i] = (int) ((long) map[i] * share / now);
                    given += map[i];
                }
            }
            map[largest] += share - given; // so that they sum to what is said
            makeRoom(map, givesWay, map.length);
        });
    }

    private static String names(int bits, List<String> codes) {
        var names = new ArrayList<String>();
        for (var i = 0; i < codes.size(); i++) {
            if ((bits >> i & 1) != 0) {
                names.add(codes.get(i));
            }
        }
        return String.join(",", names);
    }

    /** The engagement rate and the comments per like, up to where nine of ten peers are below. */
    private void rate(Account account, List<Attempt> attempts) {
        var peers = brief.statistics().peers();
        tenths(
                Figure.ENGAGEMENT_RATE,
                account.engagementRate,
                rate -> {
                    account.engagementRate = rate;
                    return peers.engagement(account);
                },
                attempts,
                (changed, rate) -> changed.engagementRate = rate);
        tenths(
                Figure.COMMENTS_PER_LIKE,
                account.commentsPerLike,
                rate -> {
                    account.commentsPerLike = rate;
                    return peers.comments(account);
                },
                attempts,
                (changed, rate) -> changed.commentsPerLike = rate);
    }

    private interface PlaceOf {
        double rate(double rate);
    }

    private interface SetRate {
        void on(Account account, double rate);
    }

    private static void tenths(Figure figure, double now, PlaceOf place, List<Attempt> attempts, SetRate set) {
        if (Double.isNaN(now) || Double.isNaN(place.rate(now))) {
            return;
        }
        var first = Math.floor(now / TENTH + 1e-9) + 1;
        var steps = 0;
        while (steps < MOST_STEPS && first + steps <= 1 / TENTH && place.rate((first + steps) * TENTH) <= GOOD_PLACE) {
            steps++;
        }
        place.rate(now);
        if (steps > 0) {
            attempts.add(new Attempt(
                    figure,
                    null,
                    now,
                    first * TENTH,
                    TENTH,
                    steps,
                    (account, step) -> set.on(account, (first + step - 1) * TENTH)));
        }
    }
}
