package io.closeknit.importing;

import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What a person reads where a {@link Sentence} is shown. */
final class Wording {
    private static final Sentences SENTENCES = sentences();

    private Wording() {}

    static String of(@Nullable String sentence) {
        return SENTENCES.text(String.valueOf(sentence));
    }

    private static Sentences sentences() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/importing");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Sentences(messages);
    }
}
