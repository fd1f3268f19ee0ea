package io.closeknit.index;

/** The fields of a creator's document in the Lucene index. */
final class IndexFields {
    /** The creator's id, the key of updates. */
    static final String ID = "id";

    static final String SLUG = "slug";
    /** The packed row, a binary doc value. */
    static final String ROW = "row";
    /** Names and handles as words. */
    static final String NAME = "name";

    static final String HANDLE = "handle";
    static final String BIO = "bio";
    static final String TAGS = "tags";
    /** The bio's distinct words of four letters and more, exactly as the fit compares them. */
    static final String FIT_WORD = "fitWord";
    /** The hashtags, lower case, whole. */
    static final String FIT_TAG = "fitTag";

    private IndexFields() {}
}
