package io.closeknit.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a program that signs in with HTTP Basic say in which workspace it works: {@code Closeknit-Workspace}, the id or
 * the name. A token is for one workspace; naming another one is refused rather than overheard. A workspace that the
 * person does not belong to is not there, 404.
 */
class WorkspaceHeader extends OncePerRequestFilter {
    static final String NAME = "Closeknit-Workspace";

    private final StandingReader people;
    private final ApiProblems problems;

    WorkspaceHeader(StandingReader people, ApiProblems problems) {
        this.people = people;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var wanted = request.getHeader(NAME);
        if (!StringUtils.hasText(wanted)
                || !(SecurityContextHolder.getContext().getAuthentication()
                        instanceof SignedInAuthentication present)) {
            chain.doFilter(request, response);
            return;
        }
        var there = present.getDetails() instanceof PersonalToken.Use
                ? Optional.of(present.getPrincipal()).filter(place -> names(place, wanted))
                : people.find(present.getPrincipal().personId())
                        .flatMap(standing -> standing.places().stream()
                                .flatMap(place -> standing.in(place.workspaceId()).stream())
                                .filter(place -> names(place, wanted))
                                .findFirst());
        if (there.isEmpty()) {
            problems.noSuchWorkspace(request, response);
            return;
        }
        var authentication = new SignedInAuthentication(there.get(), present.stamp());
        authentication.setDetails(present.getDetails());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }

    private static boolean names(SignedIn place, String wanted) {
        return place.workspaceId().toString().equalsIgnoreCase(wanted.strip())
                || place.workspaceName().equalsIgnoreCase(wanted.strip());
    }
}
