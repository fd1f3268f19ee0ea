package io.closeknit.importing;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Cuts JSON lines into records: every line that is not blank is one. */
final class JsonLineRecords implements RecordReader {
    private final CharSource in;

    JsonLineRecords(Reader in) {
        this.in = new CharSource(in);
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        while (true) {
            var line = in.line();
            var text = new StringBuilder();
            var tooLong = false;
            var c = in.next();
            for (; c != CharSource.END && c != '\n'; c = in.next()) {
                if (!tooLong) {
                    text.append((char) c);
                    if (text.length() > RawRecord.LIMIT) {
                        tooLong = true;
                        text.setLength(RawRecord.KEPT);
                    }
                }
            }
            if (tooLong) {
                return new RawRecord(line, text.toString(), tooLong());
            }
            var content = text.toString().strip();
            if (!content.isEmpty()) {
                return new RawRecord(line, content, null);
            }
            if (c == CharSource.END) {
                return null;
            }
        }
    }

    static String tooLong() {
        return Sentence.of("importing.reject.tooLong", RawRecord.LIMIT);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
