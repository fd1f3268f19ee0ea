package io.closeknit.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Turns typed words into a query: each must be in a name, handle, bio or hashtag, as it is, as a beginning, or nearly. */
final class WordQuery {
    static final String[] FIELDS = {IndexFields.NAME, IndexFields.HANDLE, IndexFields.BIO, IndexFields.TAGS};

    /** Words that count; what is typed beyond narrows nothing. */
    private static final int MOST_WORDS = 12;

    private static final int FUZZY_PREFIX = 1;

    private WordQuery() {}

    /** Every creator where nothing is typed that could be a word. */
    static Query of(String typed) {
        var all = new BooleanQuery.Builder();
        var words = words(typed);
        words.forEach(word -> all.add(anywhere(word), Occur.MUST));
        return words.isEmpty() ? new MatchAllDocsQuery() : all.build();
    }

    private static Query anywhere(String word) {
        var any = new BooleanQuery.Builder();
        for (var field : FIELDS) {
            var term = new Term(field, word);
            any.add(new TermQuery(term), Occur.SHOULD);
            if (word.length() >= 2) {
                any.add(new PrefixQuery(term), Occur.SHOULD);
            }
            if (word.length() >= 4) {
                any.add(new FuzzyQuery(term, word.length() >= 8 ? 2 : 1, FUZZY_PREFIX), Occur.SHOULD);
            }
        }
        return any.build();
    }

    private static List<String> words(String typed) {
        var words = new ArrayList<String>();
        try (var tokens = CreatorDocuments.ANALYZER.tokenStream(IndexFields.NAME, typed)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken() && words.size() < MOST_WORDS) {
                words.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new IllegalStateException("Text in memory can be read", e);
        }
        return words;
    }
}
