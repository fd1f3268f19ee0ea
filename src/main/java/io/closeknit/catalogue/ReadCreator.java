package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A creator as somebody sent her, understood and checked, on the way into the catalogue. */
public final class ReadCreator {
    private final SentCreator sent;
    private final List<Problem> problems;
    private final @Nullable UUID hash;

    /** @param hash of all that was sent and how its words were understood; null where nobody will ask */
    ReadCreator(SentCreator sent, List<Problem> problems, @Nullable UUID hash) {
        this.sent = sent;
        this.problems = problems;
        this.hash = hash;
    }

    SentCreator sent() {
        return sent;
    }

    /** Why she cannot be taken in; empty where nothing is wrong with her by herself. */
    List<Problem> problems() {
        return problems;
    }

    @Nullable
    UUID hash() {
        return hash;
    }
}
