package io.closeknit.importing;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts a file into its records, front to back, in constant memory. The same file gives the same records every time. */
interface RecordReader extends Closeable {
    /** The next record that is not blank; null after the last. */
    @Nullable
    RawRecord next() throws IOException;
}
