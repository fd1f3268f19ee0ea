package io.closeknit.brief;

import io.closeknit.brief.BriefForm.NicheRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings together what two people made of one brief: a part that only the other one changed is taken over, a part that
 * this one changed stays as typed.
 */
final class BriefFormMerge {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Components of the form that are one part of the brief. */
    private static final Map<String, List<String>> TOGETHER = Map.of(
            "followers", List.of("followersMin", "followersMax"), "budget", List.of("budgetAmount", "budgetCurrency"));

    private BriefFormMerge() {}

    /** What became of a part. */
    enum Outcome {
        /** only the other one changed it */
        THEIRS,
        /** only this one changed it */
        YOURS,
        /** both did, differently: what was typed stays */
        BOTH
    }

    /** @param outcomes of the parts that anybody changed */
    record Merged(BriefForm form, Map<String, Outcome> outcomes) {}

    /**
     * @param base as it was when this one began
     * @param theirs as the other one saved it
     * @param yours as typed, settled
     */
    static Merged merge(BriefForm base, BriefForm theirs, BriefForm yours) {
        var before = tree(base);
        var saved = tree(theirs);
        var merged = tree(yours);
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (var part : BriefWords.parts()) {
            var components = TOGETHER.getOrDefault(part, List.of(part, part + "More"));
            if (same(components, saved, merged)) {
                continue;
            }
            if (same(components, before, merged)) {
                outcomes.put(part, Outcome.THEIRS);
                for (var component : components) {
                    var value = saved.get(component);
                    if (value != null) {
                        merged.set(component, value);
                    }
                }
            } else {
                outcomes.put(part, same(components, before, saved) ? Outcome.YOURS : Outcome.BOTH);
            }
        }
        return new Merged(JSON.treeToValue(merged, BriefForm.class), outcomes);
    }

    private static boolean same(List<String> components, ObjectNode one, ObjectNode other) {
        return components.stream().allMatch(component -> Objects.equals(one.get(component), other.get(component)));
    }

    /** Rows that say nothing tell no difference; one blank row at the end is there to type into. */
    private static ObjectNode tree(BriefForm form) {
        var json = JSON.<ObjectNode>valueToTree(form);
        json.set("niches", JSON.valueToTree(rows(form.niches())));
        return json;
    }

    static List<NicheRow> rows(List<NicheRow> rows) {
        return Stream.concat(rows.stream().filter(row -> !row.blank()), Stream.of(NicheRow.BLANK))
                .toList();
    }
}
