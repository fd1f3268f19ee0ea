package io.closeknit.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Turns typed words into a query: each must be in a name, handle, bio or hashtag, as it is, as a beginning, or nearly. */
final class WordQuery {
    static final String[] FIELDS = {IndexFields.NAME, IndexFields.HANDLE, IndexFields.BIO, IndexFields.TAGS};

    /** Words that count; what is typed beyond narrows nothing. */
    private static final int MOST_WORDS = 12;

    private static final int FUZZY_PREFIX = 1;

    private static final String[] NAMES = {IndexFields.NAME, IndexFields.HANDLE};
    private static final float EXACT = 4;
    private static final float BEGINNING = 2;
    private static final float NEARLY = 1;

    private WordQuery() {}

    /** Every creator where nothing is typed that could be a word. */
    static Query of(String typed) {
        return of(typed, Occur.MUST);
    }

    /** Any of the words: what to mark in one field, since the others may have matched elsewhere. */
    static Query any(String typed) {
        return of(typed, Occur.SHOULD);
    }

    private static Query of(String typed, Occur each) {
        var all = new BooleanQuery.Builder();
        var words = words(typed);
        words.forEach(word -> all.add(anywhere(word), each));
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

    /**
     * Each word must be in a name or handle, as it is, as a beginning, or nearly; what is nearer scores higher. Nobody where
     * nothing is typed that could be a word.
     */
    static Query named(String typed) {
        var all = new BooleanQuery.Builder();
        var words = words(typed);
        words.forEach(word -> all.add(named(word, new BooleanQuery.Builder()), Occur.MUST));
        return words.isEmpty() ? new MatchNoDocsQuery() : all.build();
    }

    private static Query named(String word, BooleanQuery.Builder any) {
        for (var field : NAMES) {
            var term = new Term(field, word);
            any.add(scored(new TermQuery(term), EXACT), Occur.SHOULD);
            if (word.length() >= 2) {
                any.add(scored(new PrefixQuery(term), BEGINNING), Occur.SHOULD);
            }
            if (word.length() >= 4) {
                any.add(scored(new FuzzyQuery(term, word.length() >= 8 ? 2 : 1, FUZZY_PREFIX), NEARLY), Occur.SHOULD);
            }
        }
        return any.build();
    }

    /** The same for a rare name as for a frequent one. */
    private static Query scored(Query query, float score) {
        return new BoostQuery(new ConstantScoreQuery(query), score);
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
