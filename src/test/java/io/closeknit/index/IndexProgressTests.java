package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IndexProgressTests {
    private static final Instant START = Instant.parse("2026-06-30T10:00:00Z");

    private static IndexProgress after(long seconds, long done, long total) {
        return IndexProgress.at(done, total, START, START.plusSeconds(seconds));
    }

    @Test
    void theRestTakesAsLongAsItsPartOfWhatIsDone() {
        // 250,000 in 10 s are 25,000 a second; 750,000 are left.
        assertThat(after(10, 250_000, 1_000_000).remaining()).isEqualTo(Duration.ofSeconds(30));
        assertThat(after(10, 250_000, 1_000_000).percent()).isEqualTo(25);
    }

    @Test
    void aFewCreatorsSayNothingOfThePace() {
        assertThat(after(1, 0, 1_000_000).remaining()).isNull();
        assertThat(after(1, 999, 1_000_000).remaining()).isNull();
        assertThat(after(1, 1_000, 1_000_000).remaining()).isEqualTo(Duration.ofSeconds(999));
    }

    @Test
    void whoCameInMeanwhileDoesNotMakeItMoreThanComplete() {
        var progress = after(10, 1_003_000, 1_000_000);
        assertThat(progress.percent()).isEqualTo(100);
        assertThat(progress.total()).isEqualTo(1_003_000);
        assertThat(progress.remaining()).isZero();
    }

    @Test
    void onlyWhatIsCompleteIsAHundredPercent() {
        assertThat(after(10, 999_999, 1_000_000).percent()).isEqualTo(99);
        assertThat(after(0, 0, 0).percent()).as("nobody to read").isEqualTo(100);
    }

    @Test
    void rankingTimesLookBackOnTheLastOnes() {
        var times = new RankingTimes(100);
        assertThat(times.summary()).isNull();
        times.add(900_000_000); // the first is forgotten by the hundred that follow
        for (var millis = 1; millis <= 100; millis++) {
            times.add(millis * 1_000_000L);
        }
        var summary = times.summary();
        assertThat(summary.count()).isEqualTo(101);
        assertThat(summary.lookedAt()).isEqualTo(100);
        assertThat(summary.medianMillis()).isCloseTo(50, within(1e-9));
        assertThat(summary.p99Millis()).isCloseTo(99, within(1e-9));
    }
}
