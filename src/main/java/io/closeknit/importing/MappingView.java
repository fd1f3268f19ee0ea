package io.closeknit.importing;

import io.closeknit.importing.ImportField.Kind;
import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.importing.NumberCell.Evidence;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the mapping page shows of a file: its columns with samples, and the words that become niches. */
record MappingView(List<Column> columns, List<Word> words, int moreWords) {
    /** Whether each row is a post. */
    public boolean posts() {
        return columns.stream().anyMatch(column -> column.field.equals(ImportField.POSTED_AT.key()));
    }

    private static final int SAMPLES = 3;
    private static final int WORDS = 100;

    /**
     * @param field its key; empty where the column is left out
     * @param status of {@link RecognisedColumn}; null once somebody chose another field
     * @param other the column that was taken instead
     * @param unit its key where it has one, or the suggested one where {@code unitUnclear}
     * @param decimalUnclear whether {@code 1.234} may be two things here
     */
    record Column(
            int index,
            String name,
            String field,
            RecognisedColumn.@Nullable Status status,
            @Nullable String other,
            List<Sample> samples,
            long filled,
            boolean share,
            @Nullable String unit,
            boolean unitUnclear,
            boolean decimalUnclear,
            boolean commaDecimals,
            @Nullable String platform) {
        /** Whether its cells are dates. */
        public boolean date() {
            return ImportField.ofKey(field).filter(it -> it.kind() == Kind.DATE).isPresent();
        }

        /** Whether it is never imported, so that there is nothing to choose. */
        public boolean special() {
            return status == RecognisedColumn.Status.SPECIAL;
        }
    }

    record Sample(
            String cell, @Nullable String reading, @Nullable String problem) {}

    /**
     * @param to niche, hashtag or nothing
     * @param niche its slug
     */
    record Word(String word, long count, String to, String niche, NicheWords.How how) {}

    static MappingView of(FileInspection file, FileMapping mapping, NicheTree tree) {
        var niches = new NicheWords(tree, mapping.niches());
        var columns = new ArrayList<Column>();
        for (var i = 0; i < file.columns().size(); i++) {
            columns.add(column(
                    i,
                    file.columns().get(i),
                    file.recognised().get(i),
                    mapping.columns().get(i),
                    niches));
        }
        var words = words(file, mapping, niches);
        return new MappingView(columns, words.stream().limit(WORDS).toList(), Math.max(0, words.size() - WORDS));
    }

    private static Column column(
            int index, ColumnProfile profile, RecognisedColumn recognised, ColumnMapping column, NicheWords niches) {
        var field = column.field();
        var asRecognised = field == recognised.mapping().field();
        var share = field != null && field.kind() == Kind.SHARE;
        var unclear = field != null
                && (share || field.kind() == Kind.DATE)
                && ColumnRecogniser.as(profile, field, null).unitUnclear();
        var unit = column.unit();
        var suggested =
                field == null ? null : ColumnRecogniser.as(profile, field, null).suggested();
        var shownUnit = unit == null && unclear ? suggested : unit;
        var samples = new ArrayList<Sample>();
        for (var cell : profile.samples(SAMPLES)) {
            var reading = CellReading.of(column.withUnit(shownUnit), cell, niches);
            samples.add(new Sample(
                    shortened(cell), reading.text() == null ? null : shortened(reading.text()), reading.problem()));
        }
        var decimalUnclear = field != null
                && (field.kind() == Kind.COUNT || field.kind() == Kind.AMOUNT || field.kind() == Kind.MONEY)
                && column.decimal() == DecimalMark.UNCLEAR
                && profile.cells().stream().anyMatch(cell -> NumberCell.evidence(cell) == Evidence.EITHER_POINT);
        var platform = column.platform();
        return new Column(
                index,
                profile.name(),
                field == null ? "" : field.key(),
                asRecognised ? recognised.status() : null,
                asRecognised ? recognised.other() : null,
                samples,
                profile.present(),
                share,
                shownUnit == null ? null : shownUnit.key(),
                unclear,
                decimalUnclear,
                column.decimal() == DecimalMark.COMMA
                        && field != null
                        && field.kind().isNumber(),
                platform == null ? null : platform.key());
    }

    /** The words to look at first: those that were guessed, those that nobody knows, then the most frequent. */
    private static List<Word> words(FileInspection file, FileMapping mapping, NicheWords niches) {
        var counts = new LinkedHashMap<String, Long>();
        var shown = new LinkedHashMap<String, String>();
        for (var i = 0; i < file.columns().size(); i++) {
            if (mapping.columns().get(i).field() == ImportField.NICHES) {
                for (Map.Entry<String, Integer> cell :
                        file.columns().get(i).values().entrySet()) {
                    for (var word : niches.words(cell.getKey())) {
                        // 'fashion 0.5' is shown beside 'fashion': that it was understood is worth seeing.
                        var text = word.weight() == null
                                ? word.word()
                                : cell.getKey().strip();
                        if (word.weight() != null && niches.words(cell.getKey()).size() > 1) {
                            text = word.word();
                        }
                        counts.merge(NicheWords.key(text), (long) cell.getValue(), Long::sum);
                        shown.putIfAbsent(NicheWords.key(text), text);
                    }
                }
            }
        }
        var words = new ArrayList<Word>();
        counts.forEach((key, count) -> {
            var text = shown.getOrDefault(key, key);
            var parts = niches.words(text);
            var meaning = niches.meaning(parts.size() == 1 ? parts.getFirst().word() : text);
            var how = parts.size() == 1 && parts.getFirst().weight() != null && meaning.how() == NicheWords.How.KNOWN
                    ? NicheWords.How.SIMILAR
                    : meaning.how();
            words.add(new Word(
                    text,
                    count,
                    meaning.isNiche() ? "niche" : meaning.target().equals(NicheWords.HASHTAG) ? "hashtag" : "nothing",
                    meaning.isNiche() ? meaning.target() : "",
                    how));
        });
        words.sort(Comparator.comparing((Word word) -> rank(word.how))
                .thenComparing(Comparator.comparingLong(Word::count).reversed())
                .thenComparing(Word::word));
        return words;
    }

    private static int rank(NicheWords.How how) {
        return switch (how) {
            case SIMILAR -> 0;
            case UNKNOWN -> 1;
            default -> 2;
        };
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
