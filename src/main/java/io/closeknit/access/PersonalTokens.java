package io.closeknit.access;

import io.closeknit.access.PersonalToken.Made;
import io.closeknit.access.PersonalToken.Use;
import io.closeknit.access.PersonalToken.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

/** Personal tokens: programs send one instead of a password, with a role and in a workspace of its own. */
@Service
class PersonalTokens {
    static final int NAME_LENGTH = 80;
    private static final String PREFIX = "ck_"; // lets people, and scanners for leaked secrets, see what it is
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(30);
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final StandingReader people;
    private final Audit audit;
    private final Clock clock;

    PersonalTokens(JdbcClient jdbc, StandingReader people, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param by with a token of their own: the new one is for the same workspace and ends no later
     * @throws RefusedException at {@code name}, {@code role}, {@code workspace} or {@code expiresAt}
     */
    @Transactional
    Made make(SignedIn by, @Nullable Use with, Wish wish) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var workspace = workspace(by, with, wish.workspace());
        var name = StringUtils.hasText(wish.name()) ? wish.name().strip() : "Token";
        if (name.length() > NAME_LENGTH) {
            throw new RefusedException("name", "access.token.name-too-long", NAME_LENGTH);
        }
        var asked = role(workspace.role(), wish.role());
        var scope = scope(asked, with, wish.scope());
        var role = scope == TokenScope.WRITE && asked == Role.ADMIN ? Role.AGENCY : asked;
        var expiresAt = expiry(now, with, wish.expiresAt());
        jdbc.sql("delete from personal_token where person_id = ? and expires_at < ?")
                .param(by.personId())
                .param(at(now.minus(KEPT_AFTER_EXPIRY)))
                .update();
        if (list(by.personId()).size() >= MOST) {
            throw new RefusedException("name", "access.token.too-many", MOST);
        }
        var secret = newSecret();
        var token = new PersonalToken(
                UUID.randomUUID(),
                name,
                role,
                scope,
                workspace.workspaceId(),
                workspace.workspaceName(),
                now,
                expiresAt,
                null);
        jdbc.sql("""
                        insert into personal_token (id, person_id, workspace_id, name, role, scope, secret_hash, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(token.id())
                .param(by.personId())
                .param(token.workspaceId())
                .param(name)
                .param(role.name())
                .param(scope.name())
                .param(hash(secret))
                .param(at(now))
                .param(at(expiresAt))
                .update();
        audit.note(
                AuditAction.TOKEN_MADE,
                by,
                name,
                role + " in " + token.workspaceName() + ", " + scope + ", until " + expiresAt);
        return new Made(secret, token);
    }

    /** The person's tokens, the newest first, with those that expired within the last 30 days. */
    @Transactional(readOnly = true)
    List<PersonalToken> list(UUID personId) {
        return jdbc.sql("""
                        select t.id, t.name, t.role, t.scope, t.workspace_id, w.name as workspace_name,
                               t.created_at, t.expires_at, t.last_used_at
                          from personal_token t join workspace w on w.id = t.workspace_id
                         where t.person_id = ? and t.expires_at >= ?
                         order by t.created_at desc, t.id
                        """)
                .param(personId)
                .param(at(clock.instant().minus(KEPT_AFTER_EXPIRY)))
                .query((row, _) -> token(row))
                .list();
    }

    /** @return false where the person has no such token */
    @Transactional
    boolean revoke(UUID personId, UUID id) {
        var name = jdbc.sql("delete from personal_token where id = ? and person_id = ? returning name")
                .param(id)
                .param(personId)
                .query(String.class)
                .optional();
        name.ifPresent(gone -> audit.note(AuditAction.TOKEN_REVOKED, gone, null));
        return name.isPresent();
    }

    /** Revokes all, where a password was set by somebody else. */
    @Transactional
    void revokeAll(UUID personId) {
        jdbc.sql("delete from personal_token where person_id = ?")
                .param(personId)
                .update();
    }

    /**
     * Whom a token lets in. Not in a transaction, since it runs before a workspace is known.
     *
     * @return empty for an unknown or expired token, and where the person is disabled or has left the workspace
     */
    Optional<SignedInAuthentication> signIn(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var now = clock.instant();
        return jdbc.sql("""
                        select id, person_id, workspace_id, role, scope, expires_at, last_used_at from personal_token
                         where secret_hash = ? and expires_at > ?
                        """)
                .param(hash(secret))
                .param(at(now))
                .query((row, _) -> shown(row))
                .optional()
                .flatMap(shown -> signIn(shown, now)); // not while the row is read: that holds a connection
    }

    /** What a token that somebody showed says. */
    private record Shown(
            UUID personId,
            UUID workspaceId,
            Role role,
            Use use,
            @Nullable OffsetDateTime lastUsed) {}

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(
                row.getObject("person_id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                Role.valueOf(row.getString("role")),
                new Use(
                        row.getObject("id", UUID.class),
                        instant(row, "expires_at"),
                        TokenScope.valueOf(row.getString("scope"))),
                row.getObject("last_used_at", OffsetDateTime.class));
    }

    private Optional<SignedInAuthentication> signIn(Shown token, Instant now) {
        var lastUsed = token.lastUsed();
        if (lastUsed == null || lastUsed.toInstant().isBefore(now.minus(USE_IS_NOTED_EVERY))) {
            jdbc.sql("update personal_token set last_used_at = ? where id = ?")
                    .param(at(now))
                    .param(token.use().id())
                    .update();
        }
        return people.find(token.personId())
                .flatMap(standing -> standing.in(token.workspaceId()))
                .map(full -> {
                    var lent = token.role().compareTo(full.role()) < 0 ? token.role() : full.role();
                    var signedIn =
                            new SignedIn(full.personId(), full.name(), full.workspaceId(), full.workspaceName(), lent);
                    var authentication = new SignedInAuthentication(signedIn, SignedInAuthentication.NO_SESSION);
                    authentication.setDetails(token.use());
                    return authentication;
                });
    }

    private SignedIn workspace(SignedIn by, @Nullable Use with, @Nullable String asked) {
        if (!StringUtils.hasText(asked)
                || asked.equals(by.workspaceId().toString())
                || asked.strip().equalsIgnoreCase(by.workspaceName())) {
            return by;
        }
        if (with != null) {
            throw new RefusedException("workspace", "access.token.other-workspace", by.workspaceName());
        }
        return people.find(by.personId()).stream()
                .flatMap(standing -> standing.places().stream()
                        .filter(place -> place.workspaceId().toString().equals(asked)
                                || place.workspaceName().equalsIgnoreCase(asked.strip()))
                        .flatMap(place -> standing.in(place.workspaceId()).stream()))
                .findFirst()
                .orElseThrow(() -> new RefusedException("workspace", "access.token.no-such-workspace"));
    }

    private static Role role(Role own, @Nullable String asked) {
        if (!StringUtils.hasText(asked)) {
            return own;
        }
        Role role;
        try {
            role = Role.valueOf(asked.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new RefusedException("role", "access.token.no-such-role");
        }
        if (role.compareTo(own) > 0) {
            throw new RefusedException(
                    "role", "access.token.role-too-high", own.name().toLowerCase(Locale.ROOT));
        }
        return role;
    }

    private static TokenScope scope(Role role, @Nullable Use with, @Nullable String asked) {
        var most = role == Role.ADMIN ? TokenScope.ADMIN : TokenScope.WRITE;
        if (with != null && with.scope().compareTo(most) < 0) {
            most = with.scope();
        }
        if (!StringUtils.hasText(asked)) {
            return most;
        }
        TokenScope scope;
        try {
            scope = TokenScope.valueOf(asked.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new RefusedException("scope", "access.token.no-such-scope");
        }
        if (scope.compareTo(most) > 0) {
            throw new RefusedException("scope", "access.token.scope-too-high");
        }
        return scope;
    }

    private static Instant expiry(Instant now, @Nullable Use with, @Nullable Instant asked) {
        var latest = with == null ? Instant.MAX : with.expiresAt();
        if (asked == null) {
            var usual = now.plus(LIFE);
            return usual.isAfter(latest) ? latest : usual;
        }
        if (!asked.isAfter(now) || asked.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
            throw new RefusedException("expiresAt", "access.token.expired-already");
        }
        if (asked.isAfter(latest)) {
            throw new RefusedException("expiresAt", "access.token.outlives", latest.toString());
        }
        return asked.truncatedTo(ChronoUnit.MICROS);
    }

    private static PersonalToken token(ResultSet row) throws SQLException {
        var lastUsed = row.getObject("last_used_at", OffsetDateTime.class);
        return new PersonalToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                TokenScope.valueOf(row.getString("scope")),
                row.getObject("workspace_id", UUID.class),
                row.getString("workspace_name"),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                lastUsed == null ? null : lastUsed.toInstant());
    }

    private static String newSecret() {
        return PREFIX + Secrets.make();
    }

    private static byte[] hash(String secret) {
        return Secrets.hash(secret);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
