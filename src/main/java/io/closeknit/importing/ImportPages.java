package io.closeknit.importing;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.importing.ImportService.NewFile;
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
    private static final int KEPT_SHOWN = 50;
    private static final int NOTES_SHOWN = 4;
    private static final int CHANGES_SHOWN = 25;

    private final ImportService imports;
    private final RejectsCsv rejects;
    private final NotesCsv notes;
    private final DryRuns dryRuns;
    private final SavedMappings savedMappings;
    private final NicheDirectory niches;
    private final Clock clock;

    ImportPages(
            ImportService imports,
            RejectsCsv rejects,
            NotesCsv notes,
            DryRuns dryRuns,
            SavedMappings savedMappings,
            NicheDirectory niches,
            Clock clock) {
        this.imports = imports;
        this.rejects = rejects;
        this.notes = notes;
        this.dryRuns = dryRuns;
        this.savedMappings = savedMappings;
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
        model.addAttribute("savedMappings", savedMappings.list());
        return "importing/imports";
    }

    @PostMapping
    ModelAndView upload(
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @AuthenticationPrincipal SignedIn person,
            Model model,
            RedirectAttributes flash)
            throws IOException {
        var sent = new ArrayList<NewFile>();
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            var name = file.getOriginalFilename();
            if (!file.isEmpty() || name != null && !name.isEmpty()) {
                sent.add(new NewFile(name == null ? "" : name, file));
            }
        }
        if (sent.isEmpty()) {
            return refused(model, List.of());
        }
        var uploaded = imports.upload(sent, person);
        if (uploaded.drafts().isEmpty()) {
            return refused(model, uploaded.refused());
        }
        flash.addFlashAttribute("refused", uploaded.refused());
        if (uploaded.drafts().size() == 1) {
            return new ModelAndView(
                    "redirect:/admin/imports/" + uploaded.drafts().getFirst().id());
        }
        return new ModelAndView("redirect:/admin/imports/together/"
                + uploaded.drafts().getFirst().together());
    }

    private ModelAndView refused(Model model, List<Unpacking.Refused> refused) {
        list(1, model);
        model.addAttribute("refused", refused);
        model.addAttribute("noFile", refused.isEmpty());
        return new ModelAndView("importing/imports", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/{id}")
    String show(@PathVariable String id, @RequestParam(defaultValue = "1") int page, Model model) throws IOException {
        var run = find(id);
        return run.state() == State.DRAFT && !run.dryRun() ? draft(run, model) : run(run, page, model);
    }

    private String draft(ImportRun run, Model model) throws IOException {
        try {
            var file = imports.inspection(run);
            return mapping(run, file, imports.mapping(run, file), run.platform(), run.source(), List.of(), model);
        } catch (UnreadableFileException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
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
        switch (sent.getOrDefault("action", "")) {
            case "sheet" -> {
                imports.choose(run, sent.getOrDefault("sheet", ""));
                return new ModelAndView("redirect:/admin/imports/" + run.id());
            }
            case "recognised" -> {
                imports.forgetSaved(run);
                return new ModelAndView("redirect:/admin/imports/" + run.id());
            }
            default -> {
                // the mapping, below
            }
        }
        var file = imports.inspection(run);
        var form = MappingForm.of(sent, run, file, imports.mapping(run, file), niches.tree());
        var action = sent.getOrDefault("action", "");
        var start = action.equals("start") || action.equals("try");
        var problems = new ArrayList<>(form.problems());
        if (start && problems.isEmpty()) {
            var missing = ImportService.missing(file, form.mapping(), form.platform(), run.fileName());
            missing.forEach(problem ->
                    problems.add(new FieldProblem(problem.field(), "importing.mapping.missing." + problem.field())));
        }
        if (problems.isEmpty() && action.equals("try")) {
            imports.save(run, form.mapping(), form.source(), form.platform());
            var dry = imports.tryWithoutSaving(run, form.mapping(), form.source(), form.platform(), null);
            return new ModelAndView("redirect:/admin/imports/" + dry.orElse(run).id());
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
            throws IOException, UnreadableFileException {
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
        model.addAttribute("readBefore", imports.readBefore(run).orElse(null));
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
        return new FileMapping(columns, mapping.niches(), mapping.sheet());
    }

    /** The fields by group, in the order of the API. */
    private static Map<String, List<String>> fieldGroups() {
        var groups = new java.util.LinkedHashMap<String, List<String>>();
        for (var field : ImportField.values()) {
            var group = switch (field.kind()) {
                case COUNT, AMOUNT, SHARE, DATE, AUDIENCE -> "figures";
                case MONEY -> "prices";
                default -> "creator";
            };
            groups.computeIfAbsent(group, name -> new ArrayList<>()).add(field.key());
        }
        return groups;
    }

    private String run(ImportRun run, Model model) {
        return run(run, 1, model);
    }

    private String run(ImportRun run, int page, Model model) {
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
        if (run.dryRun() && run.isOver()) {
            var pages = dryRuns.pages(run.id(), CHANGES_SHOWN);
            var shown = Math.clamp(page, 1, Math.max(1, pages));
            model.addAttribute("changes", dryRuns.changes(run.id(), CHANGES_SHOWN, (shown - 1) * CHANGES_SHOWN));
            model.addAttribute("changesPage", shown);
            model.addAttribute("changesPages", pages);
            model.addAttribute("summary", dryRuns.summary(run.id()));
            var draft =
                    run.draftId() == null ? null : imports.find(run.draftId()).orElse(null);
            model.addAttribute("draft", draft != null && draft.state() == State.DRAFT ? draft : null);
        }
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

    @GetMapping("/{id}/notes.csv")
    void notes(@PathVariable String id, HttpServletResponse response) throws IOException {
        notes.write(find(id), true, response);
    }

    @PostMapping("/mappings/{id}/remove")
    String removeMapping(@PathVariable UUID id, RedirectAttributes flash) {
        savedMappings.remove(id);
        flash.addFlashAttribute("notice", "importing.saved.removed");
        return "redirect:/admin/imports";
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
