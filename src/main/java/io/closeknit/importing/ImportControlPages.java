package io.closeknit.importing;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Halts an import, lets it go on, stops it, takes it back. */
@Controller
@RequestMapping("/admin/imports/{id}")
@ForAdmins
class ImportControlPages {
    private final ImportService imports;

    ImportControlPages(ImportService imports) {
        this.imports = imports;
    }

    @PostMapping("/pause")
    String pause(@PathVariable String id, RedirectAttributes flash) {
        var run = find(id);
        return back(run, imports.pause(run), flash);
    }

    @PostMapping("/resume")
    String resume(@PathVariable String id, RedirectAttributes flash) {
        var run = find(id);
        return back(run, imports.resume(run), flash);
    }

    @PostMapping("/cancel")
    String cancel(@PathVariable String id, RedirectAttributes flash) throws IOException {
        var run = find(id);
        return back(run, imports.cancel(run), flash);
    }

    /** Asks first. */
    @GetMapping("/rollback")
    String rollbackForm(@PathVariable String id, Model model) {
        var run = find(id);
        if (!run.isUndoable()) {
            return "redirect:/admin/imports/" + run.id();
        }
        model.addAttribute("run", run);
        return "importing/rollback";
    }

    @PostMapping("/rollback")
    String rollback(@PathVariable String id, @AuthenticationPrincipal SignedIn person, RedirectAttributes flash)
            throws IOException {
        var run = find(id);
        return back(run, imports.rollback(run, person), flash);
    }

    private static String back(ImportRun run, boolean done, RedirectAttributes flash) {
        if (!done) {
            flash.addFlashAttribute("notice", "importing.run.tooLate");
            flash.addFlashAttribute("noticeKind", "warning");
        }
        return "redirect:/admin/imports/" + run.id();
    }

    private ImportRun find(String id) {
        try {
            return imports.find(UUID.fromString(id))
                    .filter(run -> run.state() != ImportRun.State.DRAFT)
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
        }
    }
}
