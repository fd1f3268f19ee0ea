package io.closeknit.catalogue;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;

/**
 * Someone who publishes for an audience, as far as one creator alone is concerned: who she is and which accounts are
 * hers. Her figures are read and written for thousands of creators at once, by {@link CreatorTables}.
 */
@Entity
class Creator {
    @Id
    private long id;

    @Version
    private long version;

    @Column(updatable = false)
    private String slug;

    private String name;
    private boolean demo;

    @ElementCollection
    @CollectionTable(name = "account", joinColumns = @JoinColumn(name = "creator_id"))
    private Set<AccountKey> accounts = new HashSet<>();

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Creator() {}

    long id() {
        return id;
    }

    /** Counts the changes, for the ETag. */
    long version() {
        return version;
    }

    String slug() {
        return slug;
    }

    String name() {
        return name;
    }

    boolean demo() {
        return demo;
    }

    Set<AccountKey> accounts() {
        return Set.copyOf(accounts);
    }
}
