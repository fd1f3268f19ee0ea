package io.closeknit.importing;

import java.util.ArrayList;
import java.util.List;

/**
 * Something to tell the person who sent the file, kept as the key of a message with its arguments, so that it is worded
 * when it is shown. It travels and is stored as one string; a string that is none of these is a text as it stands.
 */
final class Sentence {
    private static final char ARGUMENT = '\u001F';
    private static final String NUMBER = "\u0001";
    private static final String PREFIX = "importing.";
    private static final char NEXT = '\u001E';

    private Sentence() {}

    /** @param arguments whole numbers stay numbers, all else is text */
    static String of(String key, Object... arguments) {
        var sentence = new StringBuilder(key);
        for (var argument : arguments) {
            var number = argument instanceof Integer || argument instanceof Long;
            sentence.append(ARGUMENT).append(number ? NUMBER : "").append(withoutMarks(String.valueOf(argument)));
        }
        return sentence.toString();
    }

    /** Several, one after the other. */
    static String all(List<String> sentences) {
        return String.join(String.valueOf(NEXT), sentences);
    }

    /** One or several taken apart, in order. */
    static List<Part> parts(String stored) {
        var parts = new ArrayList<Part>();
        for (var one : stored.split(String.valueOf(NEXT), -1)) {
            var pieces = one.split(String.valueOf(ARGUMENT), -1);
            if (!one.startsWith(PREFIX) || one.indexOf(' ') >= 0 && pieces[0].indexOf(' ') >= 0) {
                parts.add(new Part(null, List.of(), one));
                continue;
            }
            var arguments = new ArrayList<Object>();
            for (var i = 1; i < pieces.length; i++) {
                arguments.add(pieces[i].startsWith(NUMBER) ? (Object) Long.valueOf(pieces[i].substring(1)) : pieces[i]);
            }
            parts.add(new Part(pieces[0], arguments, one));
        }
        return parts;
    }

    /** @param key null where it is a text as it stands */
    record Part(@org.jspecify.annotations.Nullable String key, List<Object> arguments, String text) {}

    private static String withoutMarks(String text) {
        return text.replace(ARGUMENT, ' ').replace(NEXT, ' ').replace('\u0001', ' ');
    }
}
