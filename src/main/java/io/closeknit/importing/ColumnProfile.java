package io.closeknit.importing;

import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.importing.NumberCell.Evidence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the cells of one column look like. */
final class ColumnProfile {
    private static final int KEPT_CELLS = 2_000;
    private static final int KEPT_VALUES = 2_000;
    private static final int LONGEST_KEPT = 200;

    private final String name;
    private long present;
    private long numbers;
    private long percentSigns;
    private long abbreviated;
    private boolean moreValues;
    private final List<String> cells = new ArrayList<>();
    private final Map<String, Integer> values = new LinkedHashMap<>();
    private final Map<Evidence, Integer> evidence = new EnumMap<>(Evidence.class);

    ColumnProfile(String name) {
        this.name = name;
    }

    void add(String cell) {
        if (NumberCell.isMissing(cell)) {
            return;
        }
        present++;
        var kept = cell.length() > LONGEST_KEPT ? cell.substring(0, LONGEST_KEPT) : cell;
        if (cells.size() < KEPT_CELLS) {
            cells.add(kept);
        }
        if (values.size() < KEPT_VALUES || values.containsKey(kept)) {
            values.merge(kept, 1, Integer::sum);
        } else {
            moreValues = true;
        }
        var says = NumberCell.evidence(cell);
        evidence.merge(says, 1, Integer::sum);
        if (says != Evidence.NO_NUMBER) {
            numbers++;
            var last = cell.strip().charAt(cell.strip().length() - 1);
            percentSigns += last == '%' ? 1 : 0;
            abbreviated += Character.isLetter(last) ? 1 : 0;
        }
    }

    String name() {
        return name;
    }

    /** Cells that say something. */
    long present() {
        return present;
    }

    double shareOfNumbers() {
        return present == 0 ? 0 : (double) numbers / present;
    }

    long percentSigns() {
        return percentSigns;
    }

    double shareOfAbbreviated() {
        return numbers == 0 ? 0 : (double) abbreviated / numbers;
    }

    /** The first 2,000 that say something. */
    List<String> cells() {
        return cells;
    }

    /** The values with their counts, in the order of the file: the first 2,000. */
    Map<String, Integer> values() {
        return values;
    }

    /** Whether there are more values than {@link #values} holds. */
    boolean hasMoreValues() {
        return moreValues;
    }

    /** The first few different ones, to show. */
    List<String> samples(int limit) {
        return values.keySet().stream().limit(limit).toList();
    }

    /** The share of the first cells that are so; 0 where there are none. */
    double share(Predicate<String> test) {
        return cells.isEmpty() ? 0 : (double) cells.stream().filter(test).count() / cells.size();
    }

    /** What the column as a whole shows about its decimal mark. */
    DecimalMark decimalMark() {
        var point = count(Evidence.POINT);
        var comma = count(Evidence.COMMA);
        if (point > 5 * comma) {
            return DecimalMark.POINT;
        }
        if (comma > 5 * point) {
            return DecimalMark.COMMA;
        }
        return DecimalMark.UNCLEAR;
    }

    /** Whether all that is long is written in groups of three with points, as in German, and nothing speaks against it. */
    boolean groupsByPoint() {
        return decimalMark() == DecimalMark.UNCLEAR
                && count(Evidence.POINT) == 0
                && count(Evidence.EITHER_POINT) > 1
                && count(Evidence.EITHER_COMMA) == 0
                && count(Evidence.PLAIN_LONG) == 0;
    }

    private int count(Evidence kind) {
        return evidence.getOrDefault(kind, 0);
    }
}
