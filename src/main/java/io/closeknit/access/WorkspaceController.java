package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changes the workspace in which the session works. */
@Controller
class WorkspaceController {
    private final StandingReader people;
    private final Sessions sessions;

    WorkspaceController(StandingReader people, Sessions sessions) {
        this.people = people;
        this.sessions = sessions;
    }

    /** @param next where to go then; the start page unless given, since the page that was open may belong to the other one */
    @PostMapping("/workspace")
    String change(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam UUID workspace,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        var standing = people.find(person.personId()).orElseThrow(NotThereException::new);
        var there = standing.in(workspace).orElseThrow(NotThereException::new);
        sessions.keep(new SignedInAuthentication(there, standing.stamp()), request, response);
        flash.addFlashAttribute("notice", "access.workspace.changed");
        flash.addFlashAttribute("noticeArgs", there.workspaceName());
        return "redirect:" + OwnPath.or(next, "/");
    }
}
