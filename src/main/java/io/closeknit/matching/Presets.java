package io.closeknit.matching;

import io.closeknit.access.CurrentPerson;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the weights that people save for their workspace. */
@Service
@Transactional(readOnly = true)
class Presets {
    private final PresetRepository presets;
    private final CurrentPerson person;
    private final Clock clock;
    private final Sentences sentences;

    Presets(PresetRepository presets, CurrentPerson person, Clock clock, Sentences sentences) {
        this.presets = presets;
        this.person = person;
        this.clock = clock;
        this.sentences = sentences;
    }

    /** The name belongs to another preset, or to one of ours. */
    static final class NameTakenException extends RuntimeException {
        private final transient @Nullable SavedPreset existing;

        NameTakenException(String name, @Nullable SavedPreset existing) {
            super("The name is taken: " + name);
            this.existing = existing;
        }

        /** Null where it is a built-in one. */
        @Nullable
        SavedPreset existing() {
            return existing;
        }
    }

    /** Somebody changed or removed it meanwhile. */
    static final class ChangedException extends RuntimeException {
        private final transient @Nullable SavedPreset current;

        ChangedException(@Nullable SavedPreset current) {
            super("The preset was changed meanwhile");
            this.current = current;
        }

        /** Null where it is gone. */
        @Nullable
        SavedPreset current() {
            return current;
        }
    }

    /** Of the workspace, by name. */
    List<SavedPreset> list() {
        return person.currentWorkspace().map(presets::list).orElseGet(List::of);
    }

    /** Empty also where another workspace has it. */
    Optional<SavedPreset> find(UUID id) {
        return person.currentWorkspace().flatMap(workspace -> presets.find(workspace, id));
    }

    /**
     * @param name stripped, not blank and not too long
     * @throws NameTakenException where one of the workspace is called so, whatever its case, or a built-in one
     */
    @Transactional
    SavedPreset add(String name, Map<String, Double> weights) {
        var by = person.find().orElse(null);
        var called = by == null ? null : by.name();
        var now = now();
        var preset =
                new SavedPreset(UUID.randomUUID(), name, SavedPreset.complete(weights), 1, now, called, now, called);
        refuseTaken(preset);
        try {
            presets.insert(person.workspaceId(), preset, by);
        } catch (DuplicateKeyException e) { // two at once: the unique index has the last word
            throw new NameTakenException(name, null);
        }
        return preset;
    }

    /**
     * @param version that was read
     * @throws ChangedException where it has another version by now
     * @throws NameTakenException as for {@link #add}
     */
    @Transactional
    SavedPreset update(SavedPreset before, String name, Map<String, Double> weights, long version) {
        var by = person.find().orElse(null);
        var preset = new SavedPreset(
                before.id(),
                name,
                SavedPreset.complete(weights),
                version + 1,
                before.createdAt(),
                before.createdBy(),
                now(),
                by == null ? null : by.name());
        refuseTaken(preset);
        try {
            if (before.version() != version || !presets.update(person.workspaceId(), preset, by)) {
                throw new ChangedException(find(before.id()).orElse(null));
            }
        } catch (DuplicateKeyException e) {
            throw new NameTakenException(name, null);
        }
        return preset;
    }

    /** @throws ChangedException where it has another version by now */
    @Transactional
    void remove(UUID id, long version) {
        if (!presets.delete(person.workspaceId(), id, version)) {
            throw new ChangedException(find(id).orElse(null));
        }
    }

    private void refuseTaken(SavedPreset preset) {
        var builtIn = Arrays.stream(WeightPreset.values())
                .map(each -> sentences.of("matching.preset." + each.key()))
                .anyMatch(preset.name()::equalsIgnoreCase);
        if (builtIn) {
            throw new NameTakenException(preset.name(), null);
        }
        list().stream()
                .filter(other -> !other.id().equals(preset.id()) && other.name().equalsIgnoreCase(preset.name()))
                .findFirst()
                .ifPresent(other -> {
                    throw new NameTakenException(preset.name(), other);
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
