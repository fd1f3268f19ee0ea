package io.closeknit.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Somebody tries too often; says when the next try may come. */
class TooManyTriesException extends AuthenticationException {
    private final Duration wait;

    TooManyTriesException(Duration wait) {
        super("Too many tries");
        this.wait = wait;
    }

    /** In seconds, at least 1. */
    long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
