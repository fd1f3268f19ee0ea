package io.closeknit.index;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads rows of a segment in any order. For one thread. */
final class RowReader {
    private final LeafReader segment;
    private BinaryDocValues rows;
    private int last = -1;

    RowReader(LeafReader segment) throws IOException {
        this.segment = segment;
        rows = DocValues.getBinary(segment, IndexFields.ROW);
    }

    /** The row of the document, valid until the next call; null where it has none. */
    @Nullable
    BytesRef of(int doc) throws IOException {
        if (doc < last) {
            rows = DocValues.getBinary(segment, IndexFields.ROW); // Lucene's only go forward
        }
        last = doc;
        return rows.advanceExact(doc) ? rows.binaryValue() : null;
    }
}
