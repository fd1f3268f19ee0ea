package io.closeknit.access;

/** The settings for the first admin do not do. The message never holds the password. */
class FirstAdminException extends RuntimeException {
    FirstAdminException(String message) {
        super(message);
    }
}
