package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.niche.NicheTree;
import io.closeknit.web.FieldProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody chose on the mapping page: {@code field.0}, {@code unit.0} … for the columns in the order of the file,
 * {@code word.0}, {@code to.0}, {@code niche.0} for words of the niche columns, {@code platform} and {@code source}.
 */
record MappingForm(FileMapping mapping, @Nullable Platform platform, String source, List<FieldProblem> problems) {

    static MappingForm of(
            Map<String, String> sent, ImportRun run, FileInspection file, FileMapping before, NicheTree tree) {
        var problems = new ArrayList<FieldProblem>();
        var columns = new ArrayList<ColumnMapping>();
        for (var i = 0; i < before.columns().size(); i++) {
            columns.add(column(sent, i, before.columns().get(i), file.columns().get(i)));
        }
        var niches = new HashMap<>(before.niches());
        var automatic = new NicheWords(tree, Map.of());
        for (var i = 0; sent.containsKey("word." + i); i++) {
            var word = sent.getOrDefault("word." + i, "");
            var named = sent.getOrDefault("niche." + i, "").strip();
            var target = switch (sent.getOrDefault("to." + i, "niche")) {
                case "hashtag" -> NicheWords.HASHTAG;
                case "nothing" -> NicheWords.NOTHING;
                default -> {
                    var niche = tree.resolve(named);
                    if (niche.isEmpty()) {
                        problems.add(new FieldProblem(
                                "niche." + i,
                                named.isEmpty() ? "importing.mapping.niche.empty" : "importing.mapping.niche.unknown"));
                    }
                    yield niche.map(found -> found.slug()).orElse(null);
                }
            };
            if (target != null) {
                if (automatic.meaning(word).target().equals(target)) {
                    niches.remove(NicheWords.key(word));
                } else {
                    niches.put(NicheWords.key(word), target);
                }
            }
        }
        var source = sent.getOrDefault("source", "").strip();
        return new MappingForm(
                new FileMapping(columns, niches, before.sheet()),
                HeaderWords.platformOfWord(sent.getOrDefault("platform", "")).orElse(null),
                source.isEmpty()
                        ? run.fileName()
                        : source.length() > ImportService.LONGEST_SOURCE
                                ? source.substring(0, ImportService.LONGEST_SOURCE)
                                : source,
                problems);
    }

    private static ColumnMapping column(
            Map<String, String> sent, int index, ColumnMapping before, ColumnProfile profile) {
        var key = sent.get("field." + index);
        if (key == null) {
            return before;
        }
        var field = ImportField.ofKey(key).orElse(null);
        if (field == null || ColumnRecogniser.isSpecial(profile)) {
            return ColumnMapping.ignored(before.column());
        }
        var base = field == before.field()
                ? before
                : ColumnRecogniser.as(
                                profile,
                                field,
                                field.ofAccount()
                                        ? HeaderWords.of(before.column()).platform()
                                        : null)
                        .mapping();
        var unit = Unit.ofKey(sent.getOrDefault("unit." + index, ""))
                .filter(one -> one.isOf(field.kind()))
                .orElse(base.unit());
        var decimal = switch (sent.getOrDefault("decimal." + index, "")) {
            case "," -> DecimalMark.COMMA;
            case "." -> DecimalMark.POINT;
            default -> base.decimal();
        };
        return new ColumnMapping(before.column(), field, base.platform(), unit, decimal);
    }
}
