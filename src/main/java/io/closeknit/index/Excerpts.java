package io.closeknit.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;

/** Shows what matched the words that were typed. */
final class Excerpts {
    /** Sentences of a text that are shown at most. */
    private static final int PASSAGES = 2;

    private final IndexSearcher searcher;
    private final @Nullable UnifiedHighlighter highlighter;
    private final @Nullable Query query;

    /** @param query one that matches where a single field has a single word; null: nothing is marked */
    Excerpts(IndexSearcher searcher, @Nullable Query query) {
        this.searcher = searcher;
        this.query = query;
        highlighter = query == null
                ? null
                : UnifiedHighlighter.builderWithoutSearcher(CreatorDocuments.ANALYZER)
                        .withFormatter(new Parts())
                        .withMaxNoHighlightPassages(0)
                        .build();
    }

    List<Ranking.Excerpt> of(int doc) throws IOException {
        if (highlighter == null || query == null) {
            return List.of();
        }
        var excerpts = new ArrayList<Ranking.Excerpt>();
        var stored = searcher.storedFields().document(doc, Set.of(WordQuery.FIELDS));
        for (var field : WordQuery.FIELDS) {
            var text = stored.get(field);
            if (text != null
                    && highlighter.highlightWithoutSearcher(field, query, text, PASSAGES)
                            instanceof Ranking.Excerpt excerpt) {
                excerpts.add(new Ranking.Excerpt(field, excerpt.parts()));
            }
        }
        return excerpts;
    }

    /** Text in parts instead of markup: the page marks them. */
    private static final class Parts extends PassageFormatter {
        @Override
        public Object format(Passage[] passages, String content) {
            var parts = new ArrayList<Ranking.Excerpt.Part>();
            for (var passage : passages) {
                var at = passage.getStartOffset();
                for (var match = 0; match < passage.getNumMatches(); match++) {
                    var start = passage.getMatchStarts()[match];
                    var end = passage.getMatchEnds()[match];
                    if (start >= at) {
                        add(parts, content.substring(at, start), false);
                        add(parts, content.substring(start, end), true);
                        at = end;
                    }
                }
                add(parts, content.substring(at, Math.max(at, passage.getEndOffset())), false);
            }
            return new Ranking.Excerpt("", parts);
        }

        private static void add(List<Ranking.Excerpt.Part> parts, String text, boolean matched) {
            if (!text.isEmpty()) {
                parts.add(new Ranking.Excerpt.Part(text, matched));
            }
        }
    }
}
