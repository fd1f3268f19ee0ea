package io.closeknit.catalogue;

import io.closeknit.database.GiveWay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows for one table, sent by COPY: an order of magnitude faster than inserts. */
final class CopyRows {
    /** In characters: what the server takes in, with keys and constraints, within a few milliseconds. */
    private static final int PIECE = 12_000;

    private final String table;
    private final String columns;
    private final StringBuilder text = new StringBuilder();
    /** What is sent by itself; never one text of all, which would be too large for the young part of the heap. */
    private final Deque<byte[]> pieces = new ArrayDeque<>();

    CopyRows(String table, String columns) {
        this.table = table;
        this.columns = columns;
    }

    /** Values in the order of the columns; what they print is what PostgreSQL reads. A list becomes an array of text. */
    void add(@Nullable Object... values) {
        for (var i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            switch (values[i]) {
                case null -> text.append("\\N");
                case String string -> escape(string);
                case List<?> list -> escape(array(list));
                case Enum<?> choice -> escape(choice.name().toLowerCase(java.util.Locale.ROOT));
                case Object value -> text.append(value);
            }
        }
        text.append('\n');
        if (text.length() >= PIECE) {
            cut();
        }
    }

    private void cut() {
        pieces.add(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    boolean isEmpty() {
        return text.isEmpty() && pieces.isEmpty();
    }

    /** Piece by piece, and lets people go first between two of them: a server that copies rests only when it is done. */
    void send(Connection connection, GiveWay giveWay) throws SQLException, IOException {
        var copying = connection.unwrap(PGConnection.class).getCopyAPI();
        if (!text.isEmpty()) {
            cut();
        }
        while (!pieces.isEmpty()) {
            giveWay.rest();
            copying.copyIn(
                    "copy " + table + " (" + columns + ") from stdin",
                    new ByteArrayInputStream(pieces.remove()),
                    1 << 16);
        }
    }

    private void escape(String string) {
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    private static String array(List<?> items) {
        var array = new StringBuilder("{");
        for (var item : items) {
            array.append(array.length() > 1 ? ",\"" : "\"")
                    .append(item.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
    }
}
