package io.closeknit.niche;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a niche shall be, as somebody wrote it down; nothing is looked up yet.
 *
 * @param slug null: from the name
 * @param parent what the niche above is called: a slug, name, alias or hashtag; null at the top
 * @param related what related niches are called, with the strength of the relation
 */
record NicheDraft(
        @Nullable String slug,
        String name,
        @Nullable String parent,
        @Nullable String description,
        List<String> aliases,
        List<String> hashtags,
        List<RelatedDraft> related) {
    static final int LONGEST_NAME = 120;
    static final int LONGEST_DESCRIPTION = 2_000;
    static final int MOST_WORDS = 500;
    static final int MOST_RELATED = 100;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    /** Words without space around them, hashtags without '#', what is blank as if it were not there. */
    NicheDraft {
        slug = blankToNull(slug);
        name = tidy(name);
        parent = blankToNull(parent);
        description = description == null || description.isBlank() ? null : description.strip();
        aliases = aliases.stream()
                .map(NicheDraft::tidy)
                .filter(word -> !word.isEmpty())
                .toList();
        hashtags = hashtags.stream()
                .map(NicheDraft::tidy)
                .map(tag -> tag.replaceFirst("^[#＃]+\\s*", ""))
                .filter(tag -> !tag.isEmpty())
                .toList();
        related = List.copyOf(related);
    }

    /** @param strength in (0, 1]; NaN where it could not be read */
    record RelatedDraft(String niche, double strength) {
        RelatedDraft {
            niche = tidy(niche);
        }
    }

    /** The slug as it was given, else from the name; empty where the name gives none. */
    String wantedSlug() {
        return slug == null ? NicheSlugs.from(name) : slug;
    }

    /** What can be seen without looking anything up. */
    List<NicheProblem> problems() {
        var problems = new ArrayList<NicheProblem>();
        if (name.isEmpty()) {
            problems.add(new NicheProblem("name", "name.missing"));
        } else if (name.length() > LONGEST_NAME) {
            problems.add(new NicheProblem("name", "name.long", LONGEST_NAME));
        } else if (NicheTree.key(name).isEmpty()) {
            problems.add(new NicheProblem("name", "name.letters", name));
        } else if (CONTROL.matcher(name).find()) {
            problems.add(new NicheProblem("name", "control"));
        }
        if (slug != null
                && (slug.length() > NicheSlugs.LONGEST
                        || !NicheSlugs.VALID.matcher(slug).matches())) {
            problems.add(new NicheProblem("slug", "slug.form", NicheSlugs.LONGEST));
        } else if (problems.isEmpty() && slug == null && wantedSlug().isEmpty()) {
            problems.add(new NicheProblem("slug", "slug.none", name));
        }
        if (wantedSlug().equals("new")) {
            problems.add(new NicheProblem("slug", "slug.reserved"));
        }
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            problems.add(new NicheProblem("description", "description.long", LONGEST_DESCRIPTION));
        } else if (description != null
                && CONTROL.matcher(description.replaceAll("[\\r\\n\\t]", "")).find()) {
            problems.add(new NicheProblem("description", "control"));
        }
        checkWords("aliases", aliases, problems);
        checkWords("hashtags", hashtags, problems);
        for (var i = 0; i < hashtags.size(); i++) {
            if (SPACES.matcher(hashtags.get(i)).find() || hashtags.get(i).contains("#")) {
                problems.add(new NicheProblem("hashtags[" + i + "]", "hashtag.spaces", hashtags.get(i)));
            }
        }
        checkRelated(problems);
        return problems;
    }

    private static void checkWords(String field, List<String> words, List<NicheProblem> problems) {
        if (words.size() > MOST_WORDS) {
            problems.add(new NicheProblem(field, "words.many", MOST_WORDS));
            return;
        }
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var at = field + "[" + i + "]";
            if (word.length() > LONGEST_NAME || NicheTree.key(word).length() > LONGEST_NAME) {
                problems.add(new NicheProblem(at, "word.long", word.substring(0, 40) + "…", LONGEST_NAME));
            } else if (NicheTree.key(word).isEmpty()) {
                problems.add(new NicheProblem(at, "word.letters", word));
            } else if (CONTROL.matcher(word).find()) {
                problems.add(new NicheProblem(at, "control"));
            }
        }
    }

    private void checkRelated(List<NicheProblem> problems) {
        if (related.size() > MOST_RELATED) {
            problems.add(new NicheProblem("related", "related.many", MOST_RELATED));
        }
        for (var i = 0; i < related.size(); i++) {
            var strength = related.get(i).strength();
            if (related.get(i).niche().isEmpty()) {
                problems.add(new NicheProblem("related[" + i + "].niche", "related.missing"));
            } else if (!(strength > 0 && strength <= 1)) {
                problems.add(new NicheProblem(
                        "related[" + i + "].strength",
                        "related.strength",
                        related.get(i).niche()));
            }
        }
    }

    /** Aliases and hashtags by key, each key once and none that the name or the slug stands for anyway. */
    List<Word> words() {
        var seen = new HashSet<String>(NicheTree.nameKeys(name));
        seen.add(NicheTree.key(wantedSlug()));
        var words = new ArrayList<Word>();
        collect("aliases", "alias", aliases, seen, words);
        collect("hashtags", "hashtag", hashtags, seen, words);
        return words;
    }

    private static void collect(String field, String kind, List<String> from, Set<String> seen, List<Word> words) {
        for (var i = 0; i < from.size(); i++) {
            var key = NicheTree.key(from.get(i));
            if (seen.add(key)) {
                words.add(new Word(field + "[" + i + "]", kind, key, from.get(i)));
            }
        }
    }

    /**
     * @param field where it was written
     * @param kind alias or hashtag
     */
    record Word(String field, String kind, String key, String word) {}

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String tidy(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }
}
