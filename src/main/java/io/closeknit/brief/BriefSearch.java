package io.closeknit.brief;

import io.closeknit.niche.NicheTree;
import io.closeknit.web.SearchSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds the workspace's briefs by name, brand, niches and product. */
@Component
class BriefSearch implements SearchSource {
    private final BriefService briefs;
    private final BriefWords words;

    BriefSearch(BriefService briefs, BriefWords words) {
        this.briefs = briefs;
        this.words = words;
    }

    @Override
    public List<Hit> search(String typed, int limit) {
        return find(typed).stream()
                .limit(limit)
                .map(brief -> new Hit(
                        "brief.search.kind",
                        brief.name(),
                        Stream.of(brand(brief), words.target(brief.document()))
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(" · ")),
                        "/briefs/" + brief.id().value()))
                .toList();
    }

    /** Those in which every typed word begins a word somewhere, those with them in the name first; blank finds all. */
    List<Brief> find(String typed) {
        var wanted = keys(typed).toList();
        var all = briefs.all();
        if (wanted.isEmpty()) {
            return typed.isBlank() ? all : List.of();
        }
        return all.stream()
                .filter(brief -> holds(text(brief), wanted))
                .sorted(Comparator.comparing(brief -> !holds(brief.name(), wanted)))
                .toList();
    }

    private static boolean holds(String text, List<String> wanted) {
        var keys = keys(text).toList();
        return wanted.stream().allMatch(word -> keys.stream().anyMatch(key -> key.startsWith(word)));
    }

    private String text(Brief brief) {
        return Stream.concat(
                        Stream.of(
                                brief.name(),
                                brand(brief),
                                Objects.requireNonNullElse(brief.document().product(), "")),
                        words.nicheNames(brief.document()).stream())
                .collect(Collectors.joining(" "));
    }

    static String brand(Brief brief) {
        var brand = brief.document().brand();
        return brand == null || brand.name() == null ? "" : brand.name();
    }

    private static Stream<String> keys(String text) {
        return Stream.of(text.split("[\\s\\p{Punct}–·]+")).map(NicheTree::key).filter(key -> !key.isEmpty());
    }
}
