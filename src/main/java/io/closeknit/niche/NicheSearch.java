package io.closeknit.niche;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

    private final NicheDirectory niches;

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
        var key = NicheTree.key(typed);
        if (key.isEmpty()) {
            return List.of();
        }
        var tree = niches.tree();
        var best = new HashMap<Integer, Ranked>();
        for (var niche : tree.all()) {
            rank(niche, key).ifPresent(ranked -> best.put(niche.id(), ranked));
        }
        if (best.isEmpty()) {
            return suggest(typed)
                    .map(guess -> List.of(new Match(guess.niche(), null)))
                    .orElse(List.of());
        }
        return best.values().stream()
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(ranked -> ranked.match.niche.name().length())
                        .thenComparing(ranked -> ranked.match.niche.slug()))
                .limit(limit)
                .map(Ranked::match)
                .toList();
    }

    private static Optional<Ranked> rank(Niche niche, String key) {
        var name = NicheTree.key(niche.name());
        if (name.equals(key) || NicheTree.key(niche.slug()).equals(key)) {
            return ranked(0, niche, null);
        }
        if (name.startsWith(key) || NicheTree.key(niche.slug()).startsWith(key)) {
            return ranked(2, niche, null);
        }
        for (var part : niche.name().split("[^\\p{L}\\p{N}']+")) {
            if (NicheTree.key(part).startsWith(key)) {
                return ranked(3, niche, null);
            }
        }
        @Nullable Ranked found = null;
        for (var word : words(niche)) {
            var other = NicheTree.key(word);
            var rank = other.equals(key) ? 1 : other.startsWith(key) ? 4 : other.contains(key) ? 6 : 9;
            if (rank < 9 && (found == null || rank < found.rank)) {
                found = new Ranked(rank, new Match(niche, word));
            }
        }
        if ((found == null || found.rank > 5) && name.contains(key)) {
            return ranked(5, niche, null);
        }
        return Optional.ofNullable(found);
    }

    private static List<String> words(Niche niche) {
        var words = new ArrayList<>(niche.aliases());
        niche.hashtags().forEach(tag -> words.add("#" + tag));
        return words;
    }

    private static Optional<Ranked> ranked(int rank, Niche niche, @Nullable String word) {
        return Optional.of(new Ranked(rank, new Match(niche, word)));
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
}
