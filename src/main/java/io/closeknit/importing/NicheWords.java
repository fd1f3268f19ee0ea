package io.closeknit.importing;

import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out which niches the words in a category column mean. Not safe for use by several threads. */
final class NicheWords {
    /** Stands for 'keep the word as a hashtag'. */
    static final String HASHTAG = "#";

    /** Stands for 'leave the word out'. */
    static final String NOTHING = "";

    /**
     * What a word means.
     *
     * @param target slug of a niche, {@link #HASHTAG} or {@link #NOTHING}
     * @param how it was found
     */
    record Meaning(String target, How how) {
        boolean isNiche() {
            return !target.equals(HASHTAG) && !target.equals(NOTHING);
        }
    }

    enum How {
        /** A person said so. */
        CHOSEN,
        /** The taxonomy has the word. */
        KNOWN,
        /** A word of the taxonomy is spelt nearly like it, or a part of it is known. */
        SIMILAR,
        /** The taxonomy has nothing like it. */
        UNKNOWN,
        /** The word says that there is none. */
        SAYS_NOTHING
    }

    /** @param weight as given behind the word, null where none is */
    record Word(String word, @Nullable Double weight) {}

    private static final Set<String> SAYING_NOTHING = Set.of(
            "other",
            "others",
            "misc",
            "miscellaneous",
            "various",
            "general",
            "none",
            "sonstige",
            "sonstiges",
            "andere",
            "otros",
            "otro",
            "autre",
            "autres",
            "altro",
            "outros",
            "uncategorized",
            "uncategorised",
            "nocategory",
            "ostalo");
    private static final Pattern SEPARATORS = Pattern.compile("[,;/|\\n]");
    private static final Pattern WEIGHT =
            Pattern.compile("(.*\\p{L}[^\\d]*?)[\\s:=(]+(\\d{1,3}(?:[.,]\\d{1,6})?|[.,]\\d{1,6})\\s*(%?)\\)?");
    private static final int SHORTEST_SIMILAR = 4;

    private final NicheTree tree;
    private final Map<String, String> chosen;
    private final Map<String, Meaning> found = new HashMap<>();
    private @Nullable Map<String, Niche> vocabulary;

    /** @param chosen by a person, by word in lower case */
    NicheWords(NicheTree tree, Map<String, String> chosen) {
        this.tree = tree;
        this.chosen = chosen;
    }

    /** The words of a cell: separated by comma, semicolon, slash, bar or line break, unless the whole cell is one. */
    List<Word> words(String cell) {
        var words = new ArrayList<Word>();
        var whole = word(cell);
        if (whole == null) {
            return words;
        }
        if (tree.resolve(whole.word).isPresent() || chosen.containsKey(key(whole.word))) {
            words.add(whole);
            return words;
        }
        for (var part : SEPARATORS.split(cell)) {
            var word = word(part);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }

    /** What a word means; a person's choice comes first. */
    Meaning meaning(String word) {
        return found.computeIfAbsent(key(word), key -> {
            var choice = chosen.get(key);
            return choice != null ? new Meaning(choice, How.CHOSEN) : guess(word);
        });
    }

    /** How a word is compared with the choices. */
    static String key(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }

    private Meaning guess(String word) {
        var key = NicheTree.key(word);
        if (key.isEmpty() || SAYING_NOTHING.contains(key)) {
            return new Meaning(NOTHING, How.SAYS_NOTHING);
        }
        var known = tree.resolve(word);
        if (known.isPresent()) {
            return new Meaning(known.get().slug(), How.KNOWN);
        }
        var similar = similar(key);
        if (similar == null) {
            for (var part : word.split("&|\\+|\\band\\b|\\bund\\b|\\by\\b|\\bet\\b")) {
                var niche = tree.resolve(part.strip());
                if (niche.isPresent()) {
                    similar = niche.get();
                    break;
                }
            }
        }
        return similar == null ? new Meaning(HASHTAG, How.UNKNOWN) : new Meaning(similar.slug(), How.SIMILAR);
    }

    /** The one niche with a word at the least distance: one letter in short words, two from eight letters on. */
    private @Nullable Niche similar(String key) {
        if (key.length() < SHORTEST_SIMILAR) {
            return null;
        }
        var allowed = key.length() < 8 ? 1 : 2;
        Niche best = null;
        var bestDistance = allowed + 1;
        var several = false;
        for (var entry : vocabulary().entrySet()) {
            var other = entry.getKey();
            if (Math.abs(other.length() - key.length()) > allowed || other.charAt(0) != key.charAt(0)) {
                continue;
            }
            var distance = distance(key, other, allowed);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = entry.getValue();
                several = false;
            } else if (distance == bestDistance
                    && best != null
                    && best.id() != entry.getValue().id()) {
                several = true;
            }
        }
        return several ? null : best;
    }

    private Map<String, Niche> vocabulary() {
        var words = vocabulary;
        if (words == null) {
            words = new LinkedHashMap<>();
            for (var niche : tree.all()) {
                words.putIfAbsent(NicheTree.key(niche.slug()), niche);
                words.putIfAbsent(NicheTree.key(niche.name()), niche);
                for (var alias : niche.aliases()) {
                    words.putIfAbsent(NicheTree.key(alias), niche);
                }
            }
            words.remove("");
            vocabulary = words;
        }
        return words;
    }

    /** Edits (a letter more, less, other, or two swapped) from one word to the other; {@code limit + 1} where there are more. */
    static int distance(String a, String b, int limit) {
        var before = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        var next = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            next[0] = i;
            var least = i;
            for (var j = 1; j <= b.length(); j++) {
                var same = a.charAt(i - 1) == b.charAt(j - 1);
                next[j] = Math.min(Math.min(row[j], next[j - 1]) + 1, row[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    next[j] = Math.min(next[j], before[j - 2] + 1);
                }
                least = Math.min(least, next[j]);
            }
            if (least > limit) {
                return limit + 1;
            }
            var spare = before;
            before = row;
            row = next;
            next = spare;
        }
        return Math.min(row[b.length()], limit + 1);
    }

    private @Nullable Word word(String part) {
        var text = part.strip().replaceAll("\\s+", " ");
        if (text.length() > 200) {
            text = text.substring(0, 200);
        }
        if (NumberCell.isMissing(text)) {
            return null;
        }
        var match = WEIGHT.matcher(text);
        if (match.matches() && tree.resolve(text).isEmpty()) {
            var weight = Double.parseDouble(match.group(2).replace(',', '.'));
            return new Word(match.group(1).strip(), match.group(3).isEmpty() ? weight : weight / 100);
        }
        return new Word(text.startsWith("#") ? text.substring(1) : text, null);
    }
}
