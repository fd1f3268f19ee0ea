package io.closeknit.importing;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What became of a record of the file. */
sealed interface Translated {
    /**
     * @param object as the API describes it
     * @param notes cells that were left out
     */
    record Creator(ObjectNode object, List<Note> notes) implements Translated {}

    /** @param reason sentences for the person who sent the file */
    record Refused(String reason) implements Translated {}

    /**
     * A cell that was left out while its row went in.
     *
     * @param column its name
     * @param value as it came, shortened
     * @param reason a sentence
     */
    record Note(String column, String value, String reason) {}
}
