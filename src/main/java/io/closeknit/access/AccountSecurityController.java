package io.closeknit.access;

import io.closeknit.access.Allowances.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own second factor and sessions. */
@Controller
@RequestMapping("/account")
class AccountSecurityController {
    private static final String ACCOUNT = "redirect:/account";
    private static final String SECOND_FACTOR = "redirect:/account/second-factor";

    private final SecondFactor secondFactor;
    private final PeopleService people;
    private final SessionList sessions;
    private final Allowances allowances;
    private final Audit audit;

    AccountSecurityController(
            SecondFactor secondFactor, PeopleService people, SessionList sessions, Allowances allowances, Audit audit) {
        this.secondFactor = secondFactor;
        this.people = people;
        this.sessions = sessions;
        this.allowances = allowances;
        this.audit = audit;
    }

    @PostMapping("/second-factor")
    String begin(@AuthenticationPrincipal SignedIn person) {
        secondFactor.begin(person.personId(), email(person.personId()));
        return SECOND_FACTOR;
    }

    /** What to scan; back to the account where there is nothing to set up. */
    @GetMapping("/second-factor")
    ModelAndView setUp(@AuthenticationPrincipal SignedIn person) {
        return setup(person, HttpStatus.OK);
    }

    /** Shows the recovery codes in the answer itself: after a redirect they would have to be kept somewhere until then. */
    @PostMapping("/second-factor/confirm")
    ModelAndView confirm(@AuthenticationPrincipal SignedIn person, @RequestParam(defaultValue = "") String code) {
        allowances.take(Kind.CODE, person.personId().toString());
        var codes = secondFactor.confirm(person.personId(), code);
        if (codes.isEmpty()) {
            var page = setup(person, HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("wrong", true);
            return page;
        }
        allowances.giveBack(Kind.CODE, person.personId().toString());
        return codes(codes.get());
    }

    @PostMapping("/second-factor/codes")
    ModelAndView newCodes(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(defaultValue = "") String password,
            RedirectAttributes flash) {
        return isPassword(person, password, flash)
                ? codes(secondFactor.newRecoveryCodes(person.personId()))
                : new ModelAndView(ACCOUNT + "#second-factor");
    }

    @PostMapping("/second-factor/off")
    String turnOff(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(defaultValue = "") String password,
            RedirectAttributes flash) {
        if (isPassword(person, password, flash)) {
            secondFactor.turnOff(person.personId(), person.name());
            flash.addFlashAttribute("notice", "access.second.is-off");
        }
        return ACCOUNT + "#second-factor";
    }

    @PostMapping("/sessions/{key}/end")
    String endSession(@AuthenticationPrincipal SignedIn person, @PathVariable String key, RedirectAttributes flash) {
        if (sessions.end(person.personId(), key)) {
            audit.note(AuditAction.SESSION_ENDED, person.name(), null);
            flash.addFlashAttribute("notice", "access.sessions.ended");
            flash.addFlashAttribute("noticeArgs", 1);
        }
        return ACCOUNT + "#sessions";
    }

    @PostMapping("/sessions/end")
    String endOthers(@AuthenticationPrincipal SignedIn person, HttpServletRequest request, RedirectAttributes flash) {
        var ended = sessions.endAll(person.personId(), request.getSession(false));
        audit.note(AuditAction.SESSION_ENDED, person.name(), "all others: " + ended);
        flash.addFlashAttribute("notice", "access.sessions.ended");
        flash.addFlashAttribute("noticeArgs", ended);
        return ACCOUNT + "#sessions";
    }

    private boolean isPassword(SignedIn person, String password, RedirectAttributes flash) {
        allowances.take(Kind.CODE, person.personId().toString());
        if (password.length() <= Passwords.LONGEST && people.isPassword(person.personId(), password)) {
            allowances.giveBack(Kind.CODE, person.personId().toString());
            return true;
        }
        flash.addFlashAttribute("notice", "access.account.wrong-password");
        flash.addFlashAttribute("noticeKind", "error");
        return false;
    }

    private ModelAndView setup(SignedIn person, HttpStatus status) {
        return secondFactor
                .begun(person.personId(), email(person.personId()))
                .map(setup -> new ModelAndView("access/second-factor", status).addObject("setup", setup))
                .orElseGet(() -> new ModelAndView(ACCOUNT + "#second-factor"));
    }

    private static ModelAndView codes(List<String> codes) {
        return new ModelAndView("access/second-factor").addObject("codes", codes);
    }

    private String email(UUID person) {
        return people.find(person).orElseThrow(NotThereException::new).email();
    }
}
