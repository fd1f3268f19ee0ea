package io.closeknit.importing;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Where the list of creators begins in a JSON file that wraps it: {@code {"error": false, "data": {"creators": [ … ]}}}.
 */
final class JsonStart {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEEPEST = 4;
    /** The list begins near the beginning: of what stands before it so many characters are looked at. */
    private static final int MOST_CHARACTERS = 4_000_000;

    private JsonStart() {}

    /**
     * @return how many characters stand before the list's bracket; null where the first object wraps no list of creators
     */
    static @Nullable Long of(Reader in) throws IOException {
        var path = new ArrayDeque<String>();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), new Bounded(in))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            var name = "";
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> name = parser.currentName();
                    case START_OBJECT -> {
                        if (path.size() + 1 >= DEEPEST || !isWrapper(name)) {
                            parser.skipChildren();
                        } else {
                            path.push(name);
                        }
                    }
                    case END_OBJECT -> {
                        if (path.isEmpty()) {
                            return null;
                        }
                        path.pop();
                    }
                    case START_ARRAY -> {
                        var at = parser.currentTokenLocation().getCharOffset();
                        if (isList(name) && parser.nextToken() == JsonToken.START_OBJECT) {
                            return at;
                        }
                        skipArray(parser);
                    }
                    default -> {
                        // a figure about the list
                    }
                }
            }
        } catch (JacksonException e) {
            return null; // the reader of records says what is wrong
        }
        return null;
    }

    /** Names of objects around a list; 'profile' of a report is none. */
    private static boolean isWrapper(String name) {
        return switch (name) {
            case "data", "result", "results", "response", "body", "payload", "content", "page" -> true;
            default -> false;
        };
    }

    private static boolean isList(String name) {
        return switch (name) {
            case "creators",
                    "influencers",
                    "items",
                    "data",
                    "results",
                    "result",
                    "rows",
                    "records",
                    "reports",
                    "profiles",
                    "users",
                    "list",
                    "directs",
                    "lookalikes",
                    "channels",
                    "hits",
                    "content" -> true;
            default -> false;
        };
    }

    private static void skipArray(JsonParser parser) {
        var depth = parser.currentToken() == JsonToken.END_ARRAY ? 0 : 1;
        if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY || depth == 1) {
                parser.skipChildren();
            }
        }
        while (depth > 0) {
            var token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                parser.skipChildren();
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            }
        }
    }

    /** Ends after so many characters. */
    private static final class Bounded extends Reader {
        private final Reader in;
        private int left = MOST_CHARACTERS;

        Bounded(Reader in) {
            this.in = in;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            var read = in.read(buffer, offset, Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
