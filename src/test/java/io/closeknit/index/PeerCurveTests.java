package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Platform;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCurveTests {
    private static final int FOLLOWERS = EngagementBasis.FOLLOWERS.ordinal();

    private static PeerCurve published(Platform platform, long followers) {
        return Objects.requireNonNull(PublishedEngagement.curve(platform.ordinal(), FOLLOWERS, Peers.bin(followers)));
    }

    @Test
    void quantilesAreLinearBetweenTheOrderedFigures() {
        // Type 7: of 4 figures the median lies at (4 − 1)·0.5 = 1.5, half way from the second to the third.
        double[] four = {10, 20, 40, 80};
        assertThat(PeerCurve.quantile(four, 0.5)).isEqualTo(30);
        // 3·0.25 = 0.75: 10 + 0.75·10
        assertThat(PeerCurve.quantile(four, 0.25)).isEqualTo(17.5);
        // 3·0.99 = 2.97: 40 + 0.97·40
        assertThat(PeerCurve.quantile(four, 0.99)).isCloseTo(78.8, within(1e-9));
        assertThat(PeerCurve.quantile(four, 0)).isEqualTo(10);
        assertThat(PeerCurve.quantile(four, 1)).isEqualTo(80);
    }

    @Test
    void figuresMayComeInAnyOrder() {
        assertThat(PeerCurve.Own.of(new double[] {80, 10, 40, 20}).median()).isEqualTo(30);
    }

    @ParameterizedTest(name = "{0} surpasses {1} of the peers")
    @CsvSource({"-1, 0", "0, 0", "42, 0.42", "42.5, 0.425", "99.9, 0.999", "100, 1", "100.1, 1"})
    void aFigureIsPlacedBetweenTheQuantiles(double figure, double place) {
        // The 101 figures 0, 1, … 100 are their own quantiles.
        var curve =
                PeerCurve.Own.of(IntStream.rangeClosed(0, 100).asDoubleStream().toArray());

        assertThat(curve.percentile(figure)).isCloseTo(place, within(1e-12));
        assertThat(curve.median()).isEqualTo(50);
        assertThat(curve.cap()).isEqualTo(99);
    }

    @Test
    void theMiddleOfAFlatRunCounts() {
        var figures = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
        Arrays.fill(figures, 40, 60, 50.0); // the quantiles 40 to 59
        Arrays.fill(figures, 0, 30, 0.0); // the quantiles 0 to 29
        var curve = PeerCurve.Own.of(figures);

        assertThat(curve.percentile(50)).isEqualTo((0.40 + 0.59) / 2);
        assertThat(curve.percentile(0)).isEqualTo(0.29 / 2);
        // Just below the run: between quantile 39 (39) and 40 (50), 10.9 of 11 of the way.
        assertThat(curve.percentile(49.9)).isCloseTo((39 + 10.9 / 11) / 100, within(1e-12));
    }

    @Test
    void whereAllPeersAreEqualTheyAreInTheMiddle() {
        var curve = PeerCurve.Own.of(new double[] {0.03, 0.03, 0.03});

        assertThat(curve.percentile(0.03)).isEqualTo(0.5);
        assertThat(curve.percentile(0.029)).isZero();
        assertThat(curve.percentile(0.031)).isOne();
    }

    /** Modash, Instagram, 10 to 50 thousand followers: bounds 0.39, 0.84, 1.11 and 2.61 per cent. */
    @ParameterizedTest(name = "{0} % surpasses {1}: {2}")
    @CsvSource({
        "0, 0, nothing",
        "0.195, 0.1, half of the first bound",
        "0.39, 0.2, the first bound",
        "0.615, 0.3, half way to the second",
        "0.84, 0.4, the second bound",
        "1.11, 0.6, the third",
        "1.86, 0.7, half way to the fourth",
        "2.61, 0.8, the fourth",
        "5.22, 0.9, twice the fourth: 1 − 0.2 / 2",
        "26.1, 0.98, ten times the fourth: 1 − 0.2 / 10"
    })
    void aPublishedTablesBoundsArePercentiles(double percent, double place, String why) {
        assertThat(published(Platform.INSTAGRAM, 20_000).percentile(percent / 100))
                .as(why)
                .isCloseTo(place, within(1e-9));
    }

    @ParameterizedTest(name = "{0} % is {1}")
    @CsvSource({
        "0.38, low",
        "0.39, below average",
        "0.84, average",
        "1.11, above average",
        "2.61, above average",
        "2.62, high"
    })
    void theBandsAreThoseThatArePrinted(double percent, String band) {
        var place = published(Platform.INSTAGRAM, 20_000).percentile(percent / 100) + 1e-12;
        var read = place < 0.2
                ? "low"
                : place < 0.4
                        ? "below average"
                        : place < 0.6 ? "average" : place < 0.8 + 1e-9 ? "above average" : "high";
        assertThat(read).isEqualTo(band);
    }

    @Test
    void aPublishedTableHasItsMedianAndCap() {
        // (0.84 + 1.11) / 2 and 20 · 2.61
        assertThat(published(Platform.INSTAGRAM, 20_000).median()).isCloseTo(0.00975, within(1e-12));
        assertThat(published(Platform.INSTAGRAM, 20_000).cap()).isCloseTo(0.522, within(1e-12));
    }

    @ParameterizedTest(name = "{0} with {1} followers: {2} % is the first bound, {3} % the last")
    @CsvSource({
        "INSTAGRAM, 500, 1.72, 7.97",
        "INSTAGRAM, 1000, 1.72, 7.97",
        "INSTAGRAM, 700000, 0.46, 2.46",
        "TIKTOK, 5000, 0.42, 3.45",
        "TIKTOK, 1000000, 0.35, 2.78",
        "YOUTUBE, 60000, 0.05, 1.08",
        "YOUTUBE, 200000, 0.04, 0.86",
        "YOUTUBE, 600000, 0.03, 0.71"
    })
    void theTablesAreAsPrinted(Platform platform, long followers, double first, double last) {
        var curve = published(platform, followers);
        assertThat(curve.percentile(first / 100)).isCloseTo(0.2, within(1e-9));
        assertThat(curve.percentile(last / 100)).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void nothingIsPublishedForViewsOrOtherPlatforms() {
        assertThat(PublishedEngagement.curve(Platform.TIKTOK.ordinal(), EngagementBasis.VIEWS.ordinal(), 3))
                .isNull();
        assertThat(PublishedEngagement.curve(Platform.TWITCH.ordinal(), FOLLOWERS, 3))
                .isNull();
    }
}
