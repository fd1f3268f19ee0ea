package io.closeknit.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The pages around signing in. The form itself is answered by Spring Security, see {@link SecurityConfiguration}. */
@Controller
class SignInController {
    static final String PROBLEM = "io.closeknit.access.problem";
    static final String WAIT = "io.closeknit.access.wait";
    static final String FAILED = "/sign-in/failed";
    static final String REFUSED = "/access-refused";

    private final OpenIdSignIn openId;

    SignInController(OpenIdSignIn openId) {
        this.openId = openId;
    }

    @GetMapping("/sign-in")
    String show(
            @AuthenticationPrincipal @Nullable SignedIn person,
            @RequestParam(required = false) @Nullable String next,
            @RequestParam(required = false) @Nullable String signedOut,
            @RequestParam(required = false) @Nullable String openId,
            Model model) {
        if (person != null) {
            return "redirect:" + OwnPath.or(next, "/");
        }
        model.addAttribute("next", OwnPath.or(next, "/"));
        if (signedOut != null) {
            model.addAttribute("notice", "access.sign-in.signed-out");
        }
        if (openId != null) {
            model.addAttribute(
                    "problem", openId.equals("unknown") ? "access.open-id.unknown" : "access.open-id.failed");
        }
        model.addAttribute("providers", this.openId.providers());
        return "access/sign-in";
    }

    /** Reached by a forward alone. */
    @PostMapping(FAILED)
    String failed(
            @RequestAttribute(PROBLEM) String problem,
            @RequestAttribute(name = WAIT, required = false) @Nullable Long wait,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) @Nullable String next,
            Model model) {
        model.addAttribute("problem", problem);
        model.addAttribute("wait", wait);
        model.addAttribute("providers", openId.providers());
        model.addAttribute("email", email);
        model.addAttribute("next", OwnPath.or(next, "/"));
        return "access/sign-in";
    }

    /** Reached by a forward, from whatever the request was. */
    @RequestMapping(REFUSED)
    @ResponseStatus(HttpStatus.FORBIDDEN)
    String refused(@AuthenticationPrincipal @Nullable SignedIn person, Model model) {
        model.addAttribute("person", person);
        return "access/refused";
    }
}
