package io.closeknit.index;

import io.closeknit.index.CreatorRow.Account;
import io.closeknit.index.Filters.Choice;
import io.closeknit.index.Filters.Dimension;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Filters, compiled: each passes a row, fails it, or does not know. Immutable; a thread brings its own means. */
final class RowFilter {
    /** What one filter says of a row. */
    enum Verdict {
        PASS,
        FAIL,
        UNKNOWN
    }

    /** A mean of shares may lie this much off what it would be without rounding; who has the bound passes. */
    static final double ROUNDING = 1e-9;

    private interface Test {
        Verdict of(CreatorRow row, @Nullable Account main, Audiences.Means means);
    }

    /** @param name the parameter in the API that it comes from */
    private record Named(String name, Test test) {}

    private final List<Named> tests = new ArrayList<>();
    private final boolean keepUnknown;
    private final int platforms;

    RowFilter(Filters filters, int platforms, NicheTree tree, Tiers tiers, Statistics statistics) {
        this.platforms = platforms == 0 ? -1 : platforms;
        keepUnknown = filters.keepUnknown();
        var today = statistics.today();
        if (filters.accountsOn() != 0) {
            add("platforms", (row, main, _) -> pass(hasAccountOn(row, filters.accountsOn())));
        }
        choice("platform", filters.platforms(), (_, main) -> main == null ? -1 : main.platform);
        if (filters.followersMin() != null || filters.followersMax() != null) {
            var min = filters.followersMin() == null ? 0 : filters.followersMin();
            var max = filters.followersMax() == null ? Long.MAX_VALUE : filters.followersMax();
            add(
                    "followers",
                    (_, main, _) -> main == null || main.followers < 0
                            ? Verdict.UNKNOWN
                            : pass(main.followers >= min && main.followers <= max));
        }
        choice("tier", filters.tiers(), (_, main) -> main == null ? -1 : tiers.of(main.followers));
        niches(filters.niches(), tree);
        choice("country", filters.countries(), (row, _) -> row.country);
        languages(filters.languages());
        minimum("erMin", filters.engagementMin(), (_, main, _) -> main == null ? Double.NaN : main.engagementRate);
        minimum("growthMin", filters.growthMin(), (_, main, _) -> main == null ? Double.NaN : main.growth90d);
        minimum("authenticityMin", filters.authenticityMin(), (row, _, _) -> {
            var real = Quality.realFollowers(row, this.platforms);
            return real.isKnown() ? real.middle() : Double.NaN;
        });
        if (filters.sponsoredShareMax() != null) {
            double max = filters.sponsoredShareMax();
            add(
                    "sponsoredShareMax",
                    (row, _, _) -> !row.mentionsKnown || !(row.windowPosts > 0)
                            ? Verdict.UNKNOWN
                            : pass(row.sponsoredPosts / row.windowPosts <= max + ROUNDING));
        }
        workedWith(filters.workedWith());
        if (filters.priceMaxEur() != null) {
            double max = filters.priceMaxEur();
            add("priceMax", (row, _, _) -> {
                var price = cheapestPrice(row, this.platforms, statistics);
                return Double.isNaN(price) ? Verdict.UNKNOWN : pass(price <= max);
            });
        }
        if (filters.lastPostWithinDays() != null) {
            int days = filters.lastPostWithinDays();
            add("lastPostWithinDays", (row, _, _) -> {
                var last = lastPostDay(row, this.platforms);
                return last == CreatorRow.NO_DAY ? Verdict.UNKNOWN : pass(today - last <= days);
            });
        }
        filters.audience().forEach((dimension, minima) -> audience(dimension, minima, tree));
        if (filters.hasContact() != null) {
            boolean wanted = filters.hasContact();
            add("hasContact", (row, _, _) -> pass(row.contact == wanted));
        }
    }

    private void add(String name, Test test) {
        tests.add(new Named(name, test));
    }

    private static Verdict pass(boolean passes) {
        return passes ? Verdict.PASS : Verdict.FAIL;
    }

