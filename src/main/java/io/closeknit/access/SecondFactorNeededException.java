package io.closeknit.access;

import org.springframework.security.core.AuthenticationException;

/** The password was right; a code is needed as well. */
class SecondFactorNeededException extends AuthenticationException {
    private final transient SignedInAuthentication person;

    SecondFactorNeededException(SignedInAuthentication person) {
        super("A second factor is needed");
        this.person = person;
    }

    SignedInAuthentication person() {
        return person;
    }
}
