package io.closeknit.brief;

import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheFinder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Suggests niches from what is written about brand, product and message. */
@Component
class BriefSuggestions {
    private static final int LIMIT = 8;

    private final NicheDirectory niches;
    private final NicheFinder finder;
    private final BriefFormWords names;

    BriefSuggestions(NicheDirectory niches, NicheFinder finder, BriefFormWords names) {
        this.niches = niches;
        this.finder = finder;
        this.names = names;
    }

    /**
     * @param path the names from the top to the niche
     * @param words of the text that it came from
     */
    record Suggestion(String slug, String path, List<String> words) {}

    /** Niches that the form's texts speak of and that it does not name yet, those with more words first. */
    List<Suggestion> forForm(BriefForm form) {
        var tree = niches.tree();
        var named = form.niches().stream()
                .flatMap(row -> tree.resolve(row.niche()).stream())
                .map(Niche::slug)
                .collect(Collectors.toSet());
        named.addAll(form.excludeNiches());
        return finder.find(String.join("\n", form.name(), form.product(), form.message(), form.brandValues())).stream()
                .filter(found -> !named.contains(found.niche().slug()))
                .sorted(Comparator.comparing(found -> -found.words().size()))
                .limit(LIMIT)
                .map(found -> new Suggestion(found.niche().slug(), names.path(found.niche()), found.words()))
                .toList();
    }
}
