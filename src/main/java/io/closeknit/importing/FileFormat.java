package io.closeknit.importing;

/** The kinds of files that can be read. */
enum FileFormat {
    CSV,
    /** A sheet of a workbook. */
    XLSX,
    JSON_LINES,
    /** An array of objects, or objects over several lines each. */
    JSON_ARRAY;

    /** Whether it has columns with names. */
    public boolean isTable() {
        return this == CSV || this == XLSX;
    }
}
