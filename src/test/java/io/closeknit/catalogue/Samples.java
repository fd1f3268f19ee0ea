package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.context.support.ResourceBundleMessageSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the catalogue's tests that need no database share. */
final class Samples {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Origin FILE = new Origin("file.csv", NOW, false);
    static final NicheTree NICHES =
            new NicheTree(1, List.of(niche(1, "running", "jogging"), niche(2, "travel"), niche(3, "outdoor-gear")));

    static final Sentences SENTENCES = sentences();

    private Samples() {}

    private static Sentences sentences() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/catalogue");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Sentences(messages);
    }

    private static Niche niche(int id, String slug, String... aliases) {
        return new Niche(id, slug, slug.replace('-', ' '), null, null, null, List.of(aliases), List.of(), List.of(), 1);
    }

    /** A JSON object; single quotes stand for double ones. */
    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    /** Reads what must be valid. */
    static SentCreator sent(String text) {
        var reading = new CreatorReading(SENTENCES, NICHES, true, Set.of(), NOW);
        var sent = reading.read(json(text));
        if (!reading.problems().isEmpty()) {
            throw new AssertionError(reading.problems());
        }
        return sent;
    }
}
