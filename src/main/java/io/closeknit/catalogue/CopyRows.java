package io.closeknit.catalogue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows for one table, sent by COPY: an order of magnitude faster than inserts. */
final class CopyRows {
    private final String table;
    private final String columns;
    private final StringBuilder text = new StringBuilder();

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
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void send(Connection connection) throws SQLException, IOException {
        if (!isEmpty()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + table + " (" + columns + ") from stdin",
                            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
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
