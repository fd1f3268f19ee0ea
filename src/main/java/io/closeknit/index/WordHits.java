package io.closeknit.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * How many of a brief's words each creator has: in her bio as a word, or in a hashtag as a part of it. By the terms of the
 * index, so that no text is read.
 */
final class WordHits {
    /** Words that count at most. */
    static final int MOST_WORDS = 120;

    private static final byte[] NONE = {};

    private final List<String> words;

    WordHits(List<String> words) {
        this.words = words;
    }

    /** By document of the leaf; empty where no word is asked. */
    byte[] in(LeafReaderContext leaf) throws IOException {
        if (words.isEmpty()) {
            return NONE;
        }
        var docs = leaf.reader().maxDoc();
        var counts = new byte[docs];
        var matches = new FixedBitSet[words.size()];
        for (var w = 0; w < matches.length; w++) {
            matches[w] = new FixedBitSet(docs);
        }
        inBios(leaf, matches);
        inHashtags(leaf, matches);
        for (var match : matches) {
            var bits = match;
            for (var doc = bits.length() == 0 ? DocIdSetIterator.NO_MORE_DOCS : bits.nextSetBit(0);
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = doc + 1 >= docs ? DocIdSetIterator.NO_MORE_DOCS : bits.nextSetBit(doc + 1)) {
                counts[doc]++;
            }
        }
        return counts;
    }

    private void inBios(LeafReaderContext leaf, FixedBitSet[] matches) throws IOException {
        var terms = leaf.reader().terms(IndexFields.FIT_WORD);
        if (terms == null) {
            return;
        }
        var each = terms.iterator();
        PostingsEnum postings = null;
        for (var w = 0; w < matches.length; w++) {
            if (each.seekExact(new BytesRef(words.get(w)))) {
                postings = mark(each, postings, matches[w]);
            }
        }
    }

    private void inHashtags(LeafReaderContext leaf, FixedBitSet[] matches) throws IOException {
        var terms = leaf.reader().terms(IndexFields.FIT_TAG);
        if (terms == null) {
            return;
        }
        var each = terms.iterator();
        PostingsEnum postings = null;
        for (var term = each.next(); term != null; term = each.next()) {
            var tag = term.utf8ToString();
            for (var w = 0; w < matches.length; w++) {
                if (tag.contains(words.get(w))) {
                    postings = mark(each, postings, matches[w]);
                }
            }
        }
    }

    private static PostingsEnum mark(TermsEnum term, @Nullable PostingsEnum reuse, FixedBitSet match)
            throws IOException {
        var postings = term.postings(reuse, PostingsEnum.NONE);
        match.or(postings);
        return postings;
    }
}
