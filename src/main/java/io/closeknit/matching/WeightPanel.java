package io.closeknit.matching;

import io.closeknit.index.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What matters: the weights as the form shows them.
 *
 * @param own whether the address says them, rather than the brief or the defaults
 * @param of the brief whose weights they are otherwise; empty: none
 * @param saved presets of the workspace
 * @param resetUrl of Discover with the brief's own
 * @param weights as {@link Movement#write} says them
 * @param query of the address, to save or to keep
 */
record WeightPanel(
        List<Slider> sliders,
        List<Preset> presets,
        List<Saved> saved,
        boolean own,
        String of,
        String resetUrl,
        String weights,
        String query) {
    /** The end of a slider, unless a weight goes beyond. */
    private static final double END = 50;

    /**
     * @param weight as plain text; what stands in the form though it is not asked now
     * @param step {@code any} where the weight is no whole number
     * @param x where it begins among all, width its part, both as SVG wants them
     */
    record Slider(String key, String weight, String end, String step, boolean asked, String x, String width) {}

    /** @param suggested by the objective of the brief */
    record Preset(String key, String url, boolean suggested, boolean chosen) {}

    /** One of the workspace's own. */
    record Saved(String name, String url, boolean chosen) {}

    static WeightPanel of(
            Address address,
            double[] weights,
            Set<Criterion> asked,
            String brief,
            @Nullable WeightPreset suggested,
            List<SavedPreset> saved) {
        var sum = asked.stream()
                .mapToDouble(criterion -> weights[criterion.ordinal()])
                .sum();
        var sliders = new ArrayList<Slider>();
        var from = 0.0;
        for (var criterion : Criterion.ALL) {
            var weight = weights[criterion.ordinal()];
            var part = sum > 0 && asked.contains(criterion) ? 100 * weight / sum : 0;
            sliders.add(new Slider(
                    criterion.key(),
                    Numbers.plain(weight),
                    Numbers.plain(Math.max(END, Math.ceil(weight))),
                    weight == Math.rint(weight) ? "1" : "any",
                    asked.contains(criterion),
                    Numbers.plain(from) + "%",
                    Numbers.plain(part) + "%"));
            from += part;
        }
        var presets = new ArrayList<Preset>();
        for (var preset : WeightPreset.values()) {
            presets.add(new Preset(
                    preset.key(),
                    preset.on(address).url(),
                    preset == suggested,
                    java.util.Arrays.equals(preset.weights(), weights)));
        }
        return new WeightPanel(
                sliders,
                presets,
                saved.stream()
                        .map(preset ->
                                new Saved(preset.name(), preset.on(address).url(), preset.weighsLike(weights)))
                        .toList(),
                address.hasWeights(),
                Objects.requireNonNull(brief),
                address.withoutWeights().url(),
                Movement.write(weights),
                address.query());
    }
}
