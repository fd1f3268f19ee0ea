package io.closeknit.importing;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a JSON array of objects, or objects one after another over any number of lines, into records: an object each.
 * Brackets are counted outside of strings; whether the object is right inside is for its parser to say.
 */
final class JsonArrayRecords implements RecordReader {
    private final CharSource in;
    private final boolean inside;
    private boolean started;
    private boolean ended;

    JsonArrayRecords(Reader in) {
        this.in = new CharSource(in);
        this.inside = false;
    }

    /** @param skip so many characters before the bracket of the array; what follows behind its end is passed over */
    JsonArrayRecords(Reader in, long skip) throws IOException {
        this.in = new CharSource(in);
        this.in.skip(skip);
        this.inside = true;
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        while (true) {
            var line = in.line();
            var c = in.next();
            if (c == CharSource.END || ended || inside && c == ']') {
                ended = true;
                return null;
            }
            if (Character.isWhitespace(c) || c == ',' || c == ']' || (c == '[' && !started)) {
                started |= c == '[';
                continue;
            }
            started = true;
            return c == '{' ? object(line) : somethingElse(line, c);
        }
    }

    private RawRecord object(long line) throws IOException {
        var text = new StringBuilder("{");
        var depth = 1;
        var inString = false;
        var escaped = false;
        var tooLong = false;
        while (depth > 0) {
            var c = in.next();
            if (c == CharSource.END) {
                var shown = text.length() > RawRecord.KEPT ? text.substring(0, RawRecord.KEPT) : text.toString();
                return new RawRecord(line, shown, Sentence.of("importing.reject.objectOpen", line));
            }
            if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (c == '\\') {
                    escaped = true;
                } else if (c == '"' || c == '\n') {
                    inString = false; // a string never spans lines, so a forgotten quotation mark costs one object
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            if (!tooLong) {
                text.append((char) c);
                if (text.length() > RawRecord.LIMIT) {
                    tooLong = true;
                    text.setLength(RawRecord.KEPT);
                }
            }
        }
        return new RawRecord(line, text.toString(), tooLong ? JsonLineRecords.tooLong() : null);
    }

    private RawRecord somethingElse(long line, int first) throws IOException {
        var text = new StringBuilder().append((char) first);
        for (var c = in.next(); c != CharSource.END && c != '\n' && c != ','; c = in.next()) {
            if (text.length() < RawRecord.KEPT) {
                text.append((char) c);
            }
        }
        return new RawRecord(line, text.toString().strip(), Sentence.of("importing.reject.noObject"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
