package io.closeknit.index;

import io.closeknit.niche.NicheTree;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts of creators by platform, tier, niche (with what lies below) and country. Owned by one thread. */
final class Facets {
    private final Plan plan;
    private final int[] platforms = new int[io.closeknit.catalogue.CreatorDocument.Platform.values().length];
    private final int[] tiers;
    private final int[] countries = new int[26 * 26];
    private final int[] niches;
    private final int[] lastSeen;
    private int seen;

    /** What all counters of a query share: which filters each facet looks past. */
    static final class Plan {
        private final NicheTree tree;
        private final Tiers tiers;
        private final int pastPlatform;
        private final int pastTier;
        private final int pastNiche;
        private final int pastCountry;

        Plan(NicheTree tree, Tiers tiers, RowFilter filter, boolean sideways) {
            this.tree = tree;
            this.tiers = tiers;
            pastPlatform = sideways ? filter.mask("platform") : 0;
            pastTier = sideways ? filter.mask("tier") : 0;
            pastNiche = sideways ? filter.mask("niche") : 0;
            pastCountry = sideways ? filter.mask("country") : 0;
        }

        /** The filters that the facet looks past, by their bits. */
        int pastPlatform() {
            return pastPlatform;
        }

        int pastTier() {
            return pastTier;
        }

        int pastNiche() {
            return pastNiche;
        }

        int pastCountry() {
            return pastCountry;
        }

        Tiers tiers() {
            return tiers;
        }
    }

    Facets(Plan plan) {
        this.plan = plan;
        tiers = new int[plan.tiers.count()];
        niches = new int[plan.tree.idLimit()];
        lastSeen = new int[plan.tree.idLimit()];
    }

    void count(CreatorRow row, int main, RowFilter.Verdicts verdicts) {
        if (main >= 0) {
            var account = row.accounts[main];
            if (verdicts.passBut(plan.pastPlatform)) {
                platforms[account.platform]++;
            }
            var tier = plan.tiers.of(account.followers);
            if (tier >= 0 && verdicts.passBut(plan.pastTier)) {
                tiers[tier]++;
            }
        }
        if (row.country >= 0 && verdicts.passBut(plan.pastCountry)) {
            countries[row.country]++;
        }
        if (verdicts.passBut(plan.pastNiche)) {
            seen++;
            for (var i = 0; i < row.nicheCount; i++) {
                countUpwards(row.niches[i]);
            }
        }
    }

    private void countUpwards(int niche) {
        var at = niche;
        while (at >= 0 && at < niches.length && lastSeen[at] != seen) {
            lastSeen[at] = seen;
            niches[at]++;
            at = plan.tree.parent(at).orElse(-1);
        }
    }

    void addPlatform(int platform, int creators) {
        platforms[platform] += creators;
    }

    void addTier(int tier, int creators) {
        tiers[tier] += creators;
    }

    /** @param niche with all that lies below it */
    void addNiche(int niche, int creators) {
        niches[niche] += creators;
    }

    void addCountry(int country, int creators) {
        countries[country] += creators;
    }

    Plan plan() {
        return plan;
    }

    void add(Facets other) {
        add(platforms, other.platforms);
        add(tiers, other.tiers);
        add(countries, other.countries);
        add(niches, other.niches);
    }

    private static void add(int[] to, int[] from) {
        for (var i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** By facet and value, what was counted at least once; the most frequent first. */
    Map<String, Map<String, Integer>> toMap() {
        var maps = new LinkedHashMap<String, Map<String, Integer>>();
        maps.put("platform", named(platforms, Ranker::platformKey));
        maps.put("tier", named(tiers, plan.tiers.names()::get));
        maps.put("niche", named(niches, id -> plan.tree.byId(id).orElseThrow().slug()));
        maps.put("country", named(countries, Codes::country));
        return maps;
    }

    private static Map<String, Integer> named(int[] counts, java.util.function.IntFunction<String> name) {
        var byName = new TreeMap<String, Integer>();
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                byName.put(name.apply(i), counts[i]);
            }
        }
        var ordered = new LinkedHashMap<String, Integer>();
        byName.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }
}
