package io.closeknit.access;

import io.closeknit.access.PeopleService.LastAdminException;
import io.closeknit.access.PeopleService.LastWorkspaceException;
import io.closeknit.access.PeopleService.NameTakenException;
import io.closeknit.access.PeopleService.StaleException;
import io.closeknit.access.PeopleService.WorkspaceCard;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** People and workspaces, for admins. */
@Controller
@ForAdmins
@RequestMapping("/admin/people")
class PeopleController {
    private static final String LIST = "redirect:/admin/people";

    private final PeopleService people;
    private final Joining joining;
    private final SecondFactor secondFactor;
    private final SessionList sessions;
    private final Mailer mailer;
    private final AccessProperties settings;
    private final Audit audit;

    PeopleController(
            PeopleService people,
            Joining joining,
            SecondFactor secondFactor,
            SessionList sessions,
            Mailer mailer,
            AccessProperties settings,
            Audit audit) {
        this.people = people;
        this.joining = joining;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.mailer = mailer;
        this.settings = settings;
        this.audit = audit;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("people", people.list());
        model.addAttribute("workspaces", people.workspaces());
        return "access/people";
    }

    @GetMapping("/new")
    String newForm(Model model) {
        model.addAttribute("personForm", PersonForm.empty());
        model.addAttribute("workspaces", open());
        model.addAttribute("roles", PersonForm.IN_A_WORKSPACE);
        return "access/person-form";
    }

