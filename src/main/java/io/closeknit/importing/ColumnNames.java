package io.closeknit.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Gives every column of a file a name of its own: a blank one its place, a doubled one a number. */
final class ColumnNames {
    private static final int LONGEST = 80;

    private ColumnNames() {}

    static List<String> of(List<String> headers) {
        var names = new ArrayList<String>();
        var taken = new HashSet<String>();
        for (var i = 0; i < headers.size(); i++) {
            var header = headers.get(i).strip().replaceAll("\\s+", " ");
            if (header.length() > LONGEST) {
                header = header.substring(0, LONGEST) + "…";
            }
            if (header.isEmpty()) {
                header = "Column " + (i + 1);
            }
            var name = header;
            for (var n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = header + " (" + n + ")";
            }
            names.add(name);
        }
        return names;
    }
}
