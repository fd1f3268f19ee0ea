package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory;
import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.brief.BriefDocument;
import io.closeknit.brief.BriefId;
import io.closeknit.web.ApiException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the brief that an address names. */
@Component
class BriefsInUse {
    private final BriefDirectory briefs;
    private final Sentences sentences;

    BriefsInUse(BriefDirectory briefs, Sentences sentences) {
        this.briefs = briefs;
        this.sentences = sentences;
    }

    /** One of the workspace's briefs, to choose from. */
    record Choice(String id, String name, boolean chosen) {}

    /** Empty also where another workspace has it. */
    Optional<StoredBrief> find(String id) {
        try {
            return briefs.find(new BriefId(UUID.fromString(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * @param id null: none
     * @throws ApiException 404 for one that is not there
     */
    @Nullable
    StoredBrief named(@Nullable String id) {
        return id == null
                ? null
                : find(id).orElseThrow(() -> ApiException.notFound(sentences.of("matching.problem.brief", id)));
    }

    /** All of the workspace, the last edited first. */
    List<Choice> choices(@Nullable StoredBrief chosen) {
        return briefs.list().stream()
                .map(brief -> new Choice(
                        brief.id().value().toString(),
                        name(brief.document()),
                        chosen != null && chosen.id().equals(brief.id())))
                .toList();
    }

    String name(BriefDocument brief) {
        return Objects.requireNonNullElseGet(brief.name(), () -> sentences.of("matching.brief.unnamed"));
    }
}
