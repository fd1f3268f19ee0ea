package io.closeknit.importing;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** Characters one by one, with line counting ({@code \n}, {@code \r} and {@code \r\n} each end a line) and a way back. */
final class CharSource implements Closeable {
    static final int END = -1;

    private final Reader in;
    private final char[] buffer = new char[1 << 15];
    private int position;
    private int limit;
    private String pushedBack = "";
    private int pushedPosition;
    private long line = 1;

    CharSource(Reader in) {
        this.in = in;
    }

    /** The line of the next character, counted from 1. */
    long line() {
        return line;
    }

    /** The next character, with every line break as {@code \n}; {@link #END} at the end. */
    int next() throws IOException {
        var c = raw();
        if (c == '\r') {
            var second = raw();
            if (second != '\n' && second != END) {
                unread();
            }
            c = '\n';
        }
        if (c == '\n') {
            line++;
        }
        return c;
    }

    /** Passes over characters as they stand in the file, a line break of two counted as two. */
    void skip(long characters) throws IOException {
        var before = 0;
        for (var i = 0L; i < characters; i++) {
            var c = raw();
            if (c == END) {
                return;
            }
            if (c == '\r' || c == '\n' && before != '\r') {
                line++;
            }
            before = c;
        }
    }

    /**
     * Puts characters back that {@link #next} gave.
     *
     * @param fromLine the line of the first of them
     */
    void pushBack(String characters, long fromLine) {
        pushedBack = characters + pushedBack.substring(pushedPosition);
        pushedPosition = 0;
        line = fromLine;
    }

    private int raw() throws IOException {
        if (pushedPosition < pushedBack.length()) {
            return pushedBack.charAt(pushedPosition++);
        }
        pushedBack = "";
        pushedPosition = 0;
        if (position == limit) {
            limit = Math.max(0, in.read(buffer));
            position = 0;
            if (limit == 0) {
                return END;
            }
        }
        return buffer[position++];
    }

    private void unread() {
        if (pushedPosition > 0) {
            pushedPosition--;
        } else {
            position--;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
