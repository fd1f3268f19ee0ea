package io.closeknit.importing;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.FieldProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages on which admins import files. */
@Controller
@RequestMapping("/admin/imports")
@ForAdmins
class ImportPages {
    private static final int PAGE = 25;
    private static final int REJECTS_SHOWN = 20;
    private static final int NOTES_SHOWN = 20;
    private static final int KEPT_SHOWN = 50;

    private final ImportService imports;
    private final RejectsCsv rejects;
    private final NicheDirectory niches;
    private final Clock clock;

    ImportPages(ImportService imports, RejectsCsv rejects, NicheDirectory niches, Clock clock) {
        this.imports = imports;
        this.rejects = rejects;
        this.niches = niches;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam(defaultValue = "1") int page, Model model) {
        var total = imports.count(true);
        var pages = (int) Math.max(1, (total + PAGE - 1) / PAGE);
        var shown = Math.clamp(page, 1, pages);
        model.addAttribute("runs", imports.list(true, PAGE, (long) (shown - 1) * PAGE));
        model.addAttribute("page", shown);
        model.addAttribute("pages", pages);
        return "importing/imports";
    }

    @PostMapping
    ModelAndView upload(
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            @AuthenticationPrincipal SignedIn person,
            Model model)
            throws IOException {
        if (file == null
                || file.isEmpty()
                        && (file.getOriginalFilename() == null
                                || file.getOriginalFilename().isEmpty())) {
            return refused(model, null, null);
        }
        var name = file.getOriginalFilename();
        try (var content = file.getInputStream()) {
            var run = imports.upload(name == null ? "" : name, content, person);
            return new ModelAndView("redirect:/admin/imports/" + run.id());
        } catch (UnreadableFileException e) {
            return refused(model, name, e.sentence());
        }
    }