    /** Shows the invitation in the answer itself: after a redirect it would have to be kept somewhere until then. */
    @PostMapping
    ModelAndView add(@Valid @ModelAttribute PersonForm form, BindingResult errors, RedirectAttributes flash) {
        if (errors.getTarget() != null) { // there is no form where a box holds what is no box
            form.check(errors);
        }
        if (!errors.hasErrors()) {
            try {
                var typed = form.password();
                // Without a password only the invitation lets this person in: nobody knows a random one.
                var id = people.add(form.toChange(), StringUtils.hasLength(typed) ? typed : Secrets.make());
                if (!StringUtils.hasLength(typed)) {
                    return link(id, joining.invite(id), "access.people.invited");
                }
                flash.addFlashAttribute("notice", "access.people.added");
                flash.addFlashAttribute("noticeArgs", form.name());
                return new ModelAndView(LIST);
            } catch (EmailTakenException _) {
                errors.rejectValue("email", "access.people.email-taken");
            }
        }
        return form(null, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/{id}")
    ModelAndView editForm(@PathVariable UUID id) {
        var page = form(id, HttpStatus.OK);
        page.addObject("personForm", PersonForm.of(people.find(id).orElseThrow(NotThereException::new)));
        return page;
    }

    @PostMapping("/{id}")
    ModelAndView update(
            @PathVariable UUID id,
            @AuthenticationPrincipal SignedIn admin,
            @Valid @ModelAttribute PersonForm form,
            BindingResult errors,
            RedirectAttributes flash) {
        if (errors.getTarget() != null) { // there is no form where a box holds what is no box
            form.check(errors);
        }
        if (!errors.hasErrors()) {
            try {
                people.change(id, form.version() == null ? -1 : form.version(), form.toChange(), admin.personId());
                flash.addFlashAttribute("notice", "access.people.changed");
                flash.addFlashAttribute("noticeArgs", form.name());
                return new ModelAndView(LIST);
            } catch (EmailTakenException _) {
                errors.rejectValue("email", "access.people.email-taken");
            } catch (LastAdminException last) {
                errors.rejectValue("admin", last.key());
            } catch (StaleException _) {
                return stale(id, form);
            }
        }
        return form(id, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping("/{id}/disable")
    String disable(@PathVariable UUID id, @AuthenticationPrincipal SignedIn admin, RedirectAttributes flash) {
        try {
            people.disable(id, admin.personId());
            notice(flash, "access.people.disabled", id);
        } catch (LastAdminException last) {
            flash.addFlashAttribute("notice", last.key());
            flash.addFlashAttribute("noticeKind", "error");
        }
        return LIST + "/" + id;
    }

    @PostMapping("/{id}/enable")
    String enable(@PathVariable UUID id, RedirectAttributes flash) {
        people.enable(id);
        notice(flash, "access.people.enabled", id);
        return LIST + "/" + id;
    }

    /** A link to choose a new password, shown once: an admin should not choose what somebody else then keeps. */
    @PostMapping("/{id}/password")
    ModelAndView resetPassword(@PathVariable UUID id) {
        return link(id, joining.reset(id), "access.people.reset-link");
    }

    @PostMapping("/{id}/invitation")
    ModelAndView inviteAgain(@PathVariable UUID id) {
        return link(id, joining.invite(id), "access.people.invited");
    }

    /** For somebody who has lost the app and the recovery codes. */
    @PostMapping("/{id}/second-factor/off")
    String turnSecondFactorOff(@PathVariable UUID id, RedirectAttributes flash) {
        var person = people.find(id).orElseThrow(NotThereException::new);
        secondFactor.turnOff(id, person.name());
        notice(flash, "access.people.second-off", person.name());
        return LIST + "/" + id;
    }

    @PostMapping("/{id}/sessions/end")
    String endSessions(@PathVariable UUID id, RedirectAttributes flash) {
        var person = people.find(id).orElseThrow(NotThereException::new);
        var ended = sessions.endAll(id, null);
        audit.note(AuditAction.SESSION_ENDED, person.name(), "all: " + ended);
        notice(flash, "access.people.signed-out", person.name());
        return LIST + "/" + id;
    }

    @PostMapping("/workspaces")
    String addWorkspace(
            @RequestParam(defaultValue = "") String name,
            @AuthenticationPrincipal SignedIn admin,
            RedirectAttributes flash) {
        if (nameable(name, flash)) {
            try {
                people.addWorkspace(name, admin.personId());
                notice(flash, "access.workspace.added", name.strip());
            } catch (NameTakenException _) {
                refused(flash, "access.workspace.taken", name.strip());
            }
        }
        return LIST + "#workspaces";
    }

    @PostMapping("/workspaces/{id}")
    String renameWorkspace(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "-1") long version,
            RedirectAttributes flash) {
        if (nameable(name, flash)) {
            try {
                people.renameWorkspace(id, version, name);
                notice(flash, "access.workspace.renamed", name.strip());
            } catch (NameTakenException _) {
                refused(flash, "access.workspace.taken", name.strip());
            } catch (StaleException _) {
                refused(flash, "access.workspace.stale", name.strip());
            }
        }
        return LIST + "#workspaces";
    }

    @PostMapping("/workspaces/{id}/archive")
    String archiveWorkspace(@PathVariable UUID id, @AuthenticationPrincipal SignedIn admin, RedirectAttributes flash) {
        try {
            people.archiveWorkspace(id, admin.personId());
            notice(flash, "access.workspace.archived", people.workspaceName(id));
        } catch (LastWorkspaceException _) {
            refused(flash, "access.workspace.last", people.workspaceName(id));
        }
        return LIST + "#workspaces";
    }

    @PostMapping("/workspaces/{id}/restore")
    String restoreWorkspace(@PathVariable UUID id, RedirectAttributes flash) {
        people.restoreWorkspace(id);
        notice(flash, "access.workspace.restored", people.workspaceName(id));
        return LIST + "#workspaces";
    }

    private ModelAndView form(@Nullable UUID id, HttpStatus status) {
        var page = new ModelAndView("access/person-form", status);
        page.addObject("workspaces", open());
        page.addObject("roles", PersonForm.IN_A_WORKSPACE);
        if (id != null) {
            page.addObject("person", people.find(id).orElseThrow(NotThereException::new));
            page.addObject("sessions", sessions.of(id, null));
            page.addObject("secondFactor", secondFactor.on(id));
        }
        return page;
    }

    /** Keeps what was typed and shows what somebody else saved meanwhile; saved again, it counts. */
    private ModelAndView stale(UUID id, PersonForm form) {
        var page = form(id, HttpStatus.CONFLICT);
        var current = people.find(id).orElseThrow(NotThereException::new);
        page.addObject("personForm", form.about(current.version()));
        page.addObject("theirs", current);
        return page;
    }

    private ModelAndView link(UUID id, String secret, String message) {
        var page = new ModelAndView("access/person-link");
        page.addObject("person", people.find(id).orElseThrow(NotThereException::new));
        page.addObject("message", message);
        page.addObject("mailed", mailer.ready());
        page.addObject(
                "link",
                (settings.baseUrl() != null
                                ? settings.baseUrl()
                                : ServletUriComponentsBuilder.fromCurrentContextPath()
                                        .toUriString())
                        + OneTimeLinks.PATH
                        + secret);
        return page;
    }

    private List<WorkspaceCard> open() {
        return people.workspaces().stream().filter(each -> !each.archived()).toList();
    }

    private static boolean nameable(String name, RedirectAttributes flash) {
        var length = name.strip().length();
        if (length < 1 || length > Workspace.NAME_LENGTH) {
            refused(flash, "access.workspace.nameless", Workspace.NAME_LENGTH);
            return false;
        }
        return true;
    }

    private void notice(RedirectAttributes flash, String key, UUID id) {
        notice(flash, key, people.find(id).orElseThrow(NotThereException::new).name());
    }

    private static void notice(RedirectAttributes flash, String key, String argument) {
        flash.addFlashAttribute("notice", key);
        flash.addFlashAttribute("noticeArgs", argument);
    }

    private static void refused(RedirectAttributes flash, String key, Object argument) {
        flash.addFlashAttribute("notice", key);
        flash.addFlashAttribute("noticeArgs", argument);
        flash.addFlashAttribute("noticeKind", "error");
    }
}
