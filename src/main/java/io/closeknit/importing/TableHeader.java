package io.closeknit.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a table: which of the first records it is. Titles, notes and blank lines may stand before it, and it may
 * have two lines, the upper naming groups of columns or the lower naming units.
 *
 * @param skipped records up to and with the header
 * @param titles records before it that say something else
 * @param names one for each column, as they stand in the file
 * @param line of the file where the header begins
 */
record TableHeader(int skipped, int titles, List<String> names, long line) {
    /** Further down nobody writes a header. */
    static final int LOOKED_AT = 30;

    private static final Pattern UNIT = Pattern.compile(
            "\\(.{1,20}\\)|\\[.{1,20}\\]|%|in %|percent|pct|count|number|text|eur|usd|€|\\$|k|in k|thousands?",
            Pattern.CASE_INSENSITIVE);

    /** The names of columns that only repeat what is above or beside them. */
    private static final Set<String> NO_NAMES = Set.of("", "-", "#");

    /**
     * Finds it among the first records of a file.
     *
     * @param records their cells, and lines where they begin; at least one
     */
    static TableHeader find(List<List<String>> records, List<Long> lines) {
        var first = Math.min(first(records), records.size() - 1);
        var names = new ArrayList<>(records.get(first));
        var skipped = first + 1;
        if (skipped < records.size()) {
            var second = records.get(skipped);
            var two = second(names, second, typicalWidth(records));
            if (two != null) {
                names = new ArrayList<>(two);
                skipped++;
            }
        }
        while (names.size() > 1 && names.getLast().isBlank() && isBlankColumn(records, skipped, names.size() - 1)) {
            names.removeLast();
        }
        return new TableHeader(skipped, first, names, lines.get(first));
    }

    private static boolean isBlankColumn(List<List<String>> records, int from, int column) {
        return records.subList(Math.min(from, records.size()), records.size()).stream()
                .noneMatch(
                        record -> record.size() > column && !record.get(column).isBlank());
    }

    /** The first record that is as wide as the table and names something; the first of all where none does. */
    private static int first(List<List<String>> records) {
        var width = typicalWidth(records);
        if (width < 2) {
            for (var i = 0; i < Math.min(records.size(), 5); i++) {
                if (names(records.get(i)) > 0) {
                    return i;
                }
            }
            return 0;
        }
        var best = -1;
        var bestNames = 0;
        for (var i = 0; i < records.size(); i++) {
            var record = records.get(i);
            var filled = filled(record);
            if (filled < Math.max(2, width / 2.0) || numbers(record) * 2 > filled) {
                continue;
            }
            var names = names(record);
            if (best < 0 && names >= 1) {
                best = i;
                bestNames = names;
            } else if (best >= 0 && names >= 2 && names > 2 * bestNames) {
                best = i; // a line of groups has few names, the line below it has them all
                bestNames = names;
            }
        }
        if (best > 0) {
            var above = records.get(best - 1);
            // Groups of columns: 'Instagram,,,TikTok,,' above 'Handle,Followers,ER,Handle,Followers,ER'.
            if (filled(above) >= 2
                    && numbers(above) == 0
                    && platforms(above) >= 1
                    && isGroups(above, records.get(best))) {
                return best - 1;
            }
            return best;
        }
        if (best == 0) {
            return 0;
        }
        for (var i = 0; i < records.size(); i++) {
            if (filled(records.get(i)) >= Math.max(2, width / 2.0) && numbers(records.get(i)) == 0) {
                return i;
            }
        }
        return 0;
    }

    private static boolean isGroups(List<String> above, List<String> below) {
        var blanks = 0;
        for (var i = 0; i < below.size(); i++) {
            if (!below.get(i).isBlank() && (i >= above.size() || above.get(i).isBlank())) {
                blanks++;
            }
        }
        return blanks >= 1;
    }

    /** The two lines put together, where the second belongs to the header; else null. */
    private static @Nullable List<String> second(List<String> first, List<String> second, int width) {
        var filled = filled(second);
        if (filled == 0 || numbers(second) > 0) {
            return null;
        }
        var units = second.stream()
                .filter(cell -> !cell.isBlank())
                .allMatch(cell -> UNIT.matcher(cell.strip()).matches());
        if (units) {
            return joined(first, second, false);
        }
        var blanksFilled = 0;
        for (var i = 0; i < second.size(); i++) {
            if (!second.get(i).isBlank() && (i >= first.size() || first.get(i).isBlank())) {
                blanksFilled++;
            }
        }
        var moreNames = names(second);
        return blanksFilled >= 1 && filled >= width / 2.0 && moreNames >= 2 && moreNames * 2 > filled
                ? joined(first, second, true)
                : null;
    }

    private static List<String> joined(List<String> first, List<String> second, boolean groups) {
        var names = new ArrayList<String>();
        var group = "";
        for (var i = 0; i < Math.max(first.size(), second.size()); i++) {
            var above = i < first.size() ? first.get(i).strip() : "";
            var below = i < second.size() ? second.get(i).strip() : "";
            if (groups) {
                group = above.isEmpty() ? group : above;
                above = above.isEmpty() && !below.isEmpty() ? group : above;
            }
            names.add((above + " " + below).strip());
        }
        return names;
    }

    /** How many cells the records have that most often occurs; cells that are blank at the end don't count. */
    private static int typicalWidth(List<List<String>> records) {
        var counts = new HashMap<Integer, Integer>();
        for (var record : records) {
            counts.merge(lastFilled(record), 1, Integer::sum);
        }
        var best = 1;
        var most = 0;
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > most || entry.getValue() == most && entry.getKey() > best) {
                best = entry.getKey();
                most = entry.getValue();
            }
        }
        return best;
    }

    private static int lastFilled(List<String> record) {
        for (var i = record.size(); i > 0; i--) {
            if (!record.get(i - 1).isBlank()) {
                return i;
            }
        }
        return 0;
    }

    private static int filled(List<String> record) {
        return (int) record.stream().filter(cell -> !cell.isBlank()).count();
    }

    private static int numbers(List<String> record) {
        return (int) record.stream()
                .filter(cell ->
                        !NumberCell.isMissing(cell) && NumberCell.evidence(cell) != NumberCell.Evidence.NO_NUMBER)
                .count();
    }

    /** Cells that are the name of a column that the import knows. */
    private static int names(List<String> record) {
        return (int) record.stream()
                .filter(cell -> !NO_NAMES.contains(cell.strip()) && cell.length() <= 120)
                .filter(ColumnRecogniser::isName)
                .count();
    }

    private static int platforms(List<String> record) {
        return (int) record.stream()
                .filter(cell -> !cell.isBlank()
                        && HeaderWords.platformOfWord(cell.toLowerCase(Locale.ROOT))
                                .isPresent())
                .count();
    }
}
