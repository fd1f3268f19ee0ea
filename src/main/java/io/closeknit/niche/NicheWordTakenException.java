package io.closeknit.niche;

/** A slug, alias or hashtag means another niche already. */
class NicheWordTakenException extends RuntimeException {
    private final String field;
    private final String word;
    private final String existing;

    /**
     * @param field where it was written, such as {@code aliases[2]}
     * @param existing slug of the niche that has it
     */
    NicheWordTakenException(String field, String word, String existing) {
        super("'" + word + "' means " + existing + " already");
        this.field = field;
        this.word = word;
        this.existing = existing;
    }

    NicheProblem problem() {
        return new NicheProblem(field, "taken", word, existing);
    }

    String existing() {
        return existing;
    }
}
