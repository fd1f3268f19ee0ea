package io.closeknit.brief;

import io.closeknit.access.CurrentPerson;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the briefs of a workspace. */
@Service
@Transactional(readOnly = true)
class BriefService implements BriefDirectory, BriefWriter {
    private final BriefRepository briefs;
    private final BriefCheck check;
    private final CurrentPerson person;
    private final Clock clock;

    BriefService(BriefRepository briefs, BriefCheck check, CurrentPerson person, Clock clock) {
        this.briefs = briefs;
        this.check = check;
        this.person = person;
        this.clock = clock;
    }

    @Override
    public Optional<StoredBrief> find(BriefId id) {
        return person.currentWorkspace()
                .flatMap(workspace -> briefs.find(workspace, id))
                .map(Brief::stored);
    }

    @Override
    public List<StoredBrief> list() {
        return all().stream().map(Brief::stored).toList();
    }

    @Override
    public List<BriefName> names() {
        return person.currentWorkspace().map(briefs::names).orElseGet(List::of);
    }

    @Override
    public List<Problem> check(BriefDocument document) {
        return check.check(document).problems();
    }

    @Override
    public Checked read(ObjectNode json) {
        var read = BriefReader.read(check, json);
        var checked = check.check(read.document());
        var problems = new ArrayList<>(read.problems());
        // What could not be read is not missing.
        checked.problems().stream()
                .filter(problem -> read.problems().stream()
                        .noneMatch(unread -> String.valueOf(unread.field()).equals(problem.field())))
                .forEach(problems::add);
        return new Checked(checked.document(), List.copyOf(problems));
    }

    /** @throws BriefNotFoundException where there is none in this workspace */
    Brief get(BriefId id) {
        return person.currentWorkspace()
                .flatMap(workspace -> briefs.find(workspace, id))
                .orElseThrow(() -> new BriefNotFoundException(id));
    }

    /** The briefs of the workspace, the last edited first. */
    List<Brief> all() {
        return person.currentWorkspace().map(briefs::list).orElseGet(List::of);
    }

    /** A page of {@link #all()}: those after a place in it. */
    List<Brief> page(@Nullable Instant after, @Nullable UUID afterId, int limit) {
        return briefs.list(person.workspaceId(), after, afterId, limit);
    }

    long count() {
        return briefs.count(person.workspaceId());
    }

    /** The document as it was in an earlier version; empty where there is no such version. */
    Optional<BriefDocument> version(BriefId id, long version) {
        return briefs.version(person.workspaceId(), id, version);
    }

    @Override
    @Transactional
    public BriefId add(BriefDocument document) {
        return add(new BriefId(UUID.randomUUID()), document, false, null).id();
    }

    /**
     * Saves a new brief.
     *
     * @param id given by the caller, so that the same form sent twice makes one brief
     * @param typed kept with a draft whose form holds something unreadable
     * @throws BriefRefusedException where something is wrong with the document
     * @throws BriefChangedException where the brief is there already
     * @throws BriefNotFoundException where the id is taken outside this workspace
     */
    @Transactional
    Brief add(BriefId id, BriefDocument document, boolean draft, @Nullable BriefForm typed) {
        var checked = accepted(document);
        var workspace = person.workspaceId();
        var by = person.find().orElse(null);
        var now = now();
        var name = by == null ? null : by.name();
        var brief = new Brief(id, checked.document(), draft, typed, 1, name, now, name, now);
        if (!briefs.insert(workspace, brief, checked.creatorIds(), by)) {
            var there = get(id);
            if (same(there, brief)) {
                return there;
            }
            throw new BriefChangedException(there);
        }
        return brief;
    }

    /**
     * Replaces a brief. Where nothing differs, nothing is saved and the version stays.
     *
     * @param version the one that the change was made on
     * @throws BriefRefusedException where something is wrong with the document
     * @throws BriefChangedException where the brief has another version by now
     * @throws BriefNotFoundException where there is none in this workspace
     */
    @Transactional
    Brief update(BriefId id, BriefDocument document, boolean draft, @Nullable BriefForm typed, long version) {
        var before = get(id);
        var checked = accepted(document);
        if (before.version() != version) {
            throw new BriefChangedException(before);
        }
        var by = person.find().orElse(null);
        var brief = new Brief(
                id,
                checked.document(),
                draft,
                typed,
                version + 1,
                before.createdBy(),
                before.createdAt(),
                by == null ? null : by.name(),
                now());
        if (same(before, brief)) {
            return before;
        }
        if (!briefs.update(person.workspaceId(), brief, checked.creatorIds(), by)) {
            throw new BriefChangedException(get(id));
        }
        return brief;
    }

    /**
     * Removes a brief with its versions.
     *
     * @throws BriefChangedException where the brief has another version by now
     * @throws BriefNotFoundException where there is none in this workspace
     */
    @Transactional
    void remove(BriefId id, long version) {
        if (!briefs.delete(person.workspaceId(), id, version)) {
            throw new BriefChangedException(get(id));
        }
    }

    @Override
    @Transactional
    public void remove(BriefId id) {
        briefs.delete(person.workspaceId(), id, null);
    }

    private BriefCheck.Found accepted(BriefDocument document) {
        var found = check.check(document);
        if (!found.problems().isEmpty()) {
            throw new BriefRefusedException(found.problems());
        }
        return found;
    }

    private static boolean same(Brief before, Brief after) {
        return before.document().equals(after.document())
                && before.draft() == after.draft()
                && Objects.equals(before.typed(), after.typed());
    }

    /** As fine as the database keeps it, so that what is answered now equals what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
