package io.closeknit.access;

import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The invented people whose password everybody knows, and whether anybody real has taken over yet. */
@Service
@Transactional(readOnly = true)
public class DemoPeople {
    private final PersonRepository people;
    private final WorkspaceRepository workspaces;
    private final PasswordHashing passwords;
    private final JdbcClient jdbc;

    DemoPeople(PersonRepository people, WorkspaceRepository workspaces, PasswordHashing passwords, JdbcClient jdbc) {
        this.people = people;
        this.workspaces = workspaces;
        this.passwords = passwords;
        this.jdbc = jdbc;
    }

    /** Whether an admin who is neither invented nor disabled can sign in. */
    public boolean realAdminExists() {
        return people.existsByAdminTrueAndDemoFalseAndDisabledFalse();
    }

    public boolean demoPeopleExist() {
        return people.existsByDemo(true);
    }

    /**
     * Adds somebody invented, and the workspace where there is none of that name yet.
     *
     * @param role ADMIN makes an admin of the installation
     * @return the new person at work there, for {@link CurrentPerson#runAs}
     * @throws EmailTakenException if somebody has the e-mail, whatever its case
     */
    @Transactional
    public SignedIn add(String email, String name, String password, Role role, String workspaceName) {
        if (people.existsByEmailIgnoreCase(email)) {
            throw new EmailTakenException();
        }
        var workspace = workspaces
                .findByNameIgnoreCase(workspaceName)
                .orElseGet(() -> workspaces.save(new Workspace(workspaceName)));
        var membership = Map.of(workspace.id(), role == Role.ADMIN ? Role.AGENCY : role);
        var person =
                people.save(new Person(email, name, passwords.hash(password), role == Role.ADMIN, true, membership));
        return new SignedIn(person.id(), person.name(), workspace.id(), workspace.name(), role);
    }

    /**
     * Removes all invented people, and the workspaces that nobody else belongs to, with everything in them.
     *
     * @return how many people are gone
     */
    @Transactional
    public int removeAll() {
        var demo = people.findByDemo(true);
        var theirs = new HashSet<UUID>();
        demo.forEach(person -> theirs.addAll(person.memberships().keySet()));
        people.deleteAll(demo);
        people.flush();
        theirs.forEach(workspace -> jdbc.sql("""
                        delete from workspace w
                         where w.id = ? and not exists (select from membership m where m.workspace_id = w.id)
                        """).param(workspace).update());
        return demo.size();
    }
}
