package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.matching.RankChanges.Kind;
import io.closeknit.web.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Rankings that somebody kept: the list, one of them beside today's, renamed, removed and as a file. */
@Controller
class KeptRankingController {
    private static final int PAGE_SIZE = 50;

    private final KeptRankings kept;
    private final KeptRankingPages pages;
    private final AddressReader addresses;
    private final BriefsInUse briefs;
    private final SelectionReader selections;
    private final RankingCsv csv;
    private final Sentences sentences;

    KeptRankingController(
            KeptRankings kept,
            KeptRankingPages pages,
            AddressReader addresses,
            BriefsInUse briefs,
            SelectionReader selections,
            RankingCsv csv,
            Sentences sentences) {
        this.kept = kept;
        this.pages = pages;
        this.addresses = addresses;
        this.briefs = briefs;
        this.selections = selections;
        this.csv = csv;
        this.sentences = sentences;
    }

    /** @param from how many are left out before the first that is shown */
    @GetMapping("/rankings")
    String list(@RequestParam(defaultValue = "0") int from, Model model) {
        var start = Math.max(0, from);
        model.addAttribute("total", kept.count())
                .addAttribute("from", start)
                .addAttribute("size", PAGE_SIZE)
                .addAttribute("rankings", pages.list(start, PAGE_SIZE));
        return "matching/rankings";
    }

    /** @param address query of Discover: what is shown there is ranked and kept */
    @PostMapping("/rankings")
    String keep(@RequestParam(defaultValue = "") String name, @RequestParam String address, RedirectAttributes flash) {
        var shown = addresses
                .read(Address.parse(address), id -> briefs.find(id).map(StoredBrief::document))
                .without("cursor", "limit");
        var called = name.strip();
        if (called.isEmpty() || called.length() > KeptRanking.NAME_LENGTH) {
            warn(flash, "matching.problem.name", KeptRanking.NAME_LENGTH);
            return "redirect:" + shown.url();
        }
        var brief = briefs.named(shown.first("brief"));
        var problems = new ArrayList<Problem>();
        selections.read(shown.parameters(), "", problems);
        var weights = Weights.read(shown.parameters(), problems, sentences);
        if (!problems.isEmpty()) {
            return "redirect:" + shown.url(); // the page says what is wrong
        }
        try {
            var ranking = kept.keep(called, brief, shown.parameters(), weights);
            flash.addFlashAttribute("notice", "matching.kept.kept");
            flash.addFlashAttribute("noticeArgs", new Object[] {ranking.name(), ranking.kept(), ranking.total()});
            return "redirect:/rankings/" + ranking.id();
        } catch (RankingService.RefusedException refused) {
            return "redirect:" + shown.url();
        }
    }

    /**
     * Beside today's ranking, or beside another kept one.
     *
     * @param change one of {@link Kind}; null: all
     */
    @GetMapping("/rankings/{id}")
    String show(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID against,
            @RequestParam(required = false) @Nullable String change,
            @RequestParam(defaultValue = "0") int from,
            Model model) {
        var ranking = get(id);
        var other = against == null ? null : get(against);
        var kind = Arrays.stream(Kind.values())
                .filter(each -> each.getKey().equals(change))
                .findFirst()
                .orElse(null);
        model.addAttribute("page", pages.page(ranking, other, kind, Math.max(0, from), PAGE_SIZE));
        return "matching/ranking";
    }

    @PostMapping("/rankings/{id}/rename")
    String rename(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam long version,
            RedirectAttributes flash) {
        var ranking = get(id);
        var called = name.strip();
        if (called.isEmpty() || called.length() > KeptRanking.NAME_LENGTH) {
            warn(flash, "matching.problem.name", KeptRanking.NAME_LENGTH);
        } else {
            try {
                kept.rename(ranking.id(), called, version);
                flash.addFlashAttribute("notice", "matching.kept.renamed");
                flash.addFlashAttribute("noticeArgs", called);
            } catch (KeptRankings.ChangedException changed) {
                warn(flash, "matching.kept.changed", ranking.name());
            }
        }
        return "redirect:/rankings/" + id;
    }

    @PostMapping("/rankings/{id}/delete")
    String remove(@PathVariable UUID id, @RequestParam long version, RedirectAttributes flash) {
        var ranking = get(id);
        try {
            kept.remove(id, version);
            flash.addFlashAttribute("notice", "matching.kept.deleted");
            flash.addFlashAttribute("noticeArgs", ranking.name());
            return "redirect:/rankings";
        } catch (KeptRankings.ChangedException changed) {
            warn(flash, "matching.kept.changed", ranking.name());
            return "redirect:" + (changed.current() == null ? "/rankings" : "/rankings/" + id);
        }
    }

    /** As it was kept. */
    @GetMapping("/rankings/{id}/ranking.csv")
    void export(@PathVariable UUID id, HttpServletResponse response) {
        var ranking = get(id);
        csv.write(
                kept.creators(id).stream()
                        .map(creator -> RankingCsv.Line.of(creator.item()))
                        .toList(),
                ranking.versions(),
                ranking.name(),
                true,
                response);
    }

    private KeptRanking get(UUID id) {
        return kept.find(id).orElseThrow(() -> ApiException.notFound(sentences.of("matching.problem.kept")));
    }

    private static void warn(RedirectAttributes flash, String key, Object... arguments) {
        flash.addFlashAttribute("notice", key);
        flash.addFlashAttribute("noticeArgs", arguments);
        flash.addFlashAttribute("noticeKind", "warning");
    }
}
