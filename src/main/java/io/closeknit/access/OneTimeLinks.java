package io.closeknit.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Links that let somebody choose a password, once and for a while. A new one for the same person ends the ones before. */
@Service
class OneTimeLinks {
    /** Below which the secret stands. */
    static final String PATH = "/link/";

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    OneTimeLinks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return the secret, which is stored nowhere */
    @Transactional
    String make(Purpose purpose, @Nullable UUID person) {
        var now = clock.instant();
        jdbc.sql("""
                        delete from one_time_link
                         where expires_at < ? or (used_at is null and person_id is not distinct from ?)
                        """)
                .param(now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .param(person)
                .update();
        var secret = Secrets.make();
        jdbc.sql("""
                        insert into one_time_link (id, purpose, person_id, secret_hash, made_at, expires_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(UUID.randomUUID())
                .param(purpose.name())
                .param(person)
                .param(Secrets.hash(secret))
                .param(now.atOffset(ZoneOffset.UTC))
                .param(now.plus(purpose.life).atOffset(ZoneOffset.UTC))
                .update();
        return secret;
    }

    /** Looks, and leaves the link usable. @return empty where it is unknown, used or too old */
    @Transactional(readOnly = true)
    Optional<Link> find(String secret) {
        return jdbc.sql("""
                        select purpose, person_id, expires_at from one_time_link
                         where secret_hash = ? and used_at is null and expires_at > ?
                        """)
                .param(Secrets.hash(secret))
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> link(row))
                .optional();
    }

    /** Uses it up, in the caller's transaction; of two at once one gets it. */
    @Transactional
    Optional<Link> use(String secret) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        return jdbc.sql("""
                        update one_time_link set used_at = ?
                         where secret_hash = ? and used_at is null and expires_at > ?
                        returning purpose, person_id, expires_at
                        """)
                .param(now)
                .param(Secrets.hash(secret))
                .param(now)
                .query((row, _) -> link(row))
                .optional();
    }

    /** Ends what is not used yet, such as where the password was changed otherwise. */
    @Transactional
    void revoke(UUID person) {
        jdbc.sql("delete from one_time_link where person_id = ? and used_at is null")
                .param(person)
                .update();
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                Purpose.valueOf(row.getString("purpose")),
                row.getObject("person_id", UUID.class),
                row.getObject("expires_at", OffsetDateTime.class));
    }

    enum Purpose {
        FIRST_ADMIN(Duration.ofHours(24)),
        INVITATION(Duration.ofDays(7)),
        RESET(Duration.ofHours(2));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }
    }

    /** @param person null for the first admin, whom the link is to create */
    record Link(Purpose purpose, @Nullable UUID person, OffsetDateTime expiresAt) {}
}
