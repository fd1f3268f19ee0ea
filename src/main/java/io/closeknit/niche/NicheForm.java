package io.closeknit.niche;

import io.closeknit.niche.NicheDraft.RelatedDraft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A niche on a page.
 *
 * @param aliases separated by commas or line ends, like hashtags, which spaces separate too
 * @param related one a line: what the niche is called, then the strength of the relation
 * @param version that the page was made from; null for a new niche
 */
record NicheForm(
        @Nullable String name,
        @Nullable String parent,
        @Nullable String description,
        @Nullable String aliases,
        @Nullable String hashtags,
        @Nullable String related,
        @Nullable Long version) {
    private static final Pattern BETWEEN_ALIASES = Pattern.compile("[,;\\n\\r]+");
    private static final Pattern BETWEEN_HASHTAGS = Pattern.compile("[,;\\s]+");
    private static final Pattern RELATED_LINE = Pattern.compile("(.+?)[\\s:=,]+([\\d.,]+)\\s*(%?)");

    static NicheForm empty(@Nullable String parent) {
        return new NicheForm(null, parent, null, null, null, null, null);
    }

    static NicheForm of(Niche niche, NicheTree tree) {
        var above = niche.parentId();
        return new NicheForm(
                niche.name(),
                above == null
                        ? null
                        : tree.byId(above).map(each -> tree.spokenName(each)).orElse(null),
                niche.description(),
                String.join(", ", niche.aliases()),
                niche.hashtags().stream().map(tag -> "#" + tag).collect(Collectors.joining(" ")),
                niche.related().stream()
                        .map(relation -> tree.bySlug(relation.niche())
                                        .map(tree::spokenName)
                                        .orElse(relation.niche()) + " " + relation.strength())
                        .collect(Collectors.joining("\n")),
                niche.version());
    }

    NicheForm withVersion(long current) {
        return new NicheForm(name, parent, description, aliases, hashtags, related, current);
    }

    /** The fields in which another form differs, with what this one holds. */
    List<Field> differencesFrom(NicheForm other) {
        var differences = new ArrayList<Field>();
        compare("name", name, other.name, differences);
        compare("parent", parent, other.parent, differences);
        compare("description", description, other.description, differences);
        compare("aliases", aliases, other.aliases, differences);
        compare("hashtags", hashtags, other.hashtags, differences);
        compare("related", related, other.related, differences);
        return differences;
    }

    private static void compare(String field, @Nullable String here, @Nullable String there, List<Field> differences) {
        var value = here == null ? "" : here.strip();
        if (!value.equals(there == null ? "" : there.strip().replace("\r\n", "\n"))) {
            differences.add(new Field("niche.form." + field, value));
        }
    }

    /** @param label message key */
    record Field(String label, String value) {}

    NicheDraft toDraft() {
        return new NicheDraft(
                null,
                name == null ? "" : name,
                parent,
                description == null ? null : description.replace("\r\n", "\n"),
                split(aliases, BETWEEN_ALIASES),
                split(hashtags, BETWEEN_HASHTAGS),
                relatedDrafts());
    }

    private static List<String> split(@Nullable String text, Pattern between) {
        return text == null
                ? List.of()
                : Arrays.stream(between.split(text))
                        .filter(word -> !word.isBlank())
                        .toList();
    }

    private List<RelatedDraft> relatedDrafts() {
        var drafts = new ArrayList<RelatedDraft>();
        for (var line : related == null ? new String[0] : related.split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            var match = RELATED_LINE.matcher(line.strip());
            drafts.add(
                    match.matches()
                            ? new RelatedDraft(match.group(1), number(match.group(2), match.group(3)))
                            : new RelatedDraft(line, Double.NaN));
        }
        return drafts;
    }

    private static double number(String typed, String percent) {
        try {
            var number = Double.parseDouble(typed.replace(',', '.').toLowerCase(Locale.ROOT));
            return percent.isEmpty() ? number : number / 100;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
