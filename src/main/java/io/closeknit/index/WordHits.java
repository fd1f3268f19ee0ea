package io.closeknit.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * How many of a brief's words each creator has: in her bio as a word, or in a hashtag as a part of it. By the terms of the
 * index, so that no text is read.
 */
final class WordHits {
    private static final char[] NONE = {};

    private final List<String> words;
    private final Cache cache;

    /** @param words distinct, each as {@link CompiledBrief#words} gives them */
    WordHits(List<String> words, Cache cache) {
        this.words = List.copyOf(words);
        this.cache = cache;
    }

    /** By document of the leaf; empty where no word is asked. Not to be written to. */
    char[] in(LeafReaderContext leaf) throws IOException {
        if (words.isEmpty()) {
            return NONE;
        }
        var segment = leaf.reader().getCoreCacheHelper();
        var key = segment == null ? null : new Cache.Key(segment.getKey(), words);
        var counts = key == null ? null : cache.get(key);
        if (counts == null) {
            counts = count(leaf);
            if (key != null) {
                cache.put(key, counts);
            }
        }
        return counts;
    }

    private char[] count(LeafReaderContext leaf) throws IOException {
        var bios = leaf.reader().terms(IndexFields.FIT_WORD);
        var bio = bios == null ? null : bios.iterator();
        var tags = leaf.reader().terms(IndexFields.FIT_TAG);
        var tag = tags == null ? null : tags.iterator();
        var holding = tag == null ? Map.<Integer, List<BytesRef>>of() : tagsByWord(tag);
        var marks = new Marks(leaf.reader().maxDoc());
        for (var w = 0; w < words.size(); w++) {
            marks.next();
            if (bio != null && bio.seekExact(new BytesRef(words.get(w)))) {
                marks.mark(bio);
            }
            if (tag != null) {
                for (var term : holding.getOrDefault(w, List.of())) {
                    if (tag.seekExact(term)) {
                        marks.mark(tag);
                    }
                }
            }
        }
        return marks.counts;
    }

    /** The hashtags that hold a word, by the number of the word. One pass over all, whatever the number of words. */
    private Map<Integer, List<BytesRef>> tagsByWord(TermsEnum tags) throws IOException {
        var finder = new Finder(words);
        var holding = new HashMap<Integer, List<BytesRef>>();
        for (var term = tags.next(); term != null; term = tags.next()) {
            var text = term.utf8ToString();
            for (var from = 0; from + Finder.BEGINNING <= text.length(); from++) {
                for (var word : finder.startingAt(text, from)) {
                    var terms = holding.computeIfAbsent(word, _ -> new ArrayList<>());
                    if (terms.isEmpty() || !terms.getLast().bytesEquals(term)) { // a word may be in it twice
                        terms.add(BytesRef.deepCopyOf(term));
                    }
                }
            }
        }
        return holding;
    }

    /** Counts each document once for each word. */
    private static final class Marks {
        private final char[] counts;
        private final int[] lastWord;
        private int word;
        private @Nullable PostingsEnum postings;

        Marks(int docs) {
            counts = new char[docs];
            lastWord = new int[docs];
        }

        void next() {
            word++;
        }

        void mark(TermsEnum term) throws IOException {
            var docs = term.postings(postings, PostingsEnum.NONE);
            postings = docs;
            for (var doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                if (lastWord[doc] != word) {
                    lastWord[doc] = word;
                    counts[doc]++;
                }
            }
        }
    }

    /** Finds words by their first four characters, so that most places of a text cost one look into a bit. */
    private static final class Finder {
        /** Words are at least so long. */
        static final int BEGINNING = 4;

        private static final int[] NO_WORD = {};
        private static final int BITS = 1 << 14;

        private final List<String> words;
        private final boolean[] maybe = new boolean[BITS];
        private final Map<Long, int[]> byBeginning = new HashMap<>();

        Finder(List<String> words) {
            this.words = words;
            for (var w = 0; w < words.size(); w++) {
                var beginning = beginning(words.get(w), 0);
                maybe[bit(beginning)] = true;
                byBeginning.merge(beginning, new int[] {w}, Finder::joined);
            }
        }

        private static int[] joined(int[] a, int[] b) {
            var joined = java.util.Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, joined, a.length, b.length);
            return joined;
        }

        private static long beginning(String text, int from) {
            return (long) text.charAt(from) << 48
                    | (long) text.charAt(from + 1) << 32
                    | (long) text.charAt(from + 2) << 16
                    | text.charAt(from + 3);
        }

        private static int bit(long beginning) {
            return (int) (beginning * 0x9E3779B97F4A7C15L >>> 50); // the upper 14 bits
        }

        /** The numbers of the words that stand in the text from this place on. */
        int[] startingAt(String text, int from) {
            var beginning = beginning(text, from);
            var candidates = maybe[bit(beginning)] ? byBeginning.get(beginning) : null;
            if (candidates == null) {
                return NO_WORD;
            }
            return java.util.Arrays.stream(candidates)
                    .filter(w -> text.startsWith(words.get(w), from))
                    .toArray();
        }
    }

    /**
     * Counts of segments and words that were asked lately: segments never change, so that a brief that is paged through or
     * weighed anew does not look through all hashtags again. Safe to share between threads.
     */
    static final class Cache {
        /** Counts kept at most, of two bytes each. */
        private static final long MOST = 16_000_000;

        /** @param segment stands for the segment but does not hold it */
        private record Key(IndexReader.CacheKey segment, List<String> words) {}

        private final LinkedHashMap<Key, char[]> kept = new LinkedHashMap<>(16, 0.75f, true);
        private long size;

        private synchronized char @Nullable [] get(Key key) {
            return kept.get(key);
        }

        private synchronized void put(Key key, char[] counts) {
            var before = kept.put(key, counts);
            size += counts.length - (before == null ? 0 : before.length);
            var oldest = kept.values().iterator();
            while (size > MOST && oldest.hasNext()) {
                size -= oldest.next().length;
                oldest.remove();
            }
        }
    }
}
