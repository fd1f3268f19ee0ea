package io.closeknit.access;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with the parameters that the OWASP Password Storage Cheat Sheet names first (19 MiB, two passes, one lane;
 * read 2026-11). Each hash costs memory and a core for a while, so only as many as half the cores run at once and few
 * more wait: whoever is signed in already goes on working, and the excess is told to come back.
 */
@Component
class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final long PATIENCE_SECONDS = 10;
    private static final int WAITING = 32;
    private static final ScopedValue<Boolean> ADMITTED = ScopedValue.newInstance();

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore slots =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final Semaphore queue = new Semaphore(WAITING);
    private final String nobodysHash = encoder.encode("the password of nobody");

    String hash(CharSequence password) {
        return inASlot(() -> String.valueOf(encoder.encode(password)));
    }

    boolean matches(CharSequence password, String hash) {
        return inASlot(() -> encoder.matches(password, hash));
    }

    /** Takes as long as {@link #matches}, so that time does not tell which e-mail addresses are known. */
    void matchNobody(CharSequence password) {
        matches(password, nobodysHash);
    }

    /**
     * Lets so few in at once that those who are signed in do not notice: whoever checks a password asks before the first
     * look into the database.
     *
     * @throws TooManySignInsException at once where as many are in already
     */
    <T> T admitted(Supplier<T> check) {
        if (!queue.tryAcquire()) {
            throw new TooManySignInsException();
        }
        try {
            return ScopedValue.where(ADMITTED, true).call(check::get);
        } finally {
            queue.release();
        }
    }

    private <T> T inASlot(Supplier<T> computation) {
        if (ADMITTED.isBound()) {
            return afterWaiting(computation);
        }
        if (!queue.tryAcquire()) {
            throw new TooManySignInsException();
        }
        try {
            return afterWaiting(computation);
        } finally {
            queue.release();
        }
    }

    private <T> T afterWaiting(Supplier<T> computation) {
        try {
            if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new TooManySignInsException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManySignInsException();
        }
        try {
            return computation.get();
        } finally {
            slots.release();
        }
    }
}
