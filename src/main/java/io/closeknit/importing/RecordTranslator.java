package io.closeknit.importing;

/** Understands the records of one file. Not safe for use by several threads. */
interface RecordTranslator {
    /** @param record without a problem of its own */
    Translated translate(RawRecord record);

    /**
     * The name, in the file, of what the catalogue found fault with.
     *
     * @param path such as {@code accounts[0].followers}
     */
    String nameOf(String path);
}
