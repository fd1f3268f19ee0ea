package io.closeknit.access;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who may sign in and what they may do; changes nobody could undo because no admin is left are refused. */
@Service
@Transactional(readOnly = true)
class PeopleService {
    private final PersonRepository people;
    private final WorkspaceRepository workspaces;
    private final PasswordHashing passwords;
    private final Audit audit;
    private final Clock clock;
    private final JdbcClient jdbc;

    PeopleService(
            PersonRepository people,
            WorkspaceRepository workspaces,
            PasswordHashing passwords,
            Audit audit,
            Clock clock,
            JdbcClient jdbc) {
        this.people = people;
        this.workspaces = workspaces;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** Everybody by name, those who are disabled last. */
    List<PersonCard> list() {
        var names = workspaces.findAll().stream().collect(Collectors.toMap(Workspace::id, Workspace::name));
        return people.findAllBy().stream()
                .map(person -> card(person, names))
                .sorted(Comparator.comparing(PersonCard::disabled)
                        .thenComparing(card -> card.name().toLowerCase())
                        .thenComparing(PersonCard::email))
                .toList();
    }

    Optional<PersonCard> find(UUID id) {
        var names = workspaces.findAll().stream().collect(Collectors.toMap(Workspace::id, Workspace::name));
        return people.findById(id).map(person -> card(person, names));
    }

    /** All workspaces by name, those that are archived last, with how many people belong to each. */
    List<WorkspaceCard> workspaces() {
        return jdbc.sql("""
                        select w.id, w.name, w.version, w.archived_at is not null as archived,
                               (select count(*) from membership m where m.workspace_id = w.id) as members
                          from workspace w
                         order by archived, lower(w.name)
                        """)
                .query((row, _) -> new WorkspaceCard(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getInt("members"),
                        row.getLong("version"),
                        row.getBoolean("archived")))
                .list();
    }

    /**
     * Adds somebody.
     *
     * @throws EmailTakenException if somebody has the e-mail, whatever its case
     */
    @Transactional
    UUID add(PersonChange wanted, String password) {
        if (people.existsByEmailIgnoreCase(wanted.email().strip())) {
            throw new EmailTakenException();
        }
        var person = new Person(
                wanted.email(), wanted.name(), passwords.hash(password), wanted.admin(), false, wanted.roles());
        saved(person);
        audit.note(AuditAction.PERSON_ADDED, person.name(), rights(person));
        return person.id();
    }

    /**
     * Changes somebody; it counts from that person's next request on.
     *
     * @param by nobody takes the role of admin from themselves
     * @param version that was read
     * @throws StaleException if somebody else changed the person since
     * @throws EmailTakenException if somebody else has the e-mail, whatever its case
     * @throws LastAdminException if nobody could administer the installation any more
     */
    @Transactional
    void change(UUID id, long version, PersonChange wanted, UUID by) {
        var person = current(id, version);
        if (person.admin() && !wanted.admin()) {
            anotherAdminRemains(person, by);
        }
        var email = wanted.email().strip();
        if (!email.equalsIgnoreCase(person.email()) && people.existsByEmailIgnoreCase(email)) {
            throw new EmailTakenException();
        }
        var before = rights(person);
        var readdressed = !email.equals(person.email());
        person.rename(wanted.name());
        person.reachAt(email);
        person.may(wanted.admin(), withArchived(person, wanted.roles()));
        saved(person);
        var after = rights(person);
        audit.note(
                AuditAction.PERSON_CHANGED,
                person.name(),
                (before.equals(after) ? after : before + " → " + after) + (readdressed ? "; another e-mail" : ""));
    }

    /**
     * Ends every session of somebody, and lets no new one begin. Tokens stop working as well.
     *
     * @throws LastAdminException if nobody could administer the installation any more, and for oneself
     */
    @Transactional
    void disable(UUID id, UUID by) {
        var person = existing(id);
        if (person.admin() || id.equals(by)) {
            anotherAdminRemains(person, by);
        }
        person.disable();
        audit.note(AuditAction.PERSON_DISABLED, person.name(), null);
    }

    @Transactional
    void enable(UUID id) {
        var person = existing(id);
        person.enable();
        audit.note(AuditAction.PERSON_ENABLED, person.name(), null);
    }

    @Transactional(readOnly = true)
    boolean isPassword(UUID id, String typed) {
        return passwords.matches(typed, existing(id).passwordHash());
    }

    @Transactional
    void rename(UUID id, String name) {
        existing(id).rename(name);
    }

    /**
     * Changes one's own password: ends one's sessions, tokens stay.
     *
     * @return the stamp of sessions from now on; empty where {@code current} is not the password
     */
    @Transactional
    Optional<Long> changePassword(UUID id, String current, String wanted) {
        var person = existing(id);
        if (!passwords.matches(current, person.passwordHash())) {
            return Optional.empty();
        }
        person.changePassword(passwords.hash(wanted));
        audit.note(AuditAction.PASSWORD_CHANGED, person.name(), null);
        return Optional.of(person.signInStamp());
    }

    /**
     * Adds a workspace, to which the admin who adds it belongs at once.
     *
     * @throws NameTakenException if there is one of the name, whatever its case
     */
    @Transactional
    UUID addWorkspace(String name, UUID by) {
        if (workspaces.findByNameIgnoreCase(name.strip()).isPresent()) {
            throw new NameTakenException();
        }
        try {
            var workspace = workspaces.saveAndFlush(new Workspace(name));
            existing(by).joins(workspace.id(), Role.AGENCY);
            audit.note(AuditAction.WORKSPACE_ADDED, workspace.name(), null);
            return workspace.id();
        } catch (DataIntegrityViolationException _) {
            throw new NameTakenException();
        }
    }

    /**
     * @throws NameTakenException if there is another one of the name, whatever its case
     * @throws StaleException if somebody else renamed it since it was read
     */
    @Transactional
    void renameWorkspace(UUID id, long version, String name) {
        var workspace = workspaces.findById(id).orElseThrow(NotThereException::new);
        if (workspace.version() != version) {
            throw new StaleException();
        }
        if (workspaces
                .findByNameIgnoreCase(name.strip())
                .filter(other -> !other.id().equals(id))
                .isPresent()) {
            throw new NameTakenException();
        }
        var before = workspace.name();
        workspace.rename(name);
        try {
            workspaces.flush();
            audit.note(AuditAction.WORKSPACE_RENAMED, workspace.name(), "before: " + before);
        } catch (DataIntegrityViolationException _) {
            throw new NameTakenException();
        }
    }

    /**
     * Closes a workspace: nobody works in it, no token opens it, and nothing in it is lost.
     *
     * @throws LastWorkspaceException if whoever closes it would have none left to work in
     */
    @Transactional
    void archiveWorkspace(UUID id, UUID by) {
        var workspace = workspaces.findById(id).orElseThrow(NotThereException::new);
        var others = jdbc.sql("""
                        select count(*) from membership m join workspace w on w.id = m.workspace_id
                         where m.person_id = ? and w.id <> ? and w.archived_at is null
                        """).param(by).param(id).query(Long.class).single();
        if (others == 0) {
            throw new LastWorkspaceException();
        }
        if (workspace.archivedAt() == null) {
            workspace.archive(clock.instant());
            audit.note(AuditAction.WORKSPACE_ARCHIVED, workspace.name(), null);
        }
    }

    @Transactional
    void restoreWorkspace(UUID id) {
        var workspace = workspaces.findById(id).orElseThrow(NotThereException::new);
        if (workspace.archivedAt() != null) {
            workspace.restore();
            audit.note(AuditAction.WORKSPACE_RESTORED, workspace.name(), null);
        }
    }

    String workspaceName(UUID id) {
        return workspaces.findById(id).orElseThrow(NotThereException::new).name();
    }

    /** The form shows no archived workspaces, so it says nothing about who belongs to them. */
    private Map<UUID, Role> withArchived(Person person, Map<UUID, Role> wanted) {
        var all = new HashMap<>(wanted);
        workspaces.findAllById(person.memberships().keySet()).stream()
                .filter(workspace -> workspace.archivedAt() != null)
                .forEach(workspace -> all.put(
                        workspace.id(),
                        Objects.requireNonNull(person.memberships().get(workspace.id()))));
        return all;
    }

    /** What somebody may do, for the audit: 'admin; Main: AGENCY'. */
    private String rights(Person person) {
        var places = workspaces.findAllById(person.memberships().keySet()).stream()
                .sorted(Comparator.comparing(Workspace::name))
                .map(place -> place.name() + ": " + person.memberships().get(place.id()))
                .collect(Collectors.joining(", "));
        return person.admin() ? "admin; " + places : places;
    }

    private Person existing(UUID id) {
        return people.findById(id).orElseThrow(NotThereException::new);
    }

    private Person current(UUID id, long version) {
        var person = existing(id);
        if (person.version() != version) {
            throw new StaleException();
        }
        return person;
    }

    private Person saved(Person person) {
        try {
            return people.saveAndFlush(person);
        } catch (DataIntegrityViolationException _) { // two at once: the unique index has the last word
            throw new EmailTakenException();
        }
    }

    /** Locks the admins, so that two of them cannot take the role from each other at once. */
    private void anotherAdminRemains(Person person, UUID by) {
        if (person.id().equals(by)) {
            throw new LastAdminException("access.people.not-yourself");
        }
        var others = jdbc.sql("""
                        select demo from person where admin and not disabled and id <> ? order by id for update
                        """).param(person.id()).query(Boolean.class).list();
        // A demo admin is gone with the demo, so a real one must be left where there was one.
        if (others.stream().noneMatch(demo -> !demo || person.demo())) {
            throw new LastAdminException("access.people.last-admin");
        }
    }

    private static PersonCard card(Person person, Map<UUID, String> workspaceNames) {
        var places = person.memberships().entrySet().stream()
                .map(place -> new PersonCard.Place(
                        place.getKey(), workspaceNames.getOrDefault(place.getKey(), ""), place.getValue()))
                .sorted(Comparator.comparing(place -> place.workspaceName().toLowerCase()))
                .toList();
        return new PersonCard(
                person.id(),
                person.name(),
                person.email(),
                person.admin(),
                person.demo(),
                person.disabled(),
                places,
                person.version());
    }

    /** Somebody as the pages show them. @param places by the workspace's name */
    record PersonCard(
            UUID id,
            String name,
            String email,
            boolean admin,
            boolean demo,
            boolean disabled,
            List<Place> places,
            long version) {
        record Place(UUID workspaceId, String workspaceName, Role role) {}

        Map<String, String> roles() {
            return places.stream()
                    .collect(Collectors.toMap(
                            place -> place.workspaceId().toString(),
                            place -> place.role().name()));
        }
    }

    record WorkspaceCard(UUID id, String name, int members, long version, boolean archived) {}

    /** @param roles at least one; any role but ADMIN by workspace */
    record PersonChange(String name, String email, boolean admin, Map<UUID, Role> roles) {}

    /** Somebody else was quicker. */
    static class StaleException extends RuntimeException {}

    /** Whoever archives a workspace needs another one to work in. */
    static class LastWorkspaceException extends RuntimeException {}

    /** There is a workspace of this name. */
    static class NameTakenException extends RuntimeException {}

    /** Nobody could administer the installation any more. */
    static class LastAdminException extends RuntimeException {
        private final String key;

        LastAdminException(String key) {
            super(key);
            this.key = key;
        }

        String key() {
            return key;
        }
    }
}
