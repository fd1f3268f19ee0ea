package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands creators as the API describes them, and the reports and creators of other services. */
final class JsonTranslator implements RecordTranslator {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final @Nullable Platform chosen;
    private final @Nullable Platform ofFileName;

    /** @param chosen for the whole file; null where the objects or the name of the file say */
    JsonTranslator(@Nullable Platform chosen, @Nullable Platform ofFileName) {
        this.chosen = chosen;
        this.ofFileName = ofFileName;
    }

    @Override
    public Translated translate(RawRecord record) {
        ObjectNode creator;
        try {
            if (!(JSON.readTree(record.text()) instanceof ObjectNode object)) {
                return new Translated.Refused(Sentence.of("importing.reject.noObject"));
            }
            creator = object;
        } catch (JacksonException e) {
            var at = e.getLocation();
            var message = e.getOriginalMessage();
            var why = message == null ? "" : withoutEnd(message);
            return new Translated.Refused(
                    at == null
                            ? Sentence.of("importing.reject.json", why)
                            : Sentence.of(
                                    "importing.reject.jsonAt",
                                    record.line() + at.getLineNr() - 1,
                                    at.getColumnNr(),
                                    why));
        }
        if (hasHalfCharacters(record.text())) {
            return new Translated.Refused(Sentence.of("importing.reject.halfCharacters"));
        }
        var platform = chosen == null ? ofFileName : chosen;
        var notes = new ArrayList<Translated.Note>();
        var vendor = VendorReports.read(creator, chosen, ofFileName, notes);
        if (vendor.isPresent()) {
            return vendor.get();
        }
        SpecialData.remove(creator, notes);
        if (platform != null && creator.get("accounts") instanceof ArrayNode accounts) {
            for (var account : accounts) {
                if (account instanceof ObjectNode object && (chosen != null || !object.has("platform"))) {
                    object.put("platform", platform.key());
                }
            }
        }
        return new Translated.Creator(creator, notes);
    }

    private static String withoutEnd(String message) {
        var first = message.lines().findFirst().orElse("").strip();
        first = first.length() > 200 ? first.substring(0, 200) : first;
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    /** PostgreSQL keeps neither NUL nor half of a surrogate pair. */
    private static boolean hasHalfCharacters(String text) {
        var at = text.indexOf("\\u");
        while (at >= 0 && at + 6 <= text.length()) {
            int unit;
            try {
                unit = Integer.parseInt(text, at + 2, at + 6, 16);
            } catch (NumberFormatException e) {
                return false; // an escaped backslash before a 'u'
            }
            if (unit == 0) {
                return true;
            }
            if (Character.isLowSurrogate((char) unit)) {
                return true;
            }
            if (Character.isHighSurrogate((char) unit)) {
                if (!text.startsWith("\\u", at + 6) || at + 12 > text.length() || !isLow(text, at + 8)) {
                    return true;
                }
                at += 6;
            }
            at = text.indexOf("\\u", at + 6);
        }
        return false;
    }

    private static boolean isLow(String text, int at) {
        try {
            return Character.isLowSurrogate((char) Integer.parseInt(text, at, at + 4, 16));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public String nameOf(String path) {
        return path;
    }
}
