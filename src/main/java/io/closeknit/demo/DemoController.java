package io.closeknit.demo;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page that removes the demo. */
@Controller
@ForAdmins
@RequestMapping(DemoController.PATH)
class DemoController {
    static final String PATH = "/admin/demo";
    private static final String VIEW = "demo/remove";

    private final Demo demo;

    DemoController(Demo demo) {
        this.demo = demo;
    }

    @GetMapping
    String show(@AuthenticationPrincipal SignedIn person, Model model) {
        model.addAttribute("present", demo.present());
        model.addAttribute("removable", demo.removable());
        model.addAttribute("creators", demo.creators());
        model.addAttribute(
                "people", Demo.PEOPLE.stream().map(Demo.DemoPerson::email).toList());
        model.addAttribute("self", demo.invented(person));
        return VIEW;
    }

    /** @param sure what the box says that has to be ticked */
    @PostMapping
    ModelAndView remove(
            @RequestParam(defaultValue = "false") boolean sure,
            @AuthenticationPrincipal SignedIn person,
            Model model,
            HttpServletRequest request,
            RedirectAttributes flash)
            throws ServletException {
        if (!sure) {
            return again(person, model, "demo.remove.not-sure");
        }
        var leaves = demo.invented(person);
        try {
            demo.remove();
        } catch (NoRealAdminException _) {
            return again(person, model, "demo.remove.no-admin.problem");
        }
        if (leaves) {
            request.logout(); // the person is gone; the next page is the sign-in
            return new ModelAndView("redirect:/sign-in?signedOut");
        }
        flash.addFlashAttribute("notice", "demo.remove.done");
        return new ModelAndView("redirect:/discover");
    }

    private ModelAndView again(SignedIn person, Model model, String problem) {
        model.addAttribute("problem", problem);
        return new ModelAndView(show(person, model), model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
