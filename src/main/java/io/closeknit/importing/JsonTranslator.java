package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands creators as the API describes them. */
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
                return new Translated.Refused("A creator is an object, in {} brackets; this is not one.");
            }
            creator = object;
        } catch (JacksonException e) {
            var at = e.getLocation();
            var message = e.getOriginalMessage();
            return new Translated.Refused("This is not valid JSON%s: %s."
                    .formatted(
                            at == null ? "" : " at " + place(record, at.getLineNr(), at.getColumnNr()),
                            message == null ? "it ends too early" : withoutEnd(message)));
        }
        if (hasHalfCharacters(record.text())) {
            return new Translated.Refused(
                    "A text in this object holds characters that are none (\\u0000 or half of a pair).");
        }
        var platform = chosen == null ? ofFileName : chosen;
        if (platform != null && creator.get("accounts") instanceof ArrayNode accounts) {
            for (var account : accounts) {
                if (account instanceof ObjectNode object && (chosen != null || !object.has("platform"))) {
                    object.put("platform", platform.key());
                }
            }
        }
        return new Translated.Creator(creator, List.of());
    }

    private static String place(RawRecord record, int line, int column) {
        return line > 1 ? "line %d, column %d".formatted(record.line() + line - 1, column) : "column " + column;
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
