package io.closeknit.niche;

/** Somebody changed the niche since it was read. */
class NicheChangedException extends RuntimeException {
    private final transient Niche current;

    NicheChangedException(Niche current) {
        super(current.slug() + " is at version " + current.version() + " by now");
        this.current = current;
    }

    Niche current() {
        return current;
    }
}
