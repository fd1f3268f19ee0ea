package io.closeknit.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes creators in. */
public interface CatalogueWriter {
    /**
     * Creates or updates creators, each a JSON object as the API describes it: a field that is not sent stays as it was,
     * null clears it; accounts are matched by platform and handle, history by platform and day, other lists replace.
     * Takes part in the caller's transaction, or has one of its own: all that is not rejected is written, or nothing.
     * Several objects for one creator in a batch are applied in order.
     *
     * @param batch a few thousand at most
     * @return one outcome for each, in order
     */
    default List<Outcome> apply(List<ObjectNode> batch, Origin origin) {
        return applyRead(batch.stream().map(this::read).toList(), origin);
    }

    /** Understands and checks one object: the part of {@link #apply} that needs no database and that many threads may do. */
    ReadCreator read(ObjectNode creator);

    /** The other part of {@link #apply}. */
    List<Outcome> applyRead(List<ReadCreator> batch, Origin origin);

    /**
     * What {@link #apply} would do with these creators at this moment; nothing is written.
     *
     * @return one for each, in order
     */
    default List<Preview> preview(List<ObjectNode> batch, Origin origin) {
        return previewRead(batch.stream().map(this::read).toList(), origin);
    }

    /** The same for what {@link #read} gave. */
    List<Preview> previewRead(List<ReadCreator> batch, Origin origin);

    /** Removes every demo creator, without the hash that an erasure keeps. @return how many */
    int removeDemo();

    /**
     * @param source kept with each account that the object does not give a source for
     * @param receivedAt stands for observedAt where none is sent; what a person edited after it is not overwritten
     * @param demo marks what is created as invented
     * @param importId of the import that brings it, by which it can be taken back; null where it is no import
     */
    record Origin(
            String source,
            Instant receivedAt,
            boolean demo,
            @Nullable UUID importId) {
        public Origin(String source, Instant receivedAt, boolean demo) {
            this(source, receivedAt, demo, null);
        }
    }

    /** What became of one creator. */
    sealed interface Outcome {
        record Created(long id, String slug) implements Outcome {}

        record Updated(long id, String slug) implements Outcome {}

        record Unchanged(long id, String slug) implements Outcome {}

        /** @param problems at least one */
        record Rejected(List<Problem> problems) implements Outcome {}
    }

    /**
     * What would become of one creator.
     *
     * @param before as she was; null where she would be new, or is rejected
     * @param after as she would be; null where she is rejected
     * @param unknownNiches words that the taxonomy does not know; they would be kept as hashtags
     */
    record Preview(
            Outcome outcome,
            @Nullable CreatorDocument before,
            @Nullable CreatorDocument after,
            List<String> unknownNiches) {}

    /**
     * Why something was not accepted.
     *
     * @param field the path, such as {@code accounts[0].engagementRate}; null where it is about the whole
     * @param reason a sentence that says what to do
     */
    record Problem(@Nullable String field, String reason) {}
}
