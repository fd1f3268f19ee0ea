package io.closeknit.catalogue;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The module's messages, in the language of the request; of an import, which nobody waits for, in English. */
@Component("catalogueSentences")
class Sentences {
    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    /** @param key without what all of them begin with, {@code catalogue.problem.} */
    String problem(String key, Object... arguments) {
        var context = LocaleContextHolder.getLocaleContext();
        var locale = context == null ? null : context.getLocale();
        return messages.getMessage("catalogue.problem." + key, arguments, locale == null ? Locale.ENGLISH : locale);
    }
}
