package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.web.TimeSeries.Point;
import io.closeknit.web.TimeSeries.Unit;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeSeriesTests {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    @Test
    void theScaleBeginsAtNothingWhereTheFigureVariesMuch() {
        assertThat(ticks(Unit.COUNT, 1_000, 18_400)).containsExactly(20_000.0, 15_000.0, 10_000.0, 5_000.0, 0.0);
    }

    @Test
    void theScaleIsCutWhereTheFigureHardlyMoves() {
        assertThat(ticks(Unit.COUNT, 18_000, 18_400)).containsExactly(18_400.0, 18_300.0, 18_200.0, 18_100.0, 18_000.0);
    }

    @Test
    void oneDayIsADotInTheMiddle() {
        var series = series(Unit.COUNT, 500);
        assertThat(series.getDots()).extracting(TimeSeries.Dot::x).containsExactly("50.00%");
        assertThat(series.getDays()).hasSize(1);
    }

    @Test
    void nothingAtAllIsALineAtTheBottom() {
        assertThat(series(Unit.COUNT, 0, 0).getDots())
                .extracting(TimeSeries.Dot::y)
                .containsOnly("100.00%");
    }

    @Test
    void daysAreSorted() {
        var series = new TimeSeries("Followers", Unit.COUNT, List.of(new Point(DAY.plusDays(9), 2), new Point(DAY, 1)));
        assertThat(series.getFirst().on()).isEqualTo(DAY);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingLiesWithinTheAxes(long seed) {
        var random = new Random(seed);
        var unit = random.nextBoolean() ? Unit.COUNT : Unit.FRACTION;
        var high = unit == Unit.COUNT ? Math.pow(10, 1 + 6 * random.nextDouble()) : random.nextDouble();
        var series = series(
                unit,
                random.doubles(1 + random.nextInt(30), 0, high)
                        .map(value -> unit == Unit.COUNT ? Math.rint(value) : value)
                        .toArray());
        assertThat(series.getDots()).as("seed " + seed).allSatisfy(dot -> {
            assertThat(percent(dot.x())).isBetween(0.0, 100.0);
            assertThat(percent(dot.y())).isBetween(0.0, 100.0);
        });
        assertThat(series.getTicks()).as("seed " + seed).hasSizeBetween(2, 8);
    }

    private static double percent(String text) {
        return Double.parseDouble(text.replace("%", ""));
    }

    private static List<Double> ticks(Unit unit, double... values) {
        return series(unit, values).getTicks().stream()
                .map(TimeSeries.Tick::value)
                .toList();
    }

    private static TimeSeries series(Unit unit, double... values) {
        return new TimeSeries(
                "Followers",
                unit,
                IntStream.range(0, values.length)
                        .mapToObj(at -> new Point(DAY.plusDays(at), values[at]))
                        .toList());
    }
}