    private ModelAndView refused(Model model, @Nullable String fileName, @Nullable String sentence) {
        list(1, model);
        model.addAttribute("refusedFile", fileName);
        model.addAttribute("refusal", sentence);
        model.addAttribute("noFile", sentence == null);
        return new ModelAndView("importing/imports", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/{id}")
    String show(@PathVariable String id, Model model) throws IOException {
        var run = find(id);
        return run.state() == State.DRAFT ? draft(run, model) : run(run, model);
    }

    private String draft(ImportRun run, Model model) throws IOException {
        try {
            var file = imports.inspection(run);
            return mapping(run, file, imports.mapping(run, file), run.platform(), run.source(), List.of(), model);
        } catch (UnreadableFileException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, e.sentence(), e);
        }
    }

    /** Takes what was chosen; shows it again, or starts the import. */
    @PostMapping("/{id}")
    ModelAndView choose(
            @PathVariable String id, @RequestParam Map<String, String> sent, Model model, RedirectAttributes flash)
            throws IOException, UnreadableFileException {
        var run = find(id);
        if (run.state() != State.DRAFT) {
            return new ModelAndView("redirect:/admin/imports/" + run.id());
        }
        var file = imports.inspection(run);
        var form = MappingForm.of(sent, run, file, imports.mapping(run, file), niches.tree());
        var start = "start".equals(sent.get("action"));
        var problems = new ArrayList<>(form.problems());
        if (start && problems.isEmpty()) {
            var missing = ImportService.missing(file, form.mapping(), form.platform(), run.fileName());
            missing.forEach(problem ->
                    problems.add(new FieldProblem(problem.field(), "importing.mapping.missing." + problem.field())));
        }
        if (problems.isEmpty() && start) {
            imports.start(run, form.mapping(), form.source(), form.platform());
            return new ModelAndView("redirect:/admin/imports/" + run.id());
        }
        if (form.problems().isEmpty()) {
            imports.save(run, form.mapping(), form.source(), form.platform());
        }
        if (problems.isEmpty()) {
            return new ModelAndView("redirect:/admin/imports/" + run.id());
        }
        mapping(run, file, form.mapping(), form.platform(), form.source(), problems, model);
        return new ModelAndView("importing/mapping", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private String mapping(
            ImportRun run,
            FileInspection file,
            FileMapping mapping,
            @Nullable Platform platform,
            String source,
            List<FieldProblem> problems,
            Model model)
            throws IOException {
        var view = MappingView.of(file, mapping, niches.tree());
        model.addAttribute("run", run);
        model.addAttribute("file", file);
        model.addAttribute("view", view);
        model.addAttribute("fields", fieldGroups());
        model.addAttribute(
                "platforms", Arrays.stream(Platform.values()).map(Platform::key).toList());
        model.addAttribute("platform", platform == null ? "" : platform.key());
        model.addAttribute(
                "platformOfFileName",
                HeaderWords.platformOfFileName(run.fileName())
                        .map(Platform::key)
                        .orElse(null));
        model.addAttribute(
                "platformColumn",
                mapping.has(ImportField.PLATFORM)
                        || mapping.columns().stream().anyMatch(column -> column.platform() != null));
        model.addAttribute("source", source);
        model.addAttribute(
                "nicheNames", view.words().isEmpty() ? List.of() : niches.tree().all());
        model.addAttribute("problems", problems);
        model.addAttribute(
                "missing",
                ImportService.missing(file, mapping, platform, run.fileName()).stream()
                        .map(FieldProblem::field)
                        .toList());
        model.addAttribute("trial", imports.tryOut(run, file, withSuggestedUnits(view, mapping), platform));
        return "importing/mapping";
    }

    /** The page has the likelier unit chosen already, so the trial takes it too. */
    private static FileMapping withSuggestedUnits(MappingView view, FileMapping mapping) {
        var columns = new ArrayList<ColumnMapping>();
        for (var i = 0; i < mapping.columns().size(); i++) {
            var column = mapping.columns().get(i);
            var unit = view.columns().get(i).unit();
            columns.add(unit == null ? column : column.withUnit(Unit.ofKey(unit).orElse(null)));
        }
        return new FileMapping(columns, mapping.niches());
    }

    /** The fields by group, in the order of the API. */
    private static Map<String, List<String>> fieldGroups() {
        var groups = new java.util.LinkedHashMap<String, List<String>>();
        for (var field : ImportField.values()) {
            var group = switch (field.kind()) {
                case COUNT, AMOUNT, SHARE, DATE -> "figures";
                case MONEY -> "prices";
                default -> "creator";
            };
            groups.computeIfAbsent(group, name -> new ArrayList<>()).add(field.key());
        }
        return groups;
    }

    private String run(ImportRun run, Model model) {
        var now = clock.instant();
        model.addAttribute("run", run);
        model.addAttribute("pace", run.pace(now));
        model.addAttribute("remaining", seconds(run.remaining(now)));
        model.addAttribute("took", seconds(run.took(now)));
        model.addAttribute("rejects", imports.firstRejects(run, REJECTS_SHOWN));
        model.addAttribute("notes", imports.notes(run, NOTES_SHOWN));
        model.addAttribute("canRetry", imports.canRetry(run));
        model.addAttribute("kept", run.isUndone() ? imports.kept(run, KEPT_SHOWN) : List.of());
        model.addAttribute("peersFollow", imports.peersFollow(run));
        return "importing/run";
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : Math.max(1, duration.toSeconds());
    }

    /** The part of the page that changes while the import runs; without JavaScript the page is loaded again. */
    @GetMapping("/{id}/progress")
    String progress(
            @PathVariable String id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        var run = find(id);
        if (htmx == null || run.state() == State.DRAFT) {
            return "redirect:/admin/imports/" + run.id();
        }
        return run(run, model) + " :: progress";
    }

    @PostMapping("/{id}/again")
    String again(@PathVariable String id, RedirectAttributes flash) {
        var run = find(id);
        if (!imports.retry(run)) {
            flash.addFlashAttribute("notice", "importing.run.notAgain");
            flash.addFlashAttribute("noticeKind", "warning");
        }
        return "redirect:/admin/imports/" + run.id();
    }

    @PostMapping("/{id}/remove")
    String remove(@PathVariable String id, RedirectAttributes flash) throws IOException {
        var run = find(id);
        imports.remove(run);
        flash.addFlashAttribute("notice", "importing.list.removed");
        flash.addFlashAttribute("noticeArgs", run.fileName());
        return "redirect:/admin/imports";
    }

    @GetMapping("/{id}/rejects.csv")
    void rejects(@PathVariable String id, HttpServletResponse response) throws IOException {
        rejects.write(find(id), true, response);
    }

    private ImportRun find(String id) {
        try {
            return imports.find(UUID.fromString(id))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
        }
    }
}
