package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.index.IndexKeeper.Shape;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.junit.jupiter.api.Test;

/** When the index is to be built anew. */
class IndexShapeTests {
    private static Niche niche(int id, Integer parent, String... aliases) {
        return new Niche(
                id, "niche-" + id, "Niche " + id, parent, null, null, List.of(aliases), List.of(), List.of(), 1);
    }

    private static NicheTree tree(Niche... niches) {
        return new NicheTree(1, Arrays.asList(niches));
    }

    private static final NicheTree BEFORE = tree(niche(1, null), niche(2, 1), niche(3, null));

    @Test
    void theSameTaxonomyHasTheSameShape() {
        assertThat(Shape.matches(Shape.of(BEFORE), tree(niche(3, null), niche(1, null), niche(2, 1))))
                .isTrue();
    }

    @Test
    void otherWordsForANicheChangeNoRow() {
        assertThat(Shape.matches(Shape.of(BEFORE), tree(niche(1, null, "alias"), niche(2, 1), niche(3, null))))
                .isTrue();
    }

    @Test
    void aNicheThatCameLaterIsInNoRowYet() {
        assertThat(Shape.matches(Shape.of(BEFORE), tree(niche(1, null), niche(2, 1), niche(3, null), niche(4, 2))))
                .isTrue();
    }

    @Test
    void aNicheThatMovedOrIsGoneChangesRows() {
        assertThat(Shape.matches(Shape.of(BEFORE), tree(niche(1, null), niche(2, 3), niche(3, null))))
                .isFalse();
        assertThat(Shape.matches(Shape.of(BEFORE), tree(niche(1, null), niche(2, null), niche(3, null))))
                .isFalse();
        assertThat(Shape.matches(Shape.of(BEFORE), tree(niche(1, null), niche(3, null))))
                .isFalse();
    }

    @Test
    void whatIsNoShapeMatchesNothing() {
        assertThat(Shape.matches("", BEFORE)).isFalse();
        assertThat(Shape.matches("1:2", BEFORE)).isFalse();
        assertThat(Shape.matches("x:y:z", BEFORE)).isFalse();
        assertThat(Shape.matches("1:99999999999:0", BEFORE)).isFalse();
        assertThat(Shape.matches(Shape.of(BEFORE).replaceFirst("^\\d+", "0"), BEFORE))
                .as("another format")
                .isFalse();
    }

    @Test
    void filesThatCannotBeReadAreDamageButNotAFullDiskOrALostConnection() {
        assertThat(IndexKeeper.isDamage(new CorruptIndexException("checksum", "file")))
                .isTrue();
        assertThat(IndexKeeper.isDamage(new UncheckedIOException(new EOFException())))
                .isTrue();
        assertThat(IndexKeeper.isDamage(new IllegalStateException(new NoSuchFileException("segments_1"))))
                .isTrue();
        assertThat(IndexKeeper.isDamage(new IOException("No space left on device")))
                .isFalse();
        assertThat(IndexKeeper.isDamage(new IllegalStateException(new SQLException("gone", new EOFException()))))
                .isFalse();
    }
}
