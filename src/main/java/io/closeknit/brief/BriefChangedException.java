package io.closeknit.brief;

/** Somebody saved the brief since it was read. */
class BriefChangedException extends RuntimeException {
    private final transient Brief current;

    BriefChangedException(Brief current) {
        super("The brief is at version " + current.version());
        this.current = current;
    }

    /** The brief as it is now. */
    Brief current() {
        return current;
    }
}
