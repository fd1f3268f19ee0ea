package io.closeknit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * How often something may be tried. A bucket fills slowly and each try takes one out; a good sign-in puts its own back,
 * so that only failures count. Nobody can lock anybody else out for long: what fails from one address for one person
 * hinders that address with that person alone, and the bucket of a person over all addresses is full again in a quarter
 * of an hour. Counted in memory, by each node for itself; at most {@value #KEYS} keys of a kind are remembered.
 */
@Component
class Allowances {
    private static final int KEYS = 100_000;

    private final Map<Kind, Cache<String, Bucket>> buckets = new EnumMap<>(Kind.class);
    private final int apiPerMinute;

    Allowances(AccessProperties settings) {
        this.apiPerMinute = settings.apiPerMinute();
        for (var kind : Kind.values()) {
            buckets.put(
                    kind,
                    Caffeine.newBuilder()
                            .maximumSize(KEYS)
                            .expireAfterAccess(kind.period.multipliedBy(2))
                            .build());
        }
    }

    /** @throws TooManyTriesException where nothing is left */
    void take(Kind kind, String key) {
        var probe = bucket(kind, key).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyTriesException(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** As {@link #take}, for whoever goes on in silence. */
    boolean may(Kind kind, String key) {
        return bucket(kind, key).tryConsume(1);
    }

    /** Puts one back: the try was a good one. */
    void giveBack(Kind kind, String key) {
        bucket(kind, key).addTokens(1);
    }

    private Bucket bucket(Kind kind, String key) {
        return Objects.requireNonNull(buckets.get(kind)).get(key, _ -> {
            var most = kind == Kind.API ? apiPerMinute : kind.most;
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(most).refillGreedy(most, kind.period))
                    .build();
        });
    }

    /** So many in so long a time, and saved up at most. */
    enum Kind {
        /** Failed sign-ins of one person from one address. */
        SIGN_IN_HERE(10, Duration.ofMinutes(5)),
        /** Failed sign-ins from one address; many people may share one. */
        SIGN_IN_ADDRESS(300, Duration.ofMinutes(15)),
        /** Failed sign-ins of one person from anywhere. */
        SIGN_IN_PERSON(100, Duration.ofMinutes(15)),
        /** Wrong codes of one person's second factor; the password was right. */
        CODE(5, Duration.ofMinutes(5)),
        /** One-time links opened from one address. */
        LINK(30, Duration.ofMinutes(10)),
        /** Passwords said to be forgotten from one address. */
        RESET(10, Duration.ofMinutes(30)),
        /** Mails to one person. */
        RESET_FOR(3, Duration.ofHours(1)),
        /** Calls of the API by one person; {@code closeknit.access.api-per-minute}. */
        API(6_000, Duration.ofMinutes(1)),
        /** Calls of the API from one address that nobody's token or password opened. */
        API_REFUSED(300, Duration.ofMinutes(5));

        private final long most;
        private final Duration period;

        Kind(long most, Duration period) {
            this.most = most;
            this.period = period;
        }
    }
}
