package io.closeknit.access;

import io.closeknit.access.OneTimeLinks.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a one-time link opens: choosing a password, as somebody invited, forgetful, or first. */
@Controller
class LinkController {
    private final Joining joining;
    private final OneTimeLinks links;
    private final Mailer mailer;
    private final Allowances allowances;

    LinkController(Joining joining, OneTimeLinks links, Mailer mailer, Allowances allowances) {
        this.joining = joining;
        this.links = links;
        this.mailer = mailer;
        this.allowances = allowances;
    }

    @GetMapping("/link/{secret}")
    ModelAndView show(@PathVariable String secret, HttpServletRequest request) {
        allowances.take(Allowances.Kind.LINK, request.getRemoteAddr());
        return page(secret, HttpStatus.OK);
    }

    @PostMapping("/link/{secret}")
    ModelAndView choose(
            @PathVariable String secret,
            @Valid @ModelAttribute("linkForm") LinkForm form,
            BindingResult errors,
            HttpServletRequest request,
            RedirectAttributes flash) {
        allowances.take(Allowances.Kind.LINK, request.getRemoteAddr());
        var link = links.find(secret).orElse(null);
        if (link == null) {
            return page(secret, HttpStatus.OK);
        }
        form.check(link.purpose() == Purpose.FIRST_ADMIN, errors);
        if (!errors.hasErrors()) {
            try {
                joining.join(secret, form);
                flash.addFlashAttribute("notice", "access.link.done");
                return new ModelAndView("redirect:/sign-in");
            } catch (EmailTakenException _) {
                errors.rejectValue("email", "access.people.email-taken");
            } catch (NotThereException _) {
                return new ModelAndView("access/link", HttpStatus.NOT_FOUND);
            } catch (TooManySignInsException _) {
                errors.reject("access.sign-in.too-many");
            }
        }
        return page(secret, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/forgotten")
    String forgotten(Model model) {
        model.addAttribute("byMail", mailer.ready());
        model.addAttribute("sent", false);
        return "access/forgotten";
    }

    /** Says the same to everybody, and takes the same time. */
    @PostMapping("/forgotten")
    String send(
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        allowances.take(Allowances.Kind.RESET, request.getRemoteAddr());
        if (mailer.ready()
                && email.length() <= Person.EMAIL_LENGTH
                && allowances.may(Allowances.Kind.RESET_FOR, email.strip().toLowerCase(java.util.Locale.ROOT))) {
            joining.forgotten(email);
        }
        model.addAttribute("byMail", mailer.ready());
        model.addAttribute("sent", true);
        return "access/forgotten";
    }

    private ModelAndView page(String secret, HttpStatus status) {
        var link = links.find(secret).orElse(null);
        if (link == null) {
            return new ModelAndView("access/link", HttpStatus.NOT_FOUND);
        }
        var page = new ModelAndView("access/link", status);
        page.addObject("link", link);
        page.addObject("secret", secret);
        page.addObject("who", joining.who(link).orElse(null));
        if (status == HttpStatus.OK) {
            page.addObject("linkForm", new LinkForm(null, null, null, null));
        }
        return page;
    }

    /**
     * @param name of the first admin alone, like the e-mail
     * @param again the password once more: nobody can look at what was typed
     */
    record LinkForm(
            @Size(max = Person.NAME_LENGTH) @Nullable String name,
            @Size(max = Person.EMAIL_LENGTH) @Nullable String email,
            @NotBlank @Nullable String password,
            @NotBlank @Nullable String again) {
        void check(boolean first, BindingResult errors) {
            if (first && (name == null || name.isBlank())) {
                errors.rejectValue("name", "NotBlank");
            }
            if (first && (email == null || !Emails.valid(email))) {
                errors.rejectValue("email", "Email");
            }
            if (password != null && !password.isEmpty() && !Passwords.goodEnough(password)) {
                errors.rejectValue(
                        "password", "access.password.weak", new Object[] {Passwords.SHORTEST, Passwords.LONGEST}, null);
            } else if (password != null && !password.equals(again)) {
                errors.rejectValue("again", "access.link.differs");
            }
        }

        /** Without the passwords, which an error message or a log might otherwise show. */
        @Override
        public String toString() {
            return "LinkForm";
        }
    }
}
