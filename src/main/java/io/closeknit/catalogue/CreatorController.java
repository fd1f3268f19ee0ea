package io.closeknit.catalogue;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import io.closeknit.web.AnyParameters;
import io.closeknit.web.PagePart;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of a creator. */
@Controller
@RequestMapping("/creators/{slug}")
class CreatorController {
    private static final int CHANGES = 15;

    private final StoredCatalogue catalogue;
    private final CreatorPages pages;
    private final Erasure erasure;
    private final Merges merges;
    private final DoNotContact doNotContact;
    private final ObjectProvider<PagePart> parts;

    CreatorController(
            StoredCatalogue catalogue,
            CreatorPages pages,
            Erasure erasure,
            Merges merges,
            DoNotContact doNotContact,
            ObjectProvider<PagePart> parts) {
        this.catalogue = catalogue;
        this.pages = pages;
        this.erasure = erasure;
        this.merges = merges;
        this.doNotContact = doNotContact;
        this.parts = parts;
    }

    /** Parts of other modules read parameters of their own, such as the brief in use. */
    @GetMapping
    @AnyParameters
    String show(
            @PathVariable String slug,
            @AuthenticationPrincipal SignedIn person,
            HttpServletRequest request,
            Model model) {
        var creator = catalogue.stored(slug);
        var merged = creator.isEmpty() ? merges.mergedInto(slug) : Optional.<String>empty();
        if (merged.isPresent()) {
            return "redirect:/creators/" + merged.get();
        }
        if (creator.isEmpty()) {
            throw new CreatorNotFoundException(slug);
        }
        model.addAttribute("creator", pages.page(creator.get()));
        model.addAttribute("parts", parts(slug, request));
        model.addAttribute("doNotContact", doNotContact.of(slug).orElse(null));
        model.addAttribute("mayErase", person.role() == Role.ADMIN);
        if (person.role() == Role.ADMIN) {
            model.addAttribute("changes", pages.changes(creator.orElseThrow().id(), CHANGES));
        }
        return "catalogue/creator";
    }

    private List<PagePart.Shown> parts(String slug, HttpServletRequest request) {
        return parts.orderedStream()
                .flatMap(part -> part.part("creator", slug, request.getParameterMap()).stream())
                .toList();
    }

    /** Asks before anything is lost. */
    @ForAdmins
    @GetMapping("/erase")
    String eraseForm(@PathVariable String slug, Model model) {
        model.addAttribute("creator", page(slug));
        return "catalogue/erase";
    }

    @ForAdmins
    @PostMapping("/erase")
    ModelAndView erase(@PathVariable String slug, @RequestParam long version, RedirectAttributes flash) {
        try {
            var name = erasure.erase(slug, version);
            flash.addFlashAttribute("notice", "catalogue.erased");
            flash.addFlashAttribute("noticeArgs", name);
            return new ModelAndView("redirect:/discover");
        } catch (StaleCreatorException stale) {
            var view = new ModelAndView("catalogue/erase", HttpStatus.CONFLICT);
            view.addObject("creator", page(slug));
            view.addObject("stale", true);
            return view;
        }
    }

    private CreatorPage page(String slug) {
        return pages.page(catalogue.stored(slug).orElseThrow(() -> new CreatorNotFoundException(slug)));
    }
}
