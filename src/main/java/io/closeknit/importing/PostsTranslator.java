package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Understands what {@link PostRecords} made of a creator's posts. */
final class PostsTranslator implements RecordTranslator {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable Platform chosen;
    private final @Nullable Platform ofFileName;

    /** @param chosen for the whole file; null where the columns or the name of the file say */
    PostsTranslator(@Nullable Platform chosen, @Nullable Platform ofFileName) {
        this.chosen = chosen;
        this.ofFileName = ofFileName;
    }

    @Override
    public Translated translate(RawRecord record) {
        var wrapped = JSON.readTree(record.text());
        if (!(wrapped.get("creator") instanceof ObjectNode creator)
                || !(creator.at("/accounts/0") instanceof ObjectNode account)) {
            return new Translated.Refused(Sentence.of("importing.reject.noHandle"));
        }
        if (chosen != null) {
            account.put("platform", chosen.key());
        } else if (!account.has("platform") && ofFileName != null) {
            account.put("platform", ofFileName.key());
        }
        if (!account.has("platform")) {
            return new Translated.Refused(Sentence.of("importing.reject.noPlatform"));
        }
        creator.path("mentions")
                .forEach(mention -> ((ObjectNode) mention)
                        .put("platform", account.path("platform").asString()));
        var notes = new ArrayList<Translated.Note>();
        wrapped.path("notes")
                .forEach(note -> notes.add(Translated.Note.leftOut(
                        note.path(0).asString(),
                        note.path(1).asString(),
                        note.path(2).asString())));
        return new Translated.Creator(creator, notes);
    }

    @Override
    public String nameOf(String path) {
        return path;
    }
}
