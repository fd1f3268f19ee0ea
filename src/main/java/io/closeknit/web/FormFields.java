package io.closeknit.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What {@code fragments/form} works out for a field. */
@Component("forms")
class FormFields {
    /** The id of a field's control: its path, with what an id had better not hold turned into dashes. */
    public String id(String field) {
        return "field-"
                + field.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "").toLowerCase(Locale.ROOT);
    }

    /** A field's path as words, for the head of the form: {@code followers.min} is 'Followers min'. */
    public String name(String field) {
        var words = field.replaceAll("\\[(\\d+)]", " ")
                .replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
                .replace('.', ' ')
                .replaceAll(" +", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
        return words.isEmpty() ? field : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** The value of {@code aria-describedby}: help and error, as far as they are there. */
    public @Nullable String describedBy(String id, @Nullable Object help, boolean wrong) {
        if (help == null) {
            return wrong ? id + "-error" : null;
        }
        return wrong ? id + "-help " + id + "-error" : id + "-help";
    }
}
