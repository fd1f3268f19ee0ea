package io.closeknit.access;

import io.closeknit.access.PersonalToken.Made;
import io.closeknit.access.PersonalToken.Wish;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: name, password, tokens, workspaces. */
@Controller
@RequestMapping("/account")
class AccountController {
    private static final String ACCOUNT = "redirect:/account";

    private final PeopleService people;
    private final PersonalTokens tokens;
    private final StandingReader standings;
    private final Sessions sessions;
    private final SessionList list;
    private final SecondFactor secondFactor;
    private final Clock clock;

    AccountController(
            PeopleService people,
            PersonalTokens tokens,
            StandingReader standings,
            Sessions sessions,
            SessionList list,
            SecondFactor secondFactor,
            Clock clock) {
        this.people = people;
        this.tokens = tokens;
        this.standings = standings;
        this.sessions = sessions;
        this.list = list;
        this.secondFactor = secondFactor;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(@AuthenticationPrincipal SignedIn person, Model model) {
        return page(person, model, HttpStatus.OK);
    }

    @PostMapping("/name")
    ModelAndView rename(
            @AuthenticationPrincipal SignedIn person,
            @Valid @ModelAttribute NameForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes flash) {
        if (errors.hasErrors()) {
            return page(person, model, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        people.rename(person.personId(), form.name() == null ? "" : form.name());
        flash.addFlashAttribute("notice", "access.account.renamed");
        return new ModelAndView(ACCOUNT);
    }

    /** Ends the person's other sessions; this one goes on, under a new id. */
    @PostMapping("/password")
    ModelAndView changePassword(
            @AuthenticationPrincipal SignedIn person,
            @Valid @ModelAttribute PasswordForm form,
            BindingResult errors,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes flash) {
        var current = form.current() == null ? "" : form.current();
        var wanted = form.wanted() == null ? "" : form.wanted();
        if (!wanted.isEmpty() && !Passwords.goodEnough(wanted)) {
            errors.rejectValue(
                    "wanted", "access.password.weak", new Object[] {Passwords.SHORTEST, Passwords.LONGEST}, null);
        }
        if (!errors.hasErrors()) {
            try {
                var stamp = people.changePassword(person.personId(), current, wanted);
                if (stamp.isPresent()) {
                    request.changeSessionId();
                    sessions.keep(new SignedInAuthentication(person, stamp.get()), request, response);
                    flash.addFlashAttribute("notice", "access.account.password-changed");
                    return new ModelAndView(ACCOUNT);
                }
                errors.rejectValue("current", "access.account.wrong-password");
            } catch (TooManySignInsException _) {
                errors.reject("access.sign-in.too-many");
            }
        }
        return page(person, model, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** Shows the token in the answer itself: after a redirect it would have to be kept somewhere until then. */
    @PostMapping("/tokens")
    ModelAndView makeToken(
            @AuthenticationPrincipal SignedIn person,
            @Valid @ModelAttribute TokenForm form,
            BindingResult errors,
            Model model) {
        if (!errors.hasErrors()) {
            try {
                var page = page(person, model, HttpStatus.OK);
                page.addObject("made", make(person, form));
                page.addObject("tokens", tokens.list(person.personId()));
                page.addObject("tokenForm", emptyToken(person));
                return page;
            } catch (RefusedException refused) {
                var field = switch (refused.field()) {
                    case "expiresAt" -> "until";
                    case "name" -> "purpose";
                    default -> refused.field();
                };
                errors.rejectValue(field, refused.key(), refused.arguments(), null);
            }
        }
        return page(person, model, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping("/tokens/{id}/revoke")
    String revokeToken(@AuthenticationPrincipal SignedIn person, @PathVariable UUID id, RedirectAttributes flash) {
        tokens.revoke(person.personId(), id);
        flash.addFlashAttribute("notice", "access.token.revoked");
        return ACCOUNT + "#tokens";
    }

    private Made make(SignedIn person, TokenForm form) {
        var until = form.until() == null
                ? null
                : form.until().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return tokens.make(person, null, new Wish(form.purpose(), form.role(), form.scope(), form.workspace(), until));
    }

    private ModelAndView page(SignedIn person, Model model, HttpStatus status) {
        var page = new ModelAndView("access/account", status);
        var standing = standings.find(person.personId()).orElseThrow(NotThereException::new);
        page.addObject("places", places(standing));
        page.addObject("person", person);
        page.addObject(
                "email",
                people.find(person.personId())
                        .orElseThrow(NotThereException::new)
                        .email());
        page.addObject("tokens", tokens.list(person.personId()));
        page.addObject("now", clock.instant());
        page.addObject("roles", roles(person));
        var session = RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getSession(false)
                : null;
        page.addObject("sessions", list.of(person.personId(), session));
        page.addObject("secondFactor", secondFactor.on(person.personId()));
        page.addObject("codesLeft", secondFactor.recoveryCodesLeft(person.personId()));
        page.addObject("scopes", scopes(person));
        // The forms that were not sent are as they are when the page is opened.
        if (!model.containsAttribute("nameForm")) {
            page.addObject("nameForm", new NameForm(person.name()));
        }
        if (!model.containsAttribute("passwordForm")) {
            page.addObject("passwordForm", new PasswordForm(null, null));
        }
        if (!model.containsAttribute("tokenForm")) {
            page.addObject("tokenForm", emptyToken(person));
        }
        return page;
    }

    private TokenForm emptyToken(SignedIn person) {
        return new TokenForm(
                null,
                person.role().name(),
                (person.role() == Role.VIEWER ? TokenScope.READ : TokenScope.WRITE).name(),
                person.workspaceId().toString(),
                LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(90));
    }

    private static List<SignedIn> places(Standing standing) {
        return standing.places().stream()
                .flatMap(place -> standing.in(place.workspaceId()).stream())
                .toList();
    }

    private static List<Role> roles(SignedIn person) {
        return Arrays.stream(Role.values())
                .filter(role -> role.compareTo(person.role()) <= 0)
                .toList();
    }

    private static List<TokenScope> scopes(SignedIn person) {
        return Arrays.stream(TokenScope.values())
                .filter(scope -> scope != TokenScope.ADMIN || person.role() == Role.ADMIN)
                .toList();
    }

    record NameForm(
            @NotBlank @Size(max = Person.NAME_LENGTH) @Nullable
            String name) {}

    record PasswordForm(
            @NotBlank @Nullable String current,
            @NotBlank @Nullable String wanted) {
        /** Without the passwords, which an error message or a log might otherwise show. */
        @Override
        public String toString() {
            return "PasswordForm";
        }
    }

    /**
     * @param purpose names the token
     * @param until the last day on which the token works, UTC
     */
    record TokenForm(
            @NotBlank @Size(max = PersonalTokens.NAME_LENGTH) @Nullable
            String purpose,

            @Nullable String role,
            @Nullable String scope,
            @Nullable String workspace,

            @NotNull @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate until) {}
}
