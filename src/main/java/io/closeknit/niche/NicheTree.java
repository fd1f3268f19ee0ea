package io.closeknit.niche;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The taxonomy at one moment: immutable, safe to share between threads. Ids are those of {@link Niche#id()}. */
public final class NicheTree {
    private static final int NONE = -1;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_A_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern AND = Pattern.compile("(?i)\\s+and\\s+");

    private final long version;
    private final @Nullable Niche[] byId;
    private final int[] parent;
    private final int[] top;
    private final List<Niche> all;
    private final List<List<Niche>> children;
    private final Map<String, Niche> bySlug = new HashMap<>();
    private final Map<String, Niche> byWord = new HashMap<>();
    private final List<Map<Integer, Double>> related;

    /**
     * @param version grows with every change of the taxonomy
     * @param niches every niche, in any order; parents and related niches must be among them
     * @throws IllegalArgumentException if an id or slug is doubled, a parent or related niche is missing, or a niche
     *     lies below itself
     */
    public NicheTree(long version, List<Niche> niches) {
        this.version = version;
        all = niches.stream().sorted(Comparator.comparing(Niche::slug)).toList();
        var size = 1 + all.stream().mapToInt(Niche::id).max().orElse(NONE);
        byId = new Niche[size];
        parent = new int[size];
        top = new int[size];
        for (var niche : all) {
            if (byId[niche.id()] != null || bySlug.put(niche.slug(), niche) != null) {
                throw new IllegalArgumentException("Two niches have the id or slug of " + niche.slug());
            }
            byId[niche.id()] = niche;
        }
        for (var niche : all) {
            var above = niche.parentId();
            if (above != null && byId(above).isEmpty()) {
                throw new IllegalArgumentException("The parent of " + niche.slug() + " is missing");
            }
            parent[niche.id()] = above == null ? NONE : above;
        }
        for (var niche : all) {
            top[niche.id()] = findTop(niche);
        }
        children = collectChildren();
        related = collectRelated();
        // A slug says more than a name, a name more than an alias, an alias more than a hashtag.
        all.forEach(niche -> byWord.putIfAbsent(key(niche.slug()), niche));
        all.forEach(niche -> nameKeys(niche.name()).forEach(key -> byWord.putIfAbsent(key, niche)));
        all.forEach(niche -> niche.aliases().forEach(word -> byWord.putIfAbsent(key(word), niche)));
        all.forEach(niche -> niche.hashtags().forEach(word -> byWord.putIfAbsent(key(word), niche)));
        byWord.remove("");
    }

    private int findTop(Niche niche) {
        var at = niche.id();
        for (var steps = 0; parent[at] != NONE; steps++) {
            if (steps > all.size()) {
                throw new IllegalArgumentException(niche.slug() + " lies below itself");
            }
            at = parent[at];
        }
        return at;
    }

    private List<List<Niche>> collectChildren() {
        var collected = new ArrayList<List<Niche>>();
        for (var id = 0; id < byId.length; id++) {
            collected.add(new ArrayList<>());
        }
        for (var niche : all) {
            if (parent[niche.id()] != NONE) {
                collected.get(parent[niche.id()]).add(niche);
            }
        }
        collected.replaceAll(List::copyOf);
        return collected;
    }

    private List<Map<Integer, Double>> collectRelated() {
        var collected = new ArrayList<Map<Integer, Double>>();
        for (var id = 0; id < byId.length; id++) {
            collected.add(new HashMap<>());
        }
        for (var niche : all) {
            for (var relation : niche.related()) {
                var other = bySlug.get(relation.niche());
                if (other == null) {
                    throw new IllegalArgumentException(
                            niche.slug() + " is related to " + relation.niche() + ", which is missing");
                }
                collected.get(niche.id()).merge(other.id(), relation.strength(), Math::max);
                collected.get(other.id()).merge(niche.id(), relation.strength(), Math::max);
            }
        }
        collected.replaceAll(Map::copyOf);
        return collected;
    }

    public long version() {
        return version;
    }

    /** Every niche, by slug. */
    public List<Niche> all() {
        return all;
    }

    /** The niches that lie below no other, by slug. */
    public List<Niche> tops() {
        return all.stream().filter(niche -> niche.parentId() == null).toList();
    }

    /** The length of an array that is indexed by niche id. */
    public int idLimit() {
        return byId.length;
    }

    public Optional<Niche> byId(int id) {
        return id >= 0 && id < byId.length ? Optional.ofNullable(byId[id]) : Optional.empty();
    }

    public Optional<Niche> bySlug(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }

    /**
     * Finds the niche that a word means: its slug, name, an alias or a hashtag, without regard to case, accents, spaces,
     * hyphens, '&' and '#'.
     */
    public Optional<Niche> resolve(String word) {
        var exact = bySlug.get(word);
        if (exact != null) {
            return Optional.of(exact);
        }
        return resolveKey(key(word));
    }

    /** What to write where somebody shall read it and {@link #resolve} find the niche again: the name, else the slug. */
    String spokenName(Niche niche) {
        return resolve(niche.name()).filter(niche::equals).isPresent() ? niche.name() : niche.slug();
    }

    /** Like {@link #resolve}, for a word that went through {@link #key} already. */
    Optional<Niche> resolveKey(String key) {
        return Optional.ofNullable(byWord.get(key));
    }

    /** Every key that means a niche. */
    Set<String> keys() {
        return byWord.keySet();
    }

    /** The niches directly below this one, by slug; empty for an id that no niche has. */
    public List<Niche> children(int id) {
        return id >= 0 && id < byId.length ? children.get(id) : List.of();
    }

    /** The niche directly above; empty at the top. */
    public OptionalInt parent(int id) {
        return parent[id] == NONE ? OptionalInt.empty() : OptionalInt.of(parent[id]);
    }

    /** The niches above this one, the top-level niche first; empty at the top. */
    public List<Niche> path(int id) {
        var path = new ArrayList<Niche>();
        for (var at = parent[id]; at != NONE; at = parent[at]) {
            byId(at).ifPresent(path::addFirst);
        }
        return path;
    }

    /** The top-level niche that this one lies below, or itself. */
    public int topLevel(int id) {
        return top[id];
    }

    /** Whether the niche is the other one or lies below it, at any depth. */
    public boolean isWithin(int id, int ancestor) {
        for (var at = id; at != NONE; at = parent[at]) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    /** The curated related niches with their strength in (0, 1]; the relation holds both ways. */
    public Map<Integer, Double> related(int id) {
        return related.get(id);
    }

    /**
     * What words are compared by: lower case, no accents, letters and digits only. Letters that Unicode does not take
     * apart are written as people write them without the letter at hand: 'đ' is 'd', 'ß' is 'ss'.
     */
    public static String key(String word) {
        if (isKey(word)) {
            return word;
        }
        var plain = MARKS.matcher(Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
                .replaceAll("");
        var letters = NOT_A_LETTER_OR_DIGIT.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
        var key = new StringBuilder(letters.length());
        for (var i = 0; i < letters.length(); i++) {
            var letter = letters.charAt(i);
            switch (letter) {
                case 'đ', 'ð' -> key.append('d');
                case 'ø' -> key.append('o');
                case 'ł' -> key.append('l');
                case 'ı' -> key.append('i');
                case 'ß' -> key.append("ss");
                case 'æ' -> key.append("ae");
                case 'œ' -> key.append("oe");
                default -> key.append(letter);
            }
        }
        return key.toString();
    }

    private static boolean isKey(String word) {
        for (var i = 0; i < word.length(); i++) {
            var letter = word.charAt(i);
            if (!(letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9')) {
                return false;
            }
        }
        return true;
    }

    /** The keys of a name: as it is, and with '&' read as 'and' and the other way round. */
    static Set<String> nameKeys(String name) {
        var keys = new LinkedHashSet<String>();
        keys.add(key(name));
        keys.add(key(name.replace("&", " and ")));
        keys.add(key(AND.matcher(name).replaceAll(" ")));
        return keys;
    }
}
