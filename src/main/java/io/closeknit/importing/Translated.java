package io.closeknit.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What became of a record of the file. */
sealed interface Translated {
    /**
     * @param object as the API describes it
     * @param notes cells that were left out or altered
     */
    record Creator(ObjectNode object, List<Note> notes) implements Translated {}

    /** @param reason a {@link Sentence}, or several */
    record Refused(String reason) implements Translated {}

    /**
     * A cell that was left out or altered while its row went in.
     *
     * @param column its name; of JSON the path
     * @param value as it came, shortened; empty where all of the field is meant
     * @param became what was made of it; null where it was left out
     * @param reason a {@link Sentence}
     */
    record Note(String column, String value, @Nullable String became, String reason) {
        static Note leftOut(String column, String value, String reason) {
            return new Note(column, value, null, reason);
        }
    }
}
