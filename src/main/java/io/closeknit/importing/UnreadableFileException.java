package io.closeknit.importing;

/** The file as a whole cannot be taken in. The message is a sentence for the person who sent it. */
class UnreadableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableFileException(String sentence) {
        super(sentence);
    }

    /** What is wrong and what to do, for the person who sent the file. */
    String sentence() {
        var sentence = getMessage();
        return sentence == null ? "The file cannot be read." : sentence;
    }
}
