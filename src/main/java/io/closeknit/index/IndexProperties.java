package io.closeknit.index;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ranking index.
 *
 * @param tiers lower bounds in followers by name; empty: nano 1K, micro 10K, mid 100K, macro 500K, mega 1M
 * @param benchmark when the catalogue's own figures serve as peers
 * @param index how the index follows the catalogue
 */
@ConfigurationProperties("closeknit")
record IndexProperties(
        @DefaultValue Map<String, Long> tiers,
        @DefaultValue Benchmark benchmark,
        @DefaultValue Following index) {

    /**
     * @param minPeers accounts of the same platform, basis and size that the catalogue must have before its own quantiles
     *     are used instead of the published tables; at least 2
     */
    record Benchmark(@DefaultValue("200") int minPeers) {
        Benchmark {
            if (minPeers < 2) {
                throw new IllegalArgumentException(
                        "closeknit.benchmark.min-peers must be at least 2 but is " + minPeers);
            }
        }
    }

    /**
     * @param poll how often the change log is looked at
     * @param commit how often what was applied is made durable; a kill repeats at most this much
     * @param quiet how long the catalogue must be quiet before the statistics are calculated anew
     */
    record Following(
            @DefaultValue("200ms") Duration poll,
            @DefaultValue("5s") Duration commit,
            @DefaultValue("1s") Duration quiet) {}

    Tiers namedTiers() {
        return new Tiers(tiers.isEmpty() ? Tiers.DEFAULT : tiers);
    }
}
