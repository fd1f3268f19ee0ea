package io.closeknit.testing;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * People for tests, each in a workspace of their own unless a colleague is asked for. A test has it by
 * {@code @Import(TestPeople.class)}:
 *
 * <pre>{@code
 * var ana = people.agency();
 * mvc.get().uri("/briefs").with(ana.signedIn())                // pages; POST also needs .with(csrf())
 * mvc.get().uri("/api/v1/briefs").header("Authorization", ana.bearer())  // the API
 * ana.does(() -> briefs.add(…));                               // a service called straight
 * }</pre>
 */
@TestComponent
public class TestPeople {
    /** Of everybody here. */
    public static final String PASSWORD = "a test's own password";

    private static final String HASH = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2).encode(PASSWORD);

    private final JdbcClient jdbc;
    private final CurrentPerson current;

    TestPeople(JdbcClient jdbc, CurrentPerson current) {
        this.jdbc = jdbc;
        this.current = current;
    }

    public TestPerson viewer() {
        return person(Role.VIEWER);
    }

    public TestPerson marketer() {
        return person(Role.MARKETER);
    }

    public TestPerson agency() {
        return person(Role.AGENCY);
    }

    public TestPerson admin() {
        return person(Role.ADMIN);
    }

    /** Somebody new in a new workspace. */
    public TestPerson person(Role role) {
        var id = UUID.randomUUID();
        var name = "Workspace " + id;
        jdbc.sql("insert into workspace (id, name, version) values (?, ?, 0)")
                .param(id)
                .param(name)
                .update();
        return add(role, id, name);
    }

    /** Somebody new in the workspace of somebody else. */
    public TestPerson colleague(TestPerson of, Role role) {
        return add(role, of.workspaceId(), of.person().workspaceName());
    }

    private TestPerson add(Role role, UUID workspace, String workspaceName) {
        var id = UUID.randomUUID();
        var name = "Test " + role.name().toLowerCase() + " " + id.toString().substring(0, 8);
        var email = id + "@test.example";
        jdbc.sql("""
                        insert into person (id, email, name, password_hash, admin, demo, disabled, sign_in_stamp, version)
                        values (?, ?, ?, ?, ?, false, false, 0, 0)
                        """)
                .param(id)
                .param(email)
                .param(name)
                .param(HASH)
                .param(role == Role.ADMIN)
                .update();
        jdbc.sql("insert into membership (person_id, workspace_id, role) values (?, ?, ?)")
                .param(id)
                .param(workspace)
                .param(role == Role.ADMIN ? "AGENCY" : role.name())
                .update();
        return new TestPerson(
                new SignedIn(id, name, workspace, workspaceName, role), email, token(id, workspace), current);
    }

    private String token(UUID person, UUID workspace) {
        try {
            var secret = "ck_" + UUID.randomUUID();
            var hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            jdbc.sql("""
                            insert into personal_token (id, person_id, workspace_id, name, role, scope, secret_hash, created_at, expires_at)
                            values (?, ?, ?, 'test', 'ADMIN', 'ADMIN', ?, '2020-01-01Z', '9999-01-01Z')
                            """)
                    .param(UUID.randomUUID())
                    .param(person)
                    .param(workspace)
                    .param(hash)
                    .update();
            return secret;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param email to sign in with, and {@link TestPeople#PASSWORD}
     * @param token a personal one with the person's own role
     */
    public record TestPerson(SignedIn person, String email, String token, CurrentPerson current) {
        public UUID workspaceId() {
            return person.workspaceId();
        }

        /** For MockMvc, as after signing in on the page. */
        public RequestPostProcessor signedIn() {
            return SecurityMockMvcRequestPostProcessors.authentication(
                    UsernamePasswordAuthenticationToken.authenticated(
                            person, null, AuthorityUtils.createAuthorityList("ROLE_" + person.role())));
        }

        /** The header {@code Authorization} for the API, cheap. */
        public String bearer() {
            return "Bearer " + token;
        }

        /** The header {@code Authorization} for the API, at the price of a password hash. */
        public String basic() {
            return "Basic " + HttpHeaders.encodeBasicAuth(email, PASSWORD, StandardCharsets.UTF_8);
        }

        /** Calls a service as this person, in the person's workspace. */
        public void does(Runnable work) {
            current.runAs(person, work);
        }
    }
}
