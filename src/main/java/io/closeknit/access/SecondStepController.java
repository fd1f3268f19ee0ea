package io.closeknit.access;

import io.closeknit.access.Allowances.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serial;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The second step of signing in, between the right password and the right code. */
@Controller
@RequestMapping("/sign-in/code")
class SecondStepController {
    static final String PATH = "/sign-in/code";
    private static final String PENDING = "closeknit.pending";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SIGN_IN = "redirect:/sign-in";

    private final SecondFactor secondFactor;
    private final StandingReader people;
    private final Sessions sessions;
    private final Allowances allowances;
    private final Audit audit;
    private final Clock clock;

    SecondStepController(
            SecondFactor secondFactor,
            StandingReader people,
            Sessions sessions,
            Allowances allowances,
            Audit audit,
            Clock clock) {
        this.secondFactor = secondFactor;
        this.people = people;
        this.sessions = sessions;
        this.allowances = allowances;
        this.audit = audit;
        this.clock = clock;
    }

    /** Remembers whose password was right. */
    static void begin(SignedInAuthentication person, @Nullable String next, Instant at, HttpServletRequest request) {
        request.getSession()
                .setAttribute(
                        PENDING,
                        new Pending(
                                person.getPrincipal().personId(),
                                person.stamp(),
                                OwnPath.or(next, "/"),
                                at.plus(PATIENCE)));
    }

    @GetMapping
    ModelAndView show(HttpServletRequest request) {
        return pending(request).isPresent() ? new ModelAndView("access/second-step") : new ModelAndView(SIGN_IN);
    }

    @PostMapping
    ModelAndView check(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        var pending = pending(request).orElse(null);
        if (pending == null) {
            return new ModelAndView(SIGN_IN);
        }
        var key = pending.person().toString();
        allowances.take(Kind.CODE, key);
        var standing = people.find(pending.person())
                .filter(now -> now.stamp() == pending.stamp())
                .orElse(null);
        var person = standing == null ? null : standing.in(null).orElse(null);
        if (standing == null || person == null) {
            request.getSession().removeAttribute(PENDING);
            return new ModelAndView(SIGN_IN);
        }
        if (!secondFactor.accepts(pending.person(), code)) {
            audit.note(AuditAction.SIGN_IN_FAILED, null, standing.name(), "wrong code");
            return new ModelAndView("access/second-step", HttpStatus.UNPROCESSABLE_CONTENT).addObject("wrong", true);
        }
        allowances.giveBack(Kind.CODE, key);
        request.getSession().removeAttribute(PENDING);
        sessions.begin(new SignedInAuthentication(person, standing.stamp()), request, response);
        audit.note(AuditAction.SIGNED_IN, person, null, "with a second factor");
        return new ModelAndView("redirect:" + pending.next());
    }

    private Optional<Pending> pending(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null
                        && session.getAttribute(PENDING) instanceof Pending pending
                        && clock.instant().isBefore(pending.until())
                ? Optional.of(pending)
                : Optional.empty();
    }

    /** @param stamp as it was when the password was checked: a changed password ends this too */
    record Pending(UUID person, long stamp, String next, Instant until) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
