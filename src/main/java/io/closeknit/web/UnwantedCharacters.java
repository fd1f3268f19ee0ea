package io.closeknit.web;

import java.util.Optional;

/** Characters that nobody types and that PostgreSQL or a spreadsheet may not hold. */
public final class UnwantedCharacters {
    private UnwantedCharacters() {}

    /** The first one: a control character other than tab and line break, or half of a pair that makes one character. */
    public static Optional<Character> first(String text) {
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (Character.isISOControl(character) && character != '\t' && character != '\n' && character != '\r') {
                return Optional.of(character);
            }
            if (Character.isSurrogate(character)) {
                if (!Character.isHighSurrogate(character)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Optional.of(character);
                }
                i++;
            }
        }
        return Optional.empty();
    }
}
