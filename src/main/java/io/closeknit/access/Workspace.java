package io.closeknit.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A team's own room: its briefs and lists are seen by its members alone. The catalogue is shared. */
@Entity
@Table(name = "workspace")
class Workspace {
    static final int NAME_LENGTH = 80;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version; // null until saved, which tells Spring Data to insert rather than to merge

    private String name;
    private @Nullable Instant archivedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Workspace() {}

    Workspace(String name) {
        this.id = UUID.randomUUID();
        this.name = name.strip();
    }

    void rename(String to) {
        this.name = to.strip();
    }

    void archive(Instant at) {
        this.archivedAt = at;
    }

    void restore() {
        this.archivedAt = null;
    }

    @Nullable
    Instant archivedAt() {
        return archivedAt;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    long version() {
        return version == null ? 0 : version;
    }
}
