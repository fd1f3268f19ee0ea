package io.closeknit.access;

/** Somebody signs in with this e-mail already. */
public class EmailTakenException extends RuntimeException {
    EmailTakenException() {
        super("E-mail taken");
    }
}
