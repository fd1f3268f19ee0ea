package io.closeknit.database;

/** The application connects as a role for which PostgreSQL skips row-level security. */
class WrongDatabaseRoleException extends RuntimeException {
    WrongDatabaseRoleException(String message) {
        super(message);
    }
}
