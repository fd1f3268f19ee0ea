package io.closeknit.index;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.niche.NicheTree;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Makes the Lucene document of a creator. */
final class CreatorDocuments {
    /** Words are runs of letters and digits, without case and accents: 'ana.trails' is two. */
    static final Analyzer ANALYZER = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
            return new TokenStreamComponents(words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
        }
    };

    private final CreatorRowEncoder encoder;

    CreatorDocuments(NicheTree tree) {
        encoder = new CreatorRowEncoder(tree);
    }

    Document of(CatalogueCreator creator) {
        var from = creator.document();
        var row = encoder.encode(creator);
        var document = new Document();
        document.add(new StringField(IndexFields.ID, Long.toString(creator.id()), Field.Store.NO));
        document.add(new StringField(IndexFields.SLUG, row.slug.toString(), Field.Store.NO));
        document.add(new BinaryDocValuesField(IndexFields.ROW, new BytesRef(row.toBytes())));
        document.add(new TextField(IndexFields.NAME, row.name.toString(), Field.Store.YES));
        var accounts = list(from.accounts());
        document.add(new TextField(
                IndexFields.HANDLE,
                accounts.stream().map(AccountDocument::handle).distinct().collect(Collectors.joining(" ")),
                Field.Store.YES));
        var bio = from.bio();
        if (bio != null) {
            document.add(new TextField(IndexFields.BIO, bio, Field.Store.YES));
            CompiledBrief.words(bio)
                    .forEach(
                            word -> document.add(new StringField(IndexFields.FIT_WORD, bounded(word), Field.Store.NO)));
        }
        var tags = list(from.hashtags()).stream().map(HashtagWeight::tag).toList();
        if (!tags.isEmpty()) {
            document.add(new TextField(IndexFields.TAGS, String.join(" ", tags), Field.Store.YES));
            tags.forEach(tag -> document.add(
                    new StringField(IndexFields.FIT_TAG, bounded(CompiledBrief.comparable(tag)), Field.Store.NO)));
        }
        return document;
    }

    /** Lucene refuses terms of 32 kB. */
    private static String bounded(String term) {
        return term.length() <= 1_000 ? term : term.substring(0, 1_000);
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
