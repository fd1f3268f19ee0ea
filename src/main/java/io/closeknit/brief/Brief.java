package io.closeknit.brief;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A brief as saved.
 *
 * @param typed the form as typed, where a draft was saved with something in them that cannot be read yet;
 *     the document then lacks just that
 * @param createdBy the name of the person at the time; null where no person did it
 */
record Brief(
        BriefId id,
        BriefDocument document,
        boolean draft,
        @Nullable BriefForm typed,
        long version,
        @Nullable String createdBy,
        Instant createdAt,
        @Nullable String updatedBy,
        Instant updatedAt) {

    StoredBrief stored() {
        return new StoredBrief(id, document, draft, version, updatedAt);
    }

    /** The name, which no brief is saved without. */
    public String name() {
        return document.name() == null ? "" : document.name();
    }
}
