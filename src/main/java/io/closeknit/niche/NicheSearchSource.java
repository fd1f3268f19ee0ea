package io.closeknit.niche;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.Role;
import io.closeknit.web.SearchSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Niches in the search box: admins go to the niche's page, everybody else to its creators. */
@Component
class NicheSearchSource implements SearchSource {
    private final NicheDirectory niches;
    private final NicheSearch search;
    private final CurrentPerson current;

    NicheSearchSource(NicheDirectory niches, NicheSearch search, CurrentPerson current) {
        this.niches = niches;
        this.search = search;
        this.current = current;
    }

    @Override
    public List<Hit> search(String words, int limit) {
        var tree = niches.tree();
        var page = current.find().filter(person -> person.role() == Role.ADMIN).isPresent()
                ? "/admin/niches/"
                : "/discover?niche=";
        return search.complete(words, limit).stream()
                .map(match -> new Hit(
                        "niche.search.kind",
                        match.niche().name(),
                        detail(tree, match),
                        page + match.niche().slug()))
                .toList();
    }

    private static String detail(NicheTree tree, NicheSearch.Match match) {
        var path = tree.path(match.niche().id()).stream().map(Niche::name).collect(Collectors.joining(" › "));
        return Stream.of(path, Objects.requireNonNullElse(match.word(), ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
