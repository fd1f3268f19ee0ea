package io.closeknit.web;

import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The start: Discover, or the briefs for somebody who only reads. */
@Controller
class HomeController {
    @GetMapping("/")
    String home(@AuthenticationPrincipal SignedIn person) {
        return person.role() == Role.VIEWER ? "redirect:/briefs" : "redirect:/discover";
    }
}
