package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.index.BenchmarkCatalogue.Shape;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured must be the same tomorrow and on another machine. */
class BenchmarkCatalogueTests {
    private final BenchmarkCatalogue catalogue = new BenchmarkCatalogue(Shape.FIVE, BenchmarkCatalogue.tree());

    @ParameterizedTest
    @EnumSource
    void theSameNumberIsTheSameCreatorInWhateverOrder(Shape shape) {
        var once = new BenchmarkCatalogue(shape, BenchmarkCatalogue.tree());
        var again = new BenchmarkCatalogue(shape, BenchmarkCatalogue.tree());
        var backwards = LongStream.rangeClosed(1, 300)
                .map(number -> 301 - number)
                .mapToObj(again::creator)
                .toList();
        assertThat(LongStream.rangeClosed(1, 300).mapToObj(once::creator).toList())
                .isEqualTo(backwards.reversed());
    }

    @ParameterizedTest
    @EnumSource
    void creatorsHaveTheNichesThatTheShapeSays(Shape shape) {
        var counts = LongStream.rangeClosed(1, 2_000)
                .mapToInt(number -> new BenchmarkCatalogue(shape, BenchmarkCatalogue.tree())
                        .creator(number)
                        .document()
                        .niches()
                        .size())
                .summaryStatistics();
        assertThat(counts.getMin()).isEqualTo(shape.least);
        assertThat(counts.getMax()).isEqualTo(shape.most);
        assertThat(counts.getAverage())
                .isBetween(0.95 * Integer.parseInt(shape.key), 1.05 * Integer.parseInt(shape.key));
    }

    @Test
    void anotherVersionIsTheSameCreatorWithOtherFollowers() {
        var before = catalogue.creator(7).document();
        var now = catalogue.creator(7, 3).document();
        assertThat(now.slug()).isEqualTo(before.slug());
        assertThat(now.niches()).isEqualTo(before.niches());
        assertThat(now.accounts().getFirst().followers())
                .isEqualTo(before.accounts().getFirst().followers() + 3);
    }

    @Test
    void halfOfTheBriefsAreBroadAndTheyAreAlwaysTheSame() {
        var briefs = BenchmarkBriefs.hundred(catalogue, BenchmarkCatalogue.tree());
        assertThat(briefs).hasSize(100);
        assertThat(briefs.stream().filter(BenchmarkBriefs.Brief::broad)).hasSize(50);
        var again = BenchmarkBriefs.hundred(catalogue, BenchmarkCatalogue.tree());
        IntStream.range(0, 100).forEach(i -> {
            assertThat(again.get(i).filters()).isEqualTo(briefs.get(i).filters());
            assertThat(again.get(i).question().niches())
                    .isEqualTo(briefs.get(i).question().niches());
            assertThat(again.get(i).question().weights())
                    .isEqualTo(briefs.get(i).question().weights());
        });
    }

    @Test
    void sizesAreReadAndWritten() {
        assertThat(BenchmarkReport.size("100k")).isEqualTo(100_000);
        assertThat(BenchmarkReport.size("10M")).isEqualTo(10_000_000);
        assertThat(BenchmarkReport.size("1234")).isEqualTo(1_234);
        assertThat(BenchmarkReport.words(100_000)).isEqualTo("100k");
        assertThat(BenchmarkReport.words(10_000_000)).isEqualTo("10m");
    }
}
