package io.closeknit.brief;

import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import java.util.ArrayDeque;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the form's template asks for: how niches and fields are named, {@code @briefForms}. */
@Component("briefForms")
class BriefFormWords {
    private static final Pattern KEY = Pattern.compile("\\w+\\[(\\w+)].*");

    private final NicheDirectory niches;
    private final MessageSource messages;

    BriefFormWords(NicheDirectory niches, MessageSource messages) {
        this.niches = niches;
        this.messages = messages;
    }

    /** What people call a field of the form. */
    public String field(String field) {
        var key = KEY.matcher(field).replaceFirst("$1");
        if (field.startsWith("deliverables[")) {
            return message("brief.deliverable." + key);
        }
        if (field.startsWith("weights[")) {
            return message("brief.criterion." + key);
        }
        return message("brief.part."
                + switch (field.replaceFirst("\\[.*", "")) {
                    case "followersMin", "followersMax" -> "followers";
                    case "budgetAmount", "budgetCurrency" -> "budget";
                    case String same -> same;
                });
    }

    private String message(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }

    /** What a field takes for this niche. */
    public String shown(Niche niche) {
        return BriefForm.shown(niche.slug(), niches.tree());
    }

    /** The names from the top down to the niche: 'Sports › Running'. */
    public String path(Niche niche) {
        var tree = niches.tree();
        var names = new ArrayDeque<String>();
        names.add(niche.name());
        for (var above = tree.parent(niche.id()); above.isPresent(); above = tree.parent(above.getAsInt())) {
            tree.byId(above.getAsInt()).ifPresent(parent -> names.addFirst(parent.name()));
        }
        return String.join(" › ", names);
    }
}
