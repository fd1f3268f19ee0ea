package io.closeknit.niche;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds niches by what somebody typed: half a word, a word with a typo, a word with something stuck to it. */
@Service
public class NicheSearch {
    /** Says that no topic is meant; 'other' is one letter from 'mother'. */
    private static final Set<String> NO_TOPIC = Set.of(
            "other",
            "others",
            "misc",
            "various",
            "unknown",
            "none",
            "general",
            "sonstige",
            "sonstiges",
            "otro",
            "autre",
            "altro",
            "outro",
            "ostalo");

    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("[\\s_(,;:-]*[\\d.,%()]+\\s*$");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}'’]+");
    /** Longer words name no niche, and looking for one would only take time. */
    private static final int LONGEST = 200;

    private final NicheDirectory niches;
    private volatile @Nullable Index index;

    NicheSearch(NicheDirectory niches) {
        this.niches = niches;
    }

    /**
     * The niche that a word most likely means: what it resolves to, else what it resolves to without a number at its
     * end or a plural s ({@code fashion 0.5}), else the nearest word by typos ({@code fasion}): one in four to seven
     * letters, two in longer words, none in the first letter.
     *
     * @return empty where nothing is near, or two niches are equally near: unknown is honest
     */
    public Optional<Guess> suggest(String word) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        var tree = niches.tree();
        var exact = tree.resolve(word);
        if (exact.isPresent()) {
            return exact.map(niche -> new Guess(niche, true));
        }
        var key = NicheTree.key(NUMBER_AT_THE_END.matcher(word).replaceAll(""));
        if (NO_TOPIC.contains(key)) {
            return Optional.empty();
        }
        return tree.resolveKey(key)
                .or(() -> Plurals.resolve(tree, key))
                .or(() -> nearest(tree, key))
                .map(niche -> new Guess(niche, false));
    }

    /**
     * What somebody who typed so far may mean, best first: names that begin so, names with a word that begins so, other
     * words that begin so, anything that holds it, then typos. Shorter names first among equals, then by slug.
     *
     * @param typed blank finds nothing
     */
    public List<Match> complete(String typed, int limit) {
        var key = typed.length() > LONGEST ? "" : NicheTree.key(typed);
        if (key.isEmpty()) {
            return List.of();
        }
        var best = new ArrayList<Ranked>();
        for (var entry : index(niches.tree()).entries) {
            entry.rank(key).ifPresent(best::add);
        }
        if (best.isEmpty()) {
            return suggest(typed)
                    .map(guess -> List.of(new Match(guess.niche(), null)))
                    .orElse(List.of());
        }
        return best.stream()
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(ranked -> ranked.match.niche.name().length())
                        .thenComparing(ranked -> ranked.match.niche.slug()))
                .limit(limit)
                .map(Ranked::match)
                .toList();
    }

    /** The words of every niche by their keys, made once for each tree. */
    private Index index(NicheTree tree) {
        var known = index;
        if (known == null || known.tree != tree) {
            known = new Index(tree, tree.all().stream().map(Entry::of).toList());
            index = known;
        }
        return known;
    }

    private static Optional<Niche> nearest(NicheTree tree, String key) {
        var allowed = key.length() < 4 ? 0 : key.length() < 8 ? 1 : 2;
        @Nullable Niche nearest = null;
        var tie = false;
        for (var word : allowed == 0 ? Set.<String>of() : tree.keys()) {
            if (word.charAt(0) != key.charAt(0) || Math.abs(word.length() - key.length()) > allowed) {
                continue;
            }
            var distance = EditDistance.between(key, word, allowed);
            if (distance > allowed) {
                continue;
            }
            var niche = tree.resolveKey(word).orElseThrow();
            if (nearest == null || distance < allowed) {
                tie = false;
                nearest = niche;
                allowed = distance;
            } else if (nearest.id() != niche.id()) {
                tie = true;
            }
        }
        return tie ? Optional.empty() : Optional.ofNullable(nearest);
    }

    /**
     * What a word most likely means.
     *
     * @param exact the word itself means the niche; otherwise show the guess to somebody who can correct it
     */
    public record Guess(Niche niche, boolean exact) {}

    /**
     * A niche that somebody may mean.
     *
     * @param word the alias, or the hashtag with its '#', that it was found by; null where it was the name
     */
    public record Match(Niche niche, @Nullable String word) {}

    private record Ranked(int rank, Match match) {}

    private record Index(NicheTree tree, List<Entry> entries) {}

    /** @param shown how a word is written where it is shown, hashtags with '#' */
    private record Word(String key, String shown) {}

    /** @param parts keys of the words of the name */
    private record Entry(Niche niche, String slug, String name, List<String> parts, List<Word> words) {
        static Entry of(Niche niche) {
            var words = new ArrayList<Word>();
            niche.aliases().forEach(word -> words.add(new Word(NicheTree.key(word), word)));
            niche.hashtags().forEach(tag -> words.add(new Word(NicheTree.key(tag), "#" + tag)));
            var parts = BETWEEN_WORDS
                    .splitAsStream(niche.name())
                    .map(NicheTree::key)
                    .toList();
            return new Entry(niche, NicheTree.key(niche.slug()), NicheTree.key(niche.name()), parts, words);
        }

        Optional<Ranked> rank(String key) {
            if (name.equals(key) || slug.equals(key)) {
                return ranked(0, null);
            }
            if (name.startsWith(key) || slug.startsWith(key)) {
                return ranked(2, null);
            }
            if (parts.stream().anyMatch(part -> part.startsWith(key))) {
                return ranked(3, null);
            }
            @Nullable Word found = null;
            var rank = 9;
            for (var word : words) {
                var at = word.key.equals(key) ? 1 : word.key.startsWith(key) ? 4 : word.key.contains(key) ? 6 : 9;
                if (at < rank) {
                    rank = at;
                    found = word;
                }
            }
            if (rank > 5 && name.contains(key)) {
                return ranked(5, null);
            }
            return found == null ? Optional.empty() : ranked(rank, found.shown);
        }

        private Optional<Ranked> ranked(int rank, @Nullable String word) {
            return Optional.of(new Ranked(rank, new Match(niche, word)));
        }
    }
}
