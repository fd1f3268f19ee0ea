package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.util.Optional;

/** Whether a cell speaks of a person or of a page run by nobody in particular. */
final class CreatorKinds {
    private CreatorKinds() {}

    /** The API's word for it. */
    static Optional<String> find(String cell) {
        return switch (NicheTree.key(cell)) {
            case "person", "personal", "individual", "creator", "human", "regular" -> Optional.of("person");
            case "page", "brand", "business", "company", "organisation", "organization", "media", "community", "meme" ->
                Optional.of("page");
            default -> Optional.empty();
        };
    }
}
