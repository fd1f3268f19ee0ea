package io.closeknit.catalogue;

import org.jspecify.annotations.Nullable;

/** Somebody else changed, created or removed the creator since she was read. */
class StaleCreatorException extends RuntimeException {
    private final transient @Nullable CatalogueCreator current;

    /** @param current null where there is none */
    StaleCreatorException(@Nullable CatalogueCreator current) {
        super("The creator is not what was expected");
        this.current = current;
    }

    @Nullable
    CatalogueCreator current() {
        return current;
    }
}
