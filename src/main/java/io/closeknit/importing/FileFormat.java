package io.closeknit.importing;

/** The kinds of files that can be read. */
enum FileFormat {
    CSV,
    JSON_LINES,
    /** An array of objects, or objects over several lines each. */
    JSON_ARRAY
}
