package io.closeknit.importing;

import io.closeknit.access.ForAdmins;
import io.closeknit.importing.ImportRun.State;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** The page of files and sheets that were sent at once: which go in, and what becomes of them together. */
@Controller
@RequestMapping("/admin/imports/together/{id}")
@ForAdmins
class ImportTogetherPages {
    private final ImportTogether together;
    private final DryRuns dryRuns;

    ImportTogetherPages(ImportTogether together, DryRuns dryRuns) {
        this.together = together;
        this.dryRuns = dryRuns;
    }

    @GetMapping
    String show(@PathVariable String id, Model model) {
        return show(id, find(id), null, model);
    }

    private String show(String id, List<ImportRun> runs, @Nullable List<String> chosen, Model model) {
        var waiting = runs.stream()
                .filter(run -> run.state() == State.DRAFT && !run.dryRun())
                .map(together::waiting)
                .toList();
        var started = runs.stream().filter(run -> run.state() != State.DRAFT).toList();
        var dry = runs.stream().allMatch(ImportRun::dryRun);
        model.addAttribute("id", id);
        model.addAttribute("waiting", waiting);
        model.addAttribute(
                "chosen",
                chosen != null
                        ? chosen
                        : waiting.stream()
                                .filter(ImportTogether.Waiting::isReady)
                                .map(one -> one.draft().id().toString())
                                .toList());
        model.addAttribute("started", started);
        model.addAttribute("sums", ImportTogether.Sums.of(runs));
        model.addAttribute("dry", dry);
        model.addAttribute("summary", dry ? dryRuns.summary(runs) : null);
        var drafts = dry ? together.draftsOf(runs) : List.<ImportRun>of();
        model.addAttribute("sent", drafts.isEmpty() ? null : drafts.getFirst().together());
        return "importing/together";
    }

    /** Tries or starts what was chosen. */
    @PostMapping
    ModelAndView choose(
            @PathVariable String id,
            @RequestParam(name = "run", required = false) @Nullable List<String> sent,
            @RequestParam(defaultValue = "try") String action,
            Model model)
            throws IOException, UnreadableFileException {
        var runs = find(id);
        var chosen = sent == null ? List.<String>of() : sent;
        var drafts = runs.stream()
                .filter(run -> run.state() == State.DRAFT
                        && !run.dryRun()
                        && chosen.contains(run.id().toString()))
                .toList();
        var obstacles = drafts.stream()
                .map(together::waiting)
                .filter(one -> !one.isReady())
                .map(one -> one.draft().fileName())
                .toList();
        if (drafts.isEmpty() || !obstacles.isEmpty()) {
            show(id, runs, chosen, model);
            model.addAttribute("nothing", drafts.isEmpty());
            model.addAttribute("obstacles", obstacles);
            return new ModelAndView("importing/together", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (action.equals("start")) {
            together.start(drafts);
            return new ModelAndView("redirect:/admin/imports/together/" + id);
        }
        return new ModelAndView("redirect:/admin/imports/together/" + together.tryWithoutSaving(drafts));
    }

    private List<ImportRun> find(String id) {
        var runs = together.find(id);
        if (runs.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return runs;
    }
}
