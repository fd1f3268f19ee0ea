package io.closeknit.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names for sizes of accounts, by followers; the lower bound belongs to the tier. No standard exists, so the bounds
 * can be set: {@code closeknit.tiers}. What lies below the first bound is {@value #BELOW}.
 */
public final class Tiers {
    /** The tier below the first named one. */
    public static final String BELOW = "below";
    /** Stands for 'followers not known'. */
    public static final int UNKNOWN = -1;

    /** A superset of the break points of the published definitions; see docs/fit.md. */
    static final Map<String, Long> DEFAULT =
            Map.of("nano", 1_000L, "micro", 10_000L, "mid", 100_000L, "macro", 500_000L, "mega", 1_000_000L);

    private final List<String> names = new ArrayList<>();
    private final long[] bounds;

    /**
     * @param lowerBounds by name, at least one, all different and above 0
     * @throws IllegalArgumentException where two have the same bound or one is not above 0
     */
    public Tiers(Map<String, Long> lowerBounds) {
        names.add(BELOW);
        bounds = new long[lowerBounds.size() + 1];
        lowerBounds.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(tier -> {
            if (tier.getValue() <= bounds[names.size() - 1]) {
                throw new IllegalArgumentException("closeknit.tiers: '" + tier.getKey()
                        + "' must begin above 0 and at another number of followers than the others, but begins at "
                        + tier.getValue());
            }
            bounds[names.size()] = tier.getValue();
            names.add(tier.getKey());
        });
    }

    /** The names, smallest first; the index of a name is its number. */
    public List<String> names() {
        return List.copyOf(names);
    }

    int count() {
        return names.size();
    }

    /** The lower bound of a tier, included. */
    public long from(int tier) {
        return bounds[tier];
    }

    /** @param followers negative where not known */
    public int of(long followers) {
        if (followers < 0) {
            return UNKNOWN;
        }
        var tier = bounds.length - 1;
        while (followers < bounds[tier]) {
            tier--;
        }
        return tier;
    }

    public Optional<Integer> byName(String name) {
        var index = names.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(index);
    }
}
