package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a value that is not known: the median of the known values of comparable creators, and their 10th and
 * 90th percentile as the interval. Immutable.
 */
final class StandIns {
    /** Known values that the catalogue as a whole, and her own country, must have at least. */
    static final int MIN_KNOWN = 20;

    private static final int PLATFORMS = Platform.values().length;

    /** Codes of countries are below this. */
    private static final int COUNTRIES = 26 * 26;

    /**
     * A value in place of one that is not known.
     *
     * @param known how many known values it comes from; 0 where there were too few
     */
    record StandIn(double median, double low, double high, int known) {
        /** Where nothing comparable is known. */
        static final StandIn NONE = new StandIn(0.5, 0.1, 0.9, 0);
    }

    /**
     * One published group; null means all.
     *
     * @param tier its number
     */
    record Group(
            @Nullable Integer platform,
            @Nullable Integer tier,
            @Nullable Integer country,
            StandIn standIn) {}

    private final StandIn[] byPlatformAndTier;
    private final Map<Integer, StandIn> byCountry;
    private final List<Group> groups;
    private final int tiers;

    private StandIns(StandIn[] byPlatformAndTier, Map<Integer, StandIn> byCountry, List<Group> groups, int tiers) {
        this.byPlatformAndTier = byPlatformAndTier;
        this.byCountry = byCountry;
        this.groups = groups;
        this.tiers = tiers;
    }

    /**
     * @param platform of the main account
     * @param tier of the main account, {@link Tiers#UNKNOWN} where not known
     * @param country of the creator, {@link Codes#UNKNOWN} where not known
     */
    StandIn of(int platform, int tier, int country) {
        if (!byCountry.isEmpty()) {
            var own = byCountry.get(country);
            if (own != null) {
                return own;
            }
        }
        return byPlatformAndTier[platform * (tiers + 1) + tier + 1];
    }

    /** What stands in for creators from the country, before all other levels; null where too few are known. */
    @Nullable
    StandIn ofCountry(int country) {
        return byCountry.get(country);
    }

    /** The groups that are large enough to serve. */
    List<Group> groups() {
        return groups;
    }

    /** Rebuilds what was published; the groups decide alone. */
    static StandIns ofGroups(List<Group> groups, int tiers) {
        var resolved = new StandIn[PLATFORMS * (tiers + 1)];
        var byCountry = new HashMap<Integer, StandIn>();
        var byKey = new HashMap<List<Integer>, StandIn>();
        for (var group : groups) {
            if (group.country() != null) {
                byCountry.put(group.country(), group.standIn());
            } else {
                byKey.put(key(group.platform(), group.tier()), group.standIn());
            }
        }
        for (var platform = 0; platform < PLATFORMS; platform++) {
            for (var tier = Tiers.UNKNOWN; tier < tiers; tier++) {
                var found = tier == Tiers.UNKNOWN ? null : byKey.get(key(platform, tier));
                if (found == null) {
                    found = byKey.get(key(platform, null));
                }
                if (found == null) {
                    found = byKey.get(key(null, null));
                }
                resolved[platform * (tiers + 1) + tier + 1] = found == null ? StandIn.NONE : found;
            }
        }
        return new StandIns(resolved, byCountry, List.copyOf(groups), tiers);
    }

    private static List<Integer> key(@Nullable Integer platform, @Nullable Integer tier) {
        return List.of(platform == null ? -1 : platform, tier == null ? -1 : tier);
    }

    /** Gathers known values and makes groups of them. */
    static final class Collector {
        private final Values all = new Values();
        /** By platform times (tiers + 1), plus the tier's number plus one; 0 there: all tiers. */
        private final @Nullable Values[] groups;

        private final @Nullable Values[] countries;
        private final int tiers;
        private final boolean byCountry;

        /** @param byCountry whether creators of her own country come before all other levels */
        Collector(int tiers, boolean byCountry) {
            this.tiers = tiers;
            this.byCountry = byCountry;
            groups = new Values[PLATFORMS * (tiers + 1)];
            countries = new Values[byCountry ? COUNTRIES : 0];
        }

        void add(int platform, int tier, int country, double value) {
            all.add(value);
            add(groups, platform * (tiers + 1), value);
            if (tier != Tiers.UNKNOWN) {
                add(groups, platform * (tiers + 1) + tier + 1, value);
            }
            if (byCountry && country != Codes.UNKNOWN) {
                add(countries, country, value);
            }
        }

        private static void add(@Nullable Values[] groups, int group, double value) {
            var values = groups[group];
            if (values == null) {
                values = new Values();
                groups[group] = values;
            }
            values.add(value);
        }

        StandIns build(int minPeers) {
            var published = new ArrayList<Group>();
            if (all.size >= MIN_KNOWN) {
                published.add(new Group(null, null, null, all.standIn()));
            }
            for (var group = 0; group < groups.length; group++) {
                var values = groups[group];
                if (values != null && values.size >= minPeers) {
                    var tier = group % (tiers + 1);
                    published.add(new Group(group / (tiers + 1), tier == 0 ? null : tier - 1, null, values.standIn()));
                }
            }
            for (var country = 0; country < countries.length; country++) {
                var values = countries[country];
                if (values != null && values.size >= MIN_KNOWN) {
                    published.add(new Group(null, null, country, values.standIn()));
                }
            }
            return ofGroups(published, tiers);
        }
    }

    private static final class Values {
        private double[] values = new double[16];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        StandIn standIn() {
            var sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return new StandIn(
                    PeerCurve.quantile(sorted, 0.5),
                    PeerCurve.quantile(sorted, 0.1),
                    PeerCurve.quantile(sorted, 0.9),
                    size);
        }
    }
}
