package io.closeknit.niche;

import io.closeknit.web.AnyParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Niches for somebody who is typing one, as the options of a datalist. Every form may use it: put
 * {@code <datalist th:replace="~{niche/suggest :: datalist(id='…', field='field-parent')}">} beside the field and name
 * its id in the field's {@code list}.
 */
@Controller
class NicheSuggestController {
    private static final int MOST = 12;

    private final NicheDirectory niches;
    private final NicheSearch search;

    NicheSuggestController(NicheDirectory niches, NicheSearch search) {
        this.niches = niches;
        this.search = search;
    }

    /** @param q what was typed; where it is missing the parameter that is named like the field that was typed into */
    @AnyParameters
    @GetMapping("/niches/suggest")
    String options(
            @RequestParam(required = false) @Nullable String q,
            @RequestHeader(name = "HX-Trigger-Name", required = false) @Nullable String field,
            HttpServletRequest request,
            Model model) {
        var typed = q != null ? q : field == null ? firstValue(request) : request.getParameter(field);
        var tree = niches.tree();
        model.addAttribute(
                "suggestions",
                search.complete(typed == null ? "" : typed, MOST).stream()
                        .map(match -> suggestion(tree, match))
                        .toList());
        return "niche/suggest :: options";
    }

    /** What is typed is in whichever field the list belongs to. */
    private static @Nullable String firstValue(HttpServletRequest request) {
        return request.getParameterMap().values().stream()
                .flatMap(values -> List.of(values).stream())
                .findFirst()
                .orElse(null);
    }

    private static Suggestion suggestion(NicheTree tree, NicheSearch.Match match) {
        var niche = match.niche();
        var path = tree.path(niche.id()).stream().map(Niche::name).collect(Collectors.joining(" › "));
        return new Suggestion(tree.spokenName(niche), path, match.word());
    }

    /**
     * @param value what goes into the field: the name, or the slug where the name means another niche
     * @param path the names of the niches above; empty at the top
     * @param word the alias or hashtag that it was found by; null where it was the name
     */
    record Suggestion(String value, String path, @Nullable String word) {}
}
