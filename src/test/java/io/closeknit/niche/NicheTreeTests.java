package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NicheTreeTests {
    private static final Niche SPORTS = niche(1, "sports", "Sports", null);
    private static final Niche RUNNING = niche(3, "running", "Running and Jogging", 1);
    private static final Niche TRAIL = new Niche(
            7,
            "trail-running",
            "Trail running",
            3,
            null,
            null,
            List.of("mountain running"),
            List.of("trailrunning", "skyrace"),
            List.of(new Niche.Related("food-drink", 0.2)),
            1);
    private static final Niche FOOD = niche(4, "food-drink", "Food & Drink", null);
    private final NicheTree tree = new NicheTree(12, List.of(TRAIL, RUNNING, FOOD, SPORTS));

    private static Niche niche(int id, String slug, String name, Integer parent) {
        return new Niche(id, slug, name, parent, null, null, List.of(), List.of(), List.of(), 1);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "trail-running, trail-running",
        "Trail Running, trail-running",
        "#TrailRunning, trail-running",
        "mountain  RUNNING, trail-running",
        "Skyrace, trail-running",
        "food & drink, food-drink",
        "Food and Drink, food-drink",
        "fooddrink, food-drink",
        "running & jogging, running",
        "Running-And-Jogging, running"
    })
    void aWordMeansANicheHoweverItIsWritten(String word, String slug) {
        assertThat(tree.resolve(word)).map(Niche::slug).hasValue(slug);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'#'", "🏃", "swimming"})
    void aWordThatMeansNothingHereResolvesToNothing(String word) {
        assertThat(tree.resolve(word)).isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "Šport & Život, sportzivot",
        "Planinarenje đačko, planinarenjedacko",
        "Grüße, grusse",
        "Łódź, lodz",
        "Crème brûlée, cremebrulee",
        "#OOTD, ootd",
        "ﬁtness, fitness",
        "ビューティー, ヒューティー",
        "İstanbul, istanbul"
    })
    void keysForgetCaseAccentsAndWhatIsNoLetter(String word, String key) {
        assertThat(NicheTree.key(word)).isEqualTo(key);
        assertThat(NicheTree.key(key)).as("a key is its own key").isEqualTo(key);
    }

    @Test
    void listsNichesBySlug() {
        assertThat(tree.all()).containsExactly(FOOD, RUNNING, SPORTS, TRAIL);
        assertThat(tree.tops()).containsExactly(FOOD, SPORTS);
        assertThat(tree.idLimit()).isEqualTo(8);
    }

    @Test
    void knowsWhatLiesAboveAndBelow() {
        assertThat(tree.parent(7)).hasValue(3);
        assertThat(tree.parent(1)).isEmpty();
        assertThat(tree.topLevel(7)).isEqualTo(1);
        assertThat(tree.topLevel(4)).isEqualTo(4);
        assertThat(tree.children(1)).containsExactly(RUNNING);
        assertThat(tree.children(7)).isEmpty();
        assertThat(tree.children(99)).isEmpty();
        assertThat(tree.path(7)).containsExactly(SPORTS, RUNNING);
        assertThat(tree.isWithin(7, 1)).isTrue();
        assertThat(tree.isWithin(7, 7)).isTrue();
        assertThat(tree.isWithin(1, 7)).isFalse();
        assertThat(tree.isWithin(4, 1)).isFalse();
    }

    @Test
    void relationsHoldBothWays() {
        assertThat(tree.related(7)).isEqualTo(Map.of(4, 0.2));
        assertThat(tree.related(4)).isEqualTo(Map.of(7, 0.2));
        assertThat(tree.related(1)).isEmpty();
    }

    @Test
    void idsThatNobodyHasAreEmpty() {
        assertThat(tree.byId(2)).isEmpty();
        assertThat(tree.byId(-1)).isEmpty();
        assertThat(tree.byId(8)).isEmpty();
        assertThat(tree.byId(7)).hasValue(TRAIL);
    }

    @Test
    void refusesACycle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NicheTree(1, List.of(niche(1, "a", "A", 2), niche(2, "b", "B", 1))));
    }

    @Test
    void refusesAMissingParentAndADoubledSlug() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NicheTree(1, List.of(niche(1, "a", "A", 2))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NicheTree(1, List.of(niche(1, "a", "A", null), niche(2, "a", "B", null))));
    }
}
