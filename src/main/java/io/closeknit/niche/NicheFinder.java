package io.closeknit.niche;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Finds niches in running text and in hashtags, and says which words each came from. The longest words win: in 'trail
 * running shoes' it is trail running and not running.
 */
@Service
public class NicheFinder {
    private static final int LONGEST_PHRASE = 5;
    /** A known word that is only part of a hashtag: shorter ones are in there by accident ('ear' in 'heart'). */
    private static final int SHORTEST_PART = 4;

    private static final int PART_THAT_STANDS_ALONE = 6;
    /** Longer hashtags are noise, and taking them apart would only take time. */
    private static final int LONGEST_HASHTAG = 100;

    private static final Pattern TOKEN = Pattern.compile("#?[\\p{L}\\p{M}\\p{N}_]+(?:['’][\\p{L}\\p{M}]+)*");
    private static final Pattern ENDS_A_PHRASE = Pattern.compile("[.,;:!?()\\[\\]\\n/|\"]");
    private static final Pattern INSIDE_A_TAG =
            Pattern.compile("_+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");
    private static final Pattern SHORT_AND_LOUD = Pattern.compile("[\\p{Lu}\\p{N}]{2,}");

    /** Ordinary words that name a niche where they stand alone as a category or a tag, not in a sentence. */
    private static final Set<String> ORDINARY = read("ordinary-words.txt");

    /** What people hang on to a topic: with one of these as the rest, a short part of a hashtag counts too. */
    private static final Set<String> AROUND_A_TOPIC = read("words-around-a-topic.txt");

    private final NicheDirectory niches;

    private static Set<String> read(String file) {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(NicheFinder.class.getResourceAsStream("/niche/" + file)),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .map(NicheTree::key)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NicheFinder(NicheDirectory niches) {
        this.niches = niches;
    }

    /**
     * Finds every niche that a text speaks of, hashtags included.
     *
     * @return in the order of their first words; each niche once
     */
    public List<Found> find(String text) {
        var tree = niches.tree();
        var found = new LinkedHashMap<Integer, Set<String>>();
        for (var phrase : phrases(text)) {
            findInPhrase(tree, phrase, found);
        }
        return toFound(tree, found);
    }

    /** Finds the niches that one hashtag speaks of; '#' or not. Empty where its words are none of ours. */
    public List<Found> findInHashtag(String tag) {
        var tree = niches.tree();
        var found = new LinkedHashMap<Integer, Set<String>>();
        var plain = tag.strip();
        findInTag(tree, plain.startsWith("#") ? plain : "#" + plain, found);
        return toFound(tree, found);
    }

    private static List<Found> toFound(NicheTree tree, Map<Integer, Set<String>> found) {
        return found.entrySet().stream()
                .map(entry -> new Found(tree.byId(entry.getKey()).orElseThrow(), List.copyOf(entry.getValue())))
                .toList();
    }

    /** Words that stand together without a stop between them. */
    private static List<List<Token>> phrases(String text) {
        var phrases = new ArrayList<List<Token>>();
        var phrase = new ArrayList<Token>();
        var end = 0;
        var matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            if (ENDS_A_PHRASE.matcher(text.substring(end, matcher.start())).find() && !phrase.isEmpty()) {
                phrases.add(List.copyOf(phrase));
                phrase.clear();
            }
            phrase.add(
                    new Token(matcher.group(), NicheTree.key(matcher.group()), matcher.start(), matcher.end(), text));
            end = matcher.end();
        }
        phrases.add(List.copyOf(phrase));
        return phrases;
    }

    private static void findInPhrase(NicheTree tree, List<Token> phrase, Map<Integer, Set<String>> found) {
        var at = 0;
        while (at < phrase.size()) {
            if (phrase.get(at).isTag()) {
                findInTag(tree, phrase.get(at).written, found);
                at++;
                continue;
            }
            at += findAt(tree, phrase, at, found);
        }
    }

