package io.closeknit.matching;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The module's messages in the language of the request. */
@Component
class Sentences {
    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    String of(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }

    /** @return the other where there is no such message */
    String or(String key, String other) {
        var found = messages.getMessage(key, null, null, LocaleContextHolder.getLocale());
        return found == null ? other : found;
    }
}
