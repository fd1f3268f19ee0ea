package io.closeknit.access;

import java.util.List;

/** What was asked for can be read but not accepted; says at which field, and why. */
class RefusedException extends RuntimeException {
    private final String field;
    private final String key;
    private final List<Object> arguments;

    /** @param key of the message that says why and what to do */
    RefusedException(String field, String key, Object... arguments) {
        super(key);
        this.field = field;
        this.key = key;
        this.arguments = List.of(arguments);
    }

    String field() {
        return field;
    }

    String key() {
        return key;
    }

    Object[] arguments() {
        return arguments.toArray();
    }
}
