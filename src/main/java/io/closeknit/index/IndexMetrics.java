package io.closeknit.index;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an operator watches of the index, see docs/benchmark.md. */
@Component
class IndexMetrics {
    /** Rankings that the admin page looks back on. */
    private static final int KEPT = 1_000;

    private final Timer rankings;
    private final RankingTimes times = new RankingTimes(KEPT);
    private final MeterRegistry registry;

    IndexMetrics(MeterRegistry registry) {
        this.registry = registry;
        rankings = Timer.builder("closeknit.index.ranking")
                .description("Time spent in the index for one ranking")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
    }

    /** Notes a ranking. */
    void ranked(long nanos) {
        rankings.record(nanos, TimeUnit.NANOSECONDS);
        times.add(nanos);
    }

    IndexState.@Nullable Times times() {
        return times.summary();
    }

    /** Watches the index. The keeper calls it once; the gauges ask it whenever they are read. */
    void watch(Supplier<IndexState> state) {
        gauge(state, "creators", "Creators that can be found", null, IndexState::creators);
        gauge(state, "segments", "Parts that the index consists of", null, IndexState::segments);
        gauge(state, "disk.size", "Size on disk", "bytes", IndexState::bytesOnDisk);
        gauge(state, "memory.size", "Columns in memory", "bytes", IndexState::bytesInMemory);
        gauge(state, "lag", "Changes of the catalogue that are not in the index yet", "changes", IndexState::lag);
        gauge(state, "ready", "1 where rankings are answered", null, it -> it.ready() ? 1 : 0);
        gauge(state, "statistics.version", "The statistics version that scores are given from", null, it -> {
            var statistics = it.statistics();
            return statistics == null ? Double.NaN : statistics.version();
        });
        seconds(state, "statistics.age", "Since the statistics were calculated", it -> {
            var statistics = it.statistics();
            return statistics == null ? null : statistics.age();
        });
        rebuild(state, "running", "1 while the index is built anew", it -> it == null ? 0 : 1);
        rebuild(state, "done", "Creators in the new index", it -> it == null ? Double.NaN : it.done());
        rebuild(state, "total", "Creators to be read for it", it -> it == null ? Double.NaN : it.total());
        seconds(state, "rebuild.remaining", "Until the new index is complete, at the pace so far", it -> {
            var rebuild = it.rebuild();
            return rebuild == null ? null : rebuild.remaining();
        });
    }

    private void rebuild(
            Supplier<IndexState> state,
            String name,
            String description,
            ToDoubleFunction<@Nullable IndexProgress> value) {
        gauge(state, "rebuild." + name, description, null, it -> value.applyAsDouble(it.rebuild()));
    }

    private void gauge(
            Supplier<IndexState> state,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<IndexState> value) {
        Gauge.builder("closeknit.index." + name, () -> value.applyAsDouble(state.get()))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private interface Lasting {
        @Nullable
        Duration of(IndexState state);
    }

    private void seconds(Supplier<IndexState> state, String name, String description, Lasting lasting) {
        TimeGauge.builder(
                        "closeknit.index." + name,
                        () -> {
                            var duration = lasting.of(state.get());
                            return duration == null ? Double.NaN : duration.toMillis();
                        },
                        TimeUnit.MILLISECONDS)
                .description(description)
                .register(registry);
    }
}
