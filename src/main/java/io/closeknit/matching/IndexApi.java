package io.closeknit.matching;

import io.closeknit.access.ForAdmins;
import io.closeknit.index.IndexAdministration;
import io.closeknit.index.IndexState;
import io.closeknit.web.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The index over the API: how it stands, and building it anew. */
@RestController
@RequestMapping("/api/v1/admin/index")
@ForAdmins
class IndexApi {
    private final IndexAdministration index;

    IndexApi(IndexAdministration index) {
        this.index = index;
    }

    /**
     * The index of the node that answers.
     *
     * @param ready whether rankings are answered
     * @param lag changes of the catalogue that are not in it yet
     * @param bytesInMemory of the columns that rankings are calculated from
     * @param statistics null before the first ones are calculated
     * @param rebuild null while none is under way
     * @param lastRebuild null where none ended since the start
     * @param rankings null where nothing was ranked since the start
     */
    record IndexView(
            boolean ready,
            int creators,
            int segments,
            long bytesOnDisk,
            long bytesInMemory,
            long catalogueVersion,
            long lag,
            @Nullable StatisticsView statistics,
            @Nullable RebuildView rebuild,
            @Nullable LastRebuildView lastRebuild,
            IndexState.@Nullable Times rankings) {

        static IndexView of(IndexState state) {
            var statistics = state.statistics();
            var rebuild = state.rebuild();
            var last = state.lastRebuild();
            return new IndexView(
                    state.ready(),
                    state.creators(),
                    state.segments(),
                    state.bytesOnDisk(),
                    state.bytesInMemory(),
                    state.catalogueVersion(),
                    state.lag(),
                    statistics == null
                            ? null
                            : new StatisticsView(
                                    statistics.version(),
                                    statistics.asOf(),
                                    statistics.catalogueVersion(),
                                    statistics.creators(),
                                    statistics.calculatedAt(),
                                    seconds(statistics.age())),
                    rebuild == null
                            ? null
                            : new RebuildView(
                                    rebuild.startedAt(),
                                    rebuild.done(),
                                    rebuild.total(),
                                    rebuild.remaining() == null ? null : seconds(rebuild.remaining())),
                    last == null
                            ? null
                            : new LastRebuildView(
                                    last.startedAt(), seconds(last.took()), last.creators(), last.failed()),
                    state.rankings());
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1e3;
        }
    }

    /** @param ageSeconds since this node calculated them */
    record StatisticsView(
            long version,
            LocalDate asOf,
            long catalogueVersion,
            int creators,
            Instant calculatedAt,
            double ageSeconds) {}

    /** @param remainingSeconds at the pace so far; null until there is one */
    record RebuildView(
            Instant startedAt,
            long done,
            long total,
            @Nullable Double remainingSeconds) {}

    record LastRebuildView(Instant startedAt, double tookSeconds, long creators, boolean failed) {}

    @GetMapping
    IndexView show() {
        return IndexView.of(index.state());
    }

    /** 202; 409 where one is under way already. */
    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    IndexView rebuild() {
        if (!index.rebuild()) {
            throw ApiException.taken(
                    "The index is being built anew already. GET /api/v1/admin/index says how far it is.", show());
        }
        return show();
    }
}