    private static boolean hasAccountOn(CreatorRow row, int platforms) {
        for (var i = 0; i < row.accountCount; i++) {
            if ((platforms >> row.accounts[i].platform & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    private interface CodeOf {
        int of(CreatorRow row, @Nullable Account main);
    }

    private void choice(String name, Choice<Integer> choice, CodeOf code) {
        if (!choice.isOpen()) {
            add(name, (row, main, _) -> {
                var own = code.of(row, main);
                if (own < 0) {
                    return Verdict.UNKNOWN;
                }
                return pass((choice.wanted().isEmpty() || choice.wanted().contains(own))
                        && !choice.unwanted().contains(own));
            });
        }
    }

    private void niches(Choice<Integer> choice, NicheTree tree) {
        if (choice.isOpen()) {
            return;
        }
        var wanted = below(choice.wanted(), tree);
        var unwanted = below(choice.unwanted(), tree);
        add("niche", (row, _, _) -> {
            if (row.nicheCount == 0) {
                return Verdict.UNKNOWN;
            }
            var found = choice.wanted().isEmpty();
            for (var i = 0; i < row.nicheCount; i++) {
                var niche = row.niches[i];
                if (niche < wanted.length) {
                    if (unwanted[niche]) {
                        return Verdict.FAIL;
                    }
                    found |= wanted[niche];
                }
            }
            return pass(found);
        });
    }

    /** By niche, whether it is one of these or below one. */
    static boolean[] below(Iterable<Integer> roots, NicheTree tree) {
        var mask = new boolean[tree.idLimit()];
        for (var root : roots) {
            for (var niche : tree.all()) {
                mask[niche.id()] |= tree.isWithin(niche.id(), root);
            }
        }
        return mask;
    }

    private void languages(Choice<Long> choice) {
        if (choice.isOpen()) {
            return;
        }
        add("language", (row, _, _) -> {
            if (row.languageCount == 0) {
                return Verdict.UNKNOWN;
            }
            return pass((choice.wanted().isEmpty() || speaks(row, choice.wanted())) && !speaks(row, choice.unwanted()));
        });
    }

    private static boolean speaks(CreatorRow row, Iterable<Long> languages) {
        for (var language : languages) {
            for (var i = 0; i < row.languageCount; i++) {
                if (Codes.covers(language, row.languages[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    private interface FigureOf {
        double of(CreatorRow row, @Nullable Account main, Audiences.Means means);
    }

    private void minimum(String name, @Nullable Double min, FigureOf figure) {
        if (min != null) {
            double bound = min;
            add(name, (row, main, means) -> {
                var own = figure.of(row, main, means);
                return Double.isNaN(own) ? Verdict.UNKNOWN : pass(own >= bound - ROUNDING);
            });
        }
    }

    private void workedWith(Choice<Long> choice) {
        if (choice.isOpen()) {
            return;
        }
        add("workedWith", (row, _, _) -> {
            if (!row.mentionsKnown) {
                return Verdict.UNKNOWN;
            }
            var found = choice.wanted().isEmpty();
            for (var i = 0; i < row.mentionCount; i++) {
                if (row.mentionPaid[i] == 1) {
                    if (choice.unwanted().contains(row.mentionBrand[i])) {
                        return Verdict.FAIL;
                    }
                    found |= choice.wanted().contains(row.mentionBrand[i]);
                }
            }
            return pass(found);
        });
    }

    private void audience(Dimension dimension, List<Filters.MinimumShare> minima, NicheTree tree) {
        var compiled = minima.stream()
                .map(minimum -> new CompiledMinimum(new Audiences(minimum.question(), tree), minimum.share()))
                .toList();
        var name = "audience" + dimension.name().charAt(0)
                + dimension.name().substring(1).toLowerCase(Locale.ROOT);
        add(name, (row, _, means) -> {
            var unknown = false;
            for (var minimum : compiled) {
                var audiences = minimum.audiences();
                var share = audiences.product(audiences.measure(row, platforms, means));
                if (share >= minimum.share() - ROUNDING) {
                    return Verdict.PASS;
                }
                unknown |= Double.isNaN(share);
            }
            return unknown ? Verdict.UNKNOWN : Verdict.FAIL;
        });
    }

    private record CompiledMinimum(Audiences audiences, double share) {}

    /** EUR for the cheapest known rate on the platforms; NaN where none is known. */
    static double cheapestPrice(CreatorRow row, int platforms, Statistics statistics) {
        var cheapest = Double.NaN;
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            for (var r = 0; (platforms >> account.platform & 1) != 0 && r < account.rateCount; r++) {
                var rate = statistics.rates().get(account.rateCurrency[r]);
                if (rate != null) {
                    var price = account.rateAmount[r] * rate;
                    cheapest = Double.isNaN(cheapest) ? price : Math.min(cheapest, price);
                }
            }
        }
        return cheapest;
    }

    /** {@link CreatorRow#NO_DAY} where none is known. */
    static int lastPostDay(CreatorRow row, int platforms) {
        var last = CreatorRow.NO_DAY;
        for (var i = 0; i < row.accountCount; i++) {
            if ((platforms >> row.accounts[i].platform & 1) != 0) {
                last = Math.max(last, row.accounts[i].lastPostDay);
            }
        }
        return last;
    }

    // ---- asking

    /** The filters' names. */
    List<String> names() {
        return tests.stream().map(Named::name).toList();
    }

    /**
     * Asks all filters of one row; the answers are in {@code into} until the next call.
     *
     * @param main index of the main account, -1 where there is none
     */
    void ask(CreatorRow row, int main, Audiences.Means means, Verdicts into) {
        ask(row, main, means, into, -1);
    }

    /** Asks those of the filters whose bit is set. */
    void ask(CreatorRow row, int main, Audiences.Means means, Verdicts into, int asked) {
        into.failures = 0;
        into.unknowns = 0;
        var account = main < 0 ? null : row.accounts[main];
        for (var i = 0; i < tests.size(); i++) {
            if ((asked >> i & 1) == 0) {
                continue;
            }
            switch (tests.get(i).test().of(row, account, means)) {
                case PASS -> {}
                case FAIL -> into.failures |= 1 << i;
                case UNKNOWN -> into.unknowns |= 1 << i;
            }
        }
        if (keepUnknown) {
            into.unknowns = 0;
        }
    }

    /** The answers of all filters for one row, bit by number of the filter. */
    static final class Verdicts {
        int failures;
        int unknowns;

        boolean pass() {
            return (failures | unknowns) == 0;
        }

        /** Whether the row would pass but for filters whose bit is in the mask. */
        boolean passBut(int mask) {
            return ((failures | unknowns) & ~mask) == 0;
        }
    }

    /** The bits of the filters with the name. */
    int mask(String name) {
        var mask = 0;
        for (var i = 0; i < tests.size(); i++) {
            if (tests.get(i).name().equals(name)) {
                mask |= 1 << i;
            }
        }
        return mask;
    }
}
