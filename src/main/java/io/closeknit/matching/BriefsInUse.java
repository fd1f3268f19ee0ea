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
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Finds the brief that an address names. */
@Component
class BriefsInUse {
    private static final String FOUND = BriefsInUse.class.getName() + ".";

    private final BriefDirectory briefs;
    private final Sentences sentences;

    BriefsInUse(BriefDirectory briefs, Sentences sentences) {
        this.briefs = briefs;
        this.sentences = sentences;
    }

    /** One of the workspace's briefs, to choose from. */
    record Choice(String id, String name, boolean chosen) {}

    /** Empty also where another workspace has it. Within one request it is read once. */
    Optional<StoredBrief> find(String id) {
        var request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return read(id);
        }
        var attribute = FOUND + id;
        if (request.getAttribute(attribute, RequestAttributes.SCOPE_REQUEST) instanceof StoredBrief known) {
            return Optional.of(known);
        }
        var found = read(id);
        found.ifPresent(brief -> request.setAttribute(attribute, brief, RequestAttributes.SCOPE_REQUEST));
        return found;
    }

    private Optional<StoredBrief> read(String id) {
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
        return briefs.names().stream()
                .map(brief -> new Choice(
                        brief.id().value().toString(),
                        brief.name(),
                        chosen != null && chosen.id().equals(brief.id())))
                .toList();
    }

    String name(BriefDocument brief) {
        return Objects.requireNonNullElseGet(brief.name(), () -> sentences.of("matching.brief.unnamed"));
    }
}
