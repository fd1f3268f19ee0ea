package io.closeknit.access;

import org.springframework.security.core.AuthenticationException;

/** More passwords wait to be checked than this machine gets done in a sensible time. */
class TooManySignInsException extends AuthenticationException {
    TooManySignInsException() {
        super("Too many passwords are being checked at once");
    }
}
