package io.closeknit.access;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who may sign in. */
@Entity
@Table(name = "person")
class Person {
    static final int NAME_LENGTH = 120;
    static final int EMAIL_LENGTH = 254;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version; // null until saved, which tells Spring Data to insert rather than to merge

    private String email;
    private String name;
    private String passwordHash;
    private boolean admin;
    private boolean demo;
    private boolean disabled;
    private long signInStamp;

    @ElementCollection
    @CollectionTable(name = "membership", joinColumns = @JoinColumn(name = "person_id"))
    @MapKeyColumn(name = "workspace_id")
    @Column(name = "role")
    @Enumerated(EnumType.STRING)
    private Map<UUID, Role> memberships;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Person() {}

    /** @param memberships at least one; any role but ADMIN by workspace */
    Person(String email, String name, String passwordHash, boolean admin, boolean demo, Map<UUID, Role> memberships) {
        this.id = UUID.randomUUID();
        this.email = email.strip();
        this.name = name.strip();
        this.passwordHash = passwordHash;
        this.admin = admin;
        this.demo = demo;
        this.memberships = new HashMap<>(checked(memberships));
    }

    /** Ends every session of this person. */
    void changePassword(String hash) {
        this.passwordHash = hash;
        this.signInStamp++;
    }

    void rename(String to) {
        this.name = to.strip();
    }

    void reachAt(String address) {
        this.email = address.strip();
    }

    void joins(UUID workspace, Role as) {
        checked(Map.of(workspace, as));
        memberships.put(workspace, as);
    }

    /** Counts from the person's next request on. */
    void may(boolean admin, Map<UUID, Role> memberships) {
        checked(memberships);
        this.admin = admin;
        this.memberships.keySet().retainAll(memberships.keySet());
        this.memberships.putAll(memberships);
    }

    /** Ends every session of this person, and lets no new one begin. */
    void disable() {
        this.disabled = true;
        this.signInStamp++;
    }

    void enable() {
        this.disabled = false;
    }

    private static Map<UUID, Role> checked(Map<UUID, Role> memberships) {
        if (memberships.isEmpty() || memberships.containsValue(Role.ADMIN)) {
            throw new IllegalArgumentException(
                    "A person is a viewer, marketer or agency staff in at least one workspace");
        }
        return memberships;
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    String name() {
        return name;
    }

    String passwordHash() {
        return passwordHash;
    }

    boolean admin() {
        return admin;
    }

    boolean demo() {
        return demo;
    }

    boolean disabled() {
        return disabled;
    }

    long signInStamp() {
        return signInStamp;
    }

    Map<UUID, Role> memberships() {
        return Map.copyOf(memberships);
    }

    long version() {
        return version == null ? 0 : version;
    }
}
