package io.closeknit.access;

import org.springframework.security.authentication.AccountStatusException;

/** The password was right, but the person belongs to no workspace. */
class NoWorkspaceException extends AccountStatusException {
    NoWorkspaceException() {
        super("No workspace");
    }
}
