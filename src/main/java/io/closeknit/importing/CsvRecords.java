package io.closeknit.importing;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CSV file into records: a line, or several where a quoted field holds line breaks. A quote that somebody forgot
 * to close costs one line and not the rest of the file: where the lines that it would swallow have as many delimiters
 * as the file's records have, they are taken as records.
 */
final class CsvRecords implements RecordReader {
    private static final int FIRST = 20;

    private final CharSource in;
    private final char delimiter;
    /** Of the first records, titles before the header among them, how many have so many delimiters. */
    private final java.util.Map<Integer, Integer> delimiters = new java.util.HashMap<>();

    private int usualDelimiters;
    private long records;

    CsvRecords(Reader in, char delimiter) {
        this.in = new CharSource(in);
        this.delimiter = delimiter;
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        while (true) {
            var line = in.line();
            var text = new StringBuilder();
            var end = readInto(text, line);
            if (end.blank) {
                if (end.endOfFile) {
                    return null;
                }
                continue;
            }
            if (records++ < FIRST && end.delimiters > 0) {
                delimiters.merge(end.delimiters, 1, Integer::sum);
                usualDelimiters = delimiters.entrySet().stream()
                        .max(java.util.Map.Entry.<Integer, Integer>comparingByValue()
                                .thenComparing(java.util.Map.Entry.comparingByKey()))
                        .orElseThrow()
                        .getKey();
            }
            return new RawRecord(line, text.toString(), end.problem);
        }
    }

    private record End(
            int delimiters,
            boolean blank,
            boolean endOfFile,
            @Nullable String problem) {}

    private enum Place {
        FIELD_START,
        PLAIN,
        QUOTED,
        AFTER_QUOTE
    }

    private End readInto(StringBuilder text, long line) throws IOException {
        var place = Place.FIELD_START;
        var delimiters = 0;
        var blank = true;
        var tooLong = false;
        while (true) {
            var c = in.next();
            if (c == CharSource.END) {
                if (place == Place.QUOTED) {
                    if (!tooLong && takeLineAlone(text, line)) {
                        return unclosed(line);
                    }
                    keepTheBeginning(text);
                    return new End(delimiters, false, true, quoteIsOpen(line));
                }
                return new End(delimiters, blank, true, problem(text, tooLong, delimiters));
            }
            if (place == Place.AFTER_QUOTE && c != '"' && c != delimiter && c != '\n') {
                // Something after the closing quote: often the opening quote of a later line closed a forgotten one.
                if (!tooLong) {
                    text.append((char) c);
                    if (c != ' ' && text.indexOf("\n") >= 0) {
                        var length = text.length();
                        var lineNow = in.line();
                        appendRestOfLine(text);
                        if (takeLineAlone(text, line)) {
                            return unclosed(line);
                        }
                        in.pushBack(text.substring(length), lineNow);
                        text.setLength(length);
                    }
                }
                place = c == ' ' ? Place.AFTER_QUOTE : Place.PLAIN;
                continue;
            }
            switch (place) {
                case FIELD_START, PLAIN, AFTER_QUOTE -> {
                    if (c == '\n') {
                        return new End(delimiters, blank, false, problem(text, tooLong, delimiters));
                    }
                    if (c == delimiter) {
                        delimiters++;
                        place = Place.FIELD_START;
                    } else if (c == '"' && place != Place.PLAIN) {
                        place = Place.QUOTED; // at the start of a field, or the second of a doubled quote
                        blank = false;
                    } else if (place != Place.FIELD_START || c != ' ') {
                        place = Place.PLAIN;
                        blank &= Character.isWhitespace(c);
                    }
                }
                case QUOTED -> {
                    if (c == '"') {
                        place = Place.AFTER_QUOTE;
                    }
                }
            }
            if (!tooLong) {
                text.append((char) c);
                if (text.length() > RawRecord.LIMIT) {
                    if (place == Place.QUOTED && takeLineAlone(text, line)) {
                        return unclosed(line);
                    }
                    tooLong = true;
                    keepTheBeginning(text);
                }
            }
        }
    }

    /** Keeps the first line in {@code text} and puts the others back, if the second one looks like a record. */
    private boolean takeLineAlone(StringBuilder text, long line) {
        var first = text.indexOf("\n");
        if (first < 0 || usualDelimiters < 1) {
            return false;
        }
        var second = text.indexOf("\n", first + 1);
        var next = text.substring(first + 1, second < 0 ? text.length() : second);
        if (next.chars().filter(c -> c == delimiter).count() < usualDelimiters) {
            return false;
        }
        in.pushBack(text.substring(first + 1), line + 1);
        text.setLength(first);
        keepTheBeginning(text);
        return true;
    }

    private void appendRestOfLine(StringBuilder text) throws IOException {
        for (var c = in.next(); c != CharSource.END; c = in.next()) {
            text.append((char) c);
            if (c == '\n' || text.length() > RawRecord.LIMIT) {
                return;
            }
        }
    }

    private static End unclosed(long line) {
        return new End(0, false, false, quoteIsOpen(line));
    }

    private static String quoteIsOpen(long line) {
        return Sentence.of("importing.reject.quoteOpen", line);
    }

    private static @Nullable String problem(StringBuilder text, boolean tooLong, int delimiters) {
        return !tooLong
                ? null
                : delimiters > 0
                        ? Sentence.of("importing.reject.tooLongCells", RawRecord.LIMIT, delimiters + 1)
                        : Sentence.of("importing.reject.tooLong", RawRecord.LIMIT);
    }

    private static void keepTheBeginning(StringBuilder text) {
        if (text.length() > RawRecord.KEPT) {
            text.setLength(RawRecord.KEPT);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
