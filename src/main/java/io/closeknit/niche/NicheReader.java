package io.closeknit.niche;

import io.closeknit.niche.NicheDraft.RelatedDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a niche as other programs send it. */
final class NicheReader {
    private static final Set<String> FIELDS =
            Set.of("slug", "name", "parent", "description", "iabId", "aliases", "hashtags", "related");

    private final ObjectNode json;
    private final List<NicheProblem> problems = new ArrayList<>();

    private NicheReader(ObjectNode json) {
        this.json = json;
    }

    /**
     * @param iabId what the niche has; an answer that is sent back holds it
     * @throws NicheRefusedException naming every field that cannot be read or is none of ours
     */
    static NicheDraft read(ObjectNode json, @Nullable String iabId) {
        return new NicheReader(json).read(iabId);
    }

    private NicheDraft read(@Nullable String iabId) {
        json.propertyNames().stream()
                .filter(field -> !FIELDS.contains(field))
                .forEach(field -> problems.add(new NicheProblem(
                        field,
                        "field.unknown",
                        field,
                        String.join(", ", FIELDS.stream().sorted().toList()))));
        var sentIab = text("iabId");
        if (sentIab != null && !sentIab.equals(iabId)) {
            problems.add(new NicheProblem("iabId", "iabId"));
        }
        var name = text("name");
        var draft = new NicheDraft(
                text("slug"),
                name == null ? "" : name,
                text("parent"),
                text("description"),
                texts("aliases"),
                texts("hashtags"),
                related());
        var named = problems.stream().map(NicheProblem::field).toList();
        draft.problems().stream()
                .filter(problem -> !named.contains(problem.field()))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new NicheRefusedException(problems);
        }
        return draft;
    }

    private @Nullable String text(String field) {
        var node = json.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            problems.add(new NicheProblem(field, "text"));
            return null;
        }
        return node.stringValue();
    }

    private List<String> texts(String field) {
        var texts = new ArrayList<String>();
        var nodes = array(field);
        for (var i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isString()) {
                texts.add(nodes.get(i).stringValue());
            } else {
                problems.add(new NicheProblem(field + "[" + i + "]", "text"));
            }
        }
        return texts;
    }

    private List<RelatedDraft> related() {
        var related = new ArrayList<RelatedDraft>();
        var nodes = array("related");
        for (var i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var field = "related[" + i + "]";
            var niche = node.get("niche");
            var strength = node.get("strength");
            if (!node.isObject() || niche == null || !niche.isString()) {
                problems.add(new NicheProblem(field, "related.form"));
            } else if (node.propertyNames().stream()
                    .anyMatch(name -> !Set.of("niche", "strength").contains(name))) {
                problems.add(new NicheProblem(field, "related.form"));
            } else {
                related.add(new RelatedDraft(
                        niche.stringValue(),
                        strength != null && strength.isNumber() ? strength.doubleValue() : Double.NaN));
            }
        }
        return related;
    }

    private List<JsonNode> array(String field) {
        var node = json.get(field);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            problems.add(new NicheProblem(field, "list"));
            return List.of();
        }
        var nodes = new ArrayList<JsonNode>();
        node.forEach(nodes::add);
        return nodes;
    }
}
