package io.closeknit.index;

import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Answers a request over one snapshot. All engines give the same answer, to the last bit. */
interface RankingEngine {
    /**
     * @throws RankingOvertakenException where a newer request has taken this one's place
     */
    Ranker.Result rank(Request request) throws IOException;

    /**
     * What is asked, compiled.
     *
     * @param narrowed the creators in question, by words, slug and exclusion
     * @param turn tells whether the answer is still wanted
     */
    record Request(
            IndexReader reader,
            Query narrowed,
            CompiledBrief brief,
            RowFilter filter,
            WordHits words,
            RankQuery query,
            Turn turn) {

        /** Compiles a query for a snapshot. */
        static Request of(
                IndexReader reader,
                RankQuery query,
                NicheTree tree,
                Statistics statistics,
                Tiers tiers,
                WordHits.Cache words) {
            return of(reader, query, new CompiledBrief(query.question(), tree, statistics, tiers), words);
        }

        /** Likewise for a brief that is compiled already: the query's, with its weights. */
        static Request of(IndexReader reader, RankQuery query, CompiledBrief brief, WordHits.Cache words) {
            var question = query.question();
            return new Request(
                    reader,
                    narrowed(query),
                    brief,
                    new RowFilter(
                            query.filters(), question.platforms(), brief.tree(), brief.tiers(), brief.statistics()),
                    new WordHits(question.belief().words(), words),
                    query,
                    Turn.UNDISPUTED);
        }

        /** The same, as long as the turn is not taken. */
        Request inTurn(Turn other) {
            return new Request(reader, narrowed, brief, filter, words, query, other);
        }

        /** The same, without counting facets. */
        Request withoutFacets() {
            var counted = new RankQuery(
                    query.question(),
                    query.filters(),
                    query.words(),
                    query.slug(),
                    query.sort(),
                    query.after(),
                    query.limit(),
                    false,
                    false);
            return new Request(reader, narrowed, brief, filter, words, counted, turn);
        }

        /** What the query narrows the creators down to before any row is read. */
        static Query narrowed(RankQuery query) {
            if (query.slug() != null) {
                return new TermQuery(new Term(IndexFields.SLUG, query.slug()));
            }
            var text = text(query);
            var excluded = query.filters().excludeSlugs();
            if (text == null && excluded.isEmpty()) {
                return new MatchAllDocsQuery();
            }
            var narrowed = new BooleanQuery.Builder().add(text == null ? new MatchAllDocsQuery() : text, Occur.FILTER);
            if (!excluded.isEmpty()) {
                narrowed.add(
                        new TermInSetQuery(
                                IndexFields.SLUG,
                                excluded.stream().map(BytesRef::new).collect(Collectors.toSet())),
                        Occur.MUST_NOT);
            }
            return narrowed.build();
        }

        private static @Nullable Query text(RankQuery query) {
            var words = query.words();
            return words == null || words.isBlank() ? null : WordQuery.of(words);
        }
    }
}
