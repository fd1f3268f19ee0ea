package io.closeknit.niche;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The taxonomy at one moment: immutable, safe to share between threads. Ids are those of {@link Niche#id()}. */
public final class NicheTree {
    private static final int NONE = -1;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_A_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

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
     */
    public NicheTree(long version, List<Niche> niches) {
        this.version = version;
        all = niches.stream().sorted(Comparator.comparing(Niche::slug)).toList();
        var size = 1 + all.stream().mapToInt(Niche::id).max().orElse(NONE);
        byId = new Niche[size];
        parent = new int[size];
        top = new int[size];
        children = new ArrayList<>();
        related = new ArrayList<>();
        for (var id = 0; id < size; id++) {
            children.add(new ArrayList<>());
            related.add(new HashMap<>());
        }
        for (var niche : all) {
            byId[niche.id()] = niche;
            bySlug.put(niche.slug(), niche);
        }
        for (var niche : all) {
            var above = niche.parentId();
            parent[niche.id()] = above == null ? NONE : above;
            if (above != null) {
                children.get(above).add(niche);
            }
            for (var relation : niche.related()) {
                var other = bySlug.get(relation.niche());
                if (other != null) {
                    related.get(niche.id()).merge(other.id(), relation.strength(), Math::max);
                    related.get(other.id()).merge(niche.id(), relation.strength(), Math::max);
                }
            }
        }
        for (var niche : all) {
            var id = niche.id();
            while (parent[id] != NONE) {
                id = parent[id];
            }
            top[niche.id()] = id;
        }
        // A slug or name says more than an alias, an alias more than a hashtag.
        all.forEach(niche -> byWord.putIfAbsent(key(niche.slug()), niche));
        all.forEach(niche -> byWord.putIfAbsent(key(niche.name()), niche));
        all.forEach(niche -> niche.aliases().forEach(word -> byWord.putIfAbsent(key(word), niche)));
        all.forEach(niche -> niche.hashtags().forEach(word -> byWord.putIfAbsent(key(word), niche)));
    }

    public long version() {
        return version;
    }

    /** Every niche, by slug. */
    public List<Niche> all() {
        return all;
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
        var key = key(word);
        return key.isEmpty() ? Optional.empty() : Optional.ofNullable(byWord.get(key));
    }

    /** The niches directly below this one, by slug. */
    public List<Niche> children(int id) {
        return children.get(id);
    }

    /** The niche directly above; empty at the top. */
    public OptionalInt parent(int id) {
        return parent[id] == NONE ? OptionalInt.empty() : OptionalInt.of(parent[id]);
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
        return Map.copyOf(related.get(id));
    }

    /** What words are compared by: lower case, no accents, letters and digits only. */
    public static String key(String word) {
        var plain =
                MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD)).replaceAll("");
        return NOT_A_LETTER_OR_DIGIT.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
