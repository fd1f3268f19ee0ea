package io.closeknit.importing;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Words a {@link Sentence}, in the language of the request. */
@Component("importSentences")
public class Sentences {
    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    /** The wording of one or several sentences; a text that is none stays as it is. */
    public String text(String stored) {
        var locale = LocaleContextHolder.getLocale();
        return Sentence.parts(stored).stream().map(part -> text(part, locale)).collect(Collectors.joining(" "));
    }

    /** The same, null for null. */
    public @Nullable String textOrNull(@Nullable String stored) {
        return stored == null ? null : text(stored);
    }

    private String text(Sentence.Part part, Locale locale) {
        var key = part.key();
        var worded =
                key == null ? null : messages.getMessage(key, part.arguments().toArray(), part.text(), locale);
        return worded == null ? part.text() : worded;
    }
}
