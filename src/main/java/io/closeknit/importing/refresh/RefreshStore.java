package io.closeknit.importing.refresh;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.refresh.Connector.Fetched;
import io.closeknit.importing.refresh.Connector.Known;
import io.closeknit.importing.refresh.Connector.Window;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was asked for, what was spent, and how each platform's refresh stands. Joins the caller's transaction. */
@Repository
class RefreshStore {
    /** Accounts that a platform does not show are asked for again much later: people come back. */
    private static final Duration UNAVAILABLE_FOR = Duration.ofDays(60);

    private final JdbcClient jdbc;

    RefreshStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    enum State {
        RUNNING,
        WAITING,
        SPENT,
        REFUSED
    }

    /** @param reason why it is refused, a key of the messages */
    record Status(State state, @Nullable String reason, Instant since, long refreshed, long unavailable) {}

    /** Real accounts whose figures are due, those that were never asked for first. */
    List<Known> due(Platform platform, Instant now, int limit) {
        return jdbc.sql("""
                        select account.handle_key, account.handle, account.url, asked.external_id
                        from account
                        join creator on creator.id = account.creator_id and not creator.demo
                        left join platform_account asked
                          on asked.platform = account.platform and asked.handle_key = account.handle_key
                        where account.platform = :platform and (asked.next_at is null or asked.next_at <= :now)
                        order by asked.next_at nulls first, account.handle_key limit :limit""")
                .param("platform", platform.key())
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, number) ->
                        new Known(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    long countDue(Platform platform, Instant now) {
        return jdbc.sql("""
                        select count(*) from account
                        join creator on creator.id = account.creator_id and not creator.demo
                        left join platform_account asked
                          on asked.platform = account.platform and asked.handle_key = account.handle_key
                        where account.platform = :platform and (asked.next_at is null or asked.next_at <= :now)""")
                .param("platform", platform.key())
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    void asked(Platform platform, Fetched fetched, Instant now, Duration every) {
        jdbc.sql("""
                        insert into platform_account (platform, handle_key, external_id, asked_at, next_at, problem)
                        select platform, handle_key, :externalId, :now, :next, :problem from account
                        where platform = :platform and handle_key = :handleKey
                        on conflict (platform, handle_key) do update set
                            external_id = coalesce(excluded.external_id, platform_account.external_id),
                            asked_at = excluded.asked_at, next_at = excluded.next_at, problem = excluded.problem""")
                .param("externalId", fetched.externalId())
                .param("now", Timestamp.from(now))
                .param("next", Timestamp.from(now.plus(fetched.problem() == null ? every : UNAVAILABLE_FOR)))
                .param("problem", fetched.problem())
                .param("platform", platform.key())
                .param("handleKey", fetched.known().handleKey())
                .update();
    }

    /** @return false where that much is not granted any more; nothing is spent then */
    boolean spend(Platform platform, Window window, long units) {
        return units <= window.granted()
                && jdbc.sql("""
                        insert into platform_spent (platform, window_from, spent) values (:platform, :from, :units)
                        on conflict (platform, window_from) do update set spent = platform_spent.spent + excluded.spent
                        where platform_spent.spent + excluded.spent <= :granted""")
                                .param("platform", platform.key())
                                .param("from", Timestamp.from(window.from()))
                                .param("units", units)
                                .param("granted", window.granted())
                                .update()
                        == 1;
    }

    void exhaust(Platform platform, Window window) {
        jdbc.sql("""
                        insert into platform_spent (platform, window_from, spent) values (:platform, :from, :granted)
                        on conflict (platform, window_from) do update set spent = greatest(platform_spent.spent, excluded.spent)""")
                .param("platform", platform.key())
                .param("from", Timestamp.from(window.from()))
                .param("granted", window.granted())
                .update();
    }

    long spent(Platform platform, Window window) {
        return jdbc.sql("select spent from platform_spent where platform = :platform and window_from = :from")
                .param("platform", platform.key())
                .param("from", Timestamp.from(window.from()))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    Optional<Status> status(Platform platform) {
        return jdbc.sql("select * from platform_refresh where platform = :platform")
                .param("platform", platform.key())
                .query((row, number) -> new Status(
                        State.valueOf(row.getString("state")),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant(),
                        row.getLong("refreshed"),
                        row.getLong("unavailable")))
                .optional();
    }

    void move(Platform platform, State state, @Nullable String reason, Instant now) {
        jdbc.sql("""
                        insert into platform_refresh (platform, state, reason, since) values (:platform, :state, :reason, :now)
                        on conflict (platform) do update set state = excluded.state, reason = excluded.reason, since = excluded.since""")
                .param("platform", platform.key())
                .param("state", state.name())
                .param("reason", reason)
                .param("now", Timestamp.from(now))
                .update();
    }

    void count(Platform platform, long refreshed, long unavailable) {
        jdbc.sql("""
                        update platform_refresh set refreshed = refreshed + :refreshed, unavailable = unavailable + :unavailable
                        where platform = :platform""")
                .param("refreshed", refreshed)
                .param("unavailable", unavailable)
                .param("platform", platform.key())
                .update();
    }
}