    /** @return how many tokens were used, at least one */
    private static int findAt(NicheTree tree, List<Token> phrase, int at, Map<Integer, Set<String>> found) {
        var longest = 1;
        while (longest < LONGEST_PHRASE
                && at + longest < phrase.size()
                && !phrase.get(at + longest).isTag()) {
            longest++;
        }
        for (var length = longest; length >= 1; length--) {
            var key = new StringBuilder();
            for (var token : phrase.subList(at, at + length)) {
                key.append(token.key);
            }
            var niche = length == 1 ? word(tree, phrase.get(at)) : phrase(tree, key.toString());
            if (niche.isPresent()) {
                var first = phrase.get(at);
                var written = first.text.substring(first.start, phrase.get(at + length - 1).end);
                found.computeIfAbsent(niche.get().id(), _ -> new LinkedHashSet<>())
                        .add(written);
                return length;
            }
        }
        return 1;
    }

    private static Optional<Niche> phrase(NicheTree tree, String key) {
        // Two short words that together look like another one ('is port') are no phrase.
        return key.length() < 5 ? Optional.empty() : tree.resolveKey(key).or(() -> Plurals.resolve(tree, key));
    }

    private static Optional<Niche> word(NicheTree tree, Token token) {
        if (isOrdinary(token.key)
                || token.key.length() < 3
                        && !SHORT_AND_LOUD.matcher(token.written).matches()) {
            return Optional.empty();
        }
        return tree.resolveKey(token.key).or(() -> Plurals.resolve(tree, token.key));
    }

    private static boolean isOrdinary(String key) {
        return ORDINARY.contains(key) || key.endsWith("s") && ORDINARY.contains(key.substring(0, key.length() - 1));
    }

    private static void findInTag(NicheTree tree, String written, Map<Integer, Set<String>> found) {
        var key = NicheTree.key(written);
        var ids = new LinkedHashSet<Integer>();
        var whole = tree.resolveKey(key).or(() -> Plurals.resolve(tree, key));
        if (whole.isPresent()) {
            ids.add(whole.get().id());
        } else {
            var inWords = new LinkedHashMap<Integer, Set<String>>();
            var tokens = new ArrayList<Token>();
            for (var part : INSIDE_A_TAG.split(written.substring(1))) {
                tokens.add(new Token(part, NicheTree.key(part), 0, 0, ""));
            }
            if (tokens.size() > 1) {
                findInPhrase(tree, tokens, inWords);
                ids.addAll(inWords.keySet());
            }
            if (ids.isEmpty() && key.length() <= LONGEST_HASHTAG) {
                splitTag(tree, key, ids);
            }
        }
        ids.forEach(id -> found.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(written));
    }

    /** Takes the longest known word off the front or the back, then looks at what is left. */
    private static void splitTag(NicheTree tree, String key, Set<Integer> ids) {
        for (var length = key.length() - 1; length >= SHORTEST_PART; length--) {
            var front = key.substring(0, length);
            var afterFront = key.substring(length);
            if (part(tree, front, afterFront, ids)) {
                return;
            }
            var back = key.substring(key.length() - length);
            var beforeBack = key.substring(0, key.length() - length);
            if (part(tree, back, beforeBack, ids)) {
                return;
            }
        }
    }

    private static boolean part(NicheTree tree, String part, String rest, Set<Integer> ids) {
        if (isOrdinary(part)) {
            return false;
        }
        var niche = tree.resolveKey(part);
        if (niche.isEmpty()
                || part.length() < PART_THAT_STANDS_ALONE
                        && !AROUND_A_TOPIC.contains(rest)
                        && tree.resolveKey(rest).isEmpty()) {
            return false;
        }
        ids.add(niche.get().id());
        var whole = tree.resolveKey(rest);
        if (whole.isPresent()
                && rest.length() >= SHORTEST_PART
                && !AROUND_A_TOPIC.contains(rest)
                && !isOrdinary(rest)) {
            ids.add(whole.get().id());
        } else if (rest.length() > SHORTEST_PART) {
            splitTag(tree, rest, ids);
        }
        return true;
    }

    /**
     * A niche that a text speaks of.
     *
     * @param words the words it came from as they were written, hashtags with '#'; at least one, each once
     */
    public record Found(Niche niche, List<String> words) {}

    private record Token(String written, String key, int start, int end, String text) {
        boolean isTag() {
            return written.startsWith("#");
        }
    }
}
