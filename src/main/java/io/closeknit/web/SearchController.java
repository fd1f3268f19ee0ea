package io.closeknit.web;

import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The search box in the head of every page: jumps to a creator, a brief or a niche. */
@Controller
class SearchController {
    private static final int WORDS_LENGTH = 100;
    private static final int AS_ONE_TYPES = 5;
    private static final int ON_THE_PAGE = 25;

    private final ObjectProvider<SearchSource> sources;

    SearchController(ObjectProvider<SearchSource> sources) {
        this.sources = sources;
    }

    @GetMapping("/search")
    String page(@RequestParam(defaultValue = "") String q, Model model) {
        return find(q, ON_THE_PAGE, model, "web/search");
    }

    /** The hits alone, below the search box. */
    @HxRequest(boosted = false)
    @GetMapping("/search")
    String hits(@RequestParam(defaultValue = "") String q, Model model) {
        return find(q, AS_ONE_TYPES, model, "web/search-hits");
    }

    private String find(String q, int limit, Model model, String view) {
        var words = q.strip();
        if (words.length() > WORDS_LENGTH) {
            words = words.substring(0, WORDS_LENGTH);
        }
        model.addAttribute("searchWords", words);
        model.addAttribute("hits", words.isEmpty() ? List.of() : search(words, limit));
        return view;
    }

    /** What is called exactly so first, then what begins so, then the rest; among equals the order of the sources. */
    private List<SearchSource.Hit> search(String words, int limit) {
        return sources.orderedStream()
                .flatMap(source -> source.search(words, limit).stream().limit(limit))
                .sorted(Comparator.comparingInt(hit -> distance(hit, words)))
                .toList();
    }

    private static int distance(SearchSource.Hit hit, String words) {
        var title = hit.title().toLowerCase(Locale.ROOT);
        var wanted = words.toLowerCase(Locale.ROOT);
        return title.equals(wanted) ? 0 : title.startsWith(wanted) ? 1 : 2;
    }
}
