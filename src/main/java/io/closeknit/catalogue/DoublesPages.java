package io.closeknit.catalogue;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Entries that are likely to be one person: made one, kept apart, taken apart again. */
@Controller
@RequestMapping("/admin/doubles")
@ForAdmins
class DoublesPages {
    private static final int PAIRS = 50;
    private static final int MERGES = 20;

    private final Doubles doubles;
    private final Merges merges;

    DoublesPages(Doubles doubles, Merges merges) {
        this.doubles = doubles;
        this.merges = merges;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("pairs", doubles.likely(PAIRS));
        model.addAttribute("most", PAIRS);
        model.addAttribute("merges", merges.latest(MERGES));
        return "catalogue/doubles";
    }

    @PostMapping("/merge")
    String merge(
            @RequestParam String one,
            @RequestParam String other,
            @RequestParam Doubles.Reason reason,
            @AuthenticationPrincipal SignedIn person,
            RedirectAttributes flash) {
        var kept = merges.merge(one, other, reason.name(), person.name());
        say(flash, kept.isPresent(), "catalogue.doubles.merged", kept.orElse(""));
        return "redirect:/admin/doubles";
    }

    @PostMapping("/apart")
    String keepApart(@RequestParam String one, @RequestParam String other, @AuthenticationPrincipal SignedIn person) {
        merges.keepApart(one, other, person.name());
        return "redirect:/admin/doubles";
    }

    @PostMapping("/{id}/undo")
    String undo(@PathVariable String id, RedirectAttributes flash) {
        try {
            var back = merges.undo(UUID.fromString(id));
            say(flash, back.isPresent(), "catalogue.doubles.undone", back.orElse(""));
            return "redirect:/admin/doubles";
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
        }
    }

    private static void say(RedirectAttributes flash, boolean done, String message, String argument) {
        flash.addFlashAttribute("notice", done ? message : "catalogue.doubles.gone");
        flash.addFlashAttribute("noticeArgs", argument);
        if (!done) {
            flash.addFlashAttribute("noticeKind", "warning");
        }
    }
}
