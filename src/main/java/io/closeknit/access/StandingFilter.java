package io.closeknit.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds what a session remembers against what the person may do now, at each request: somebody who was disabled, or
 * whose password was changed, is signed out; a changed role, name or workspace counts from this request on.
 *
 * <p>It reads the security context before anything else does. Loaded later, from inside a transaction, the session
 * would be fetched on a second connection while the first one waits.
 */
class StandingFilter extends OncePerRequestFilter {
    private final StandingReader people;
    private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    StandingFilter(StandingReader people) {
        this.people = people;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication remembered) {
            var now = standing(remembered);
            if (now.isEmpty()) {
                SecurityContextHolder.clearContext();
                var session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
            } else if (!now.get().equals(remembered)) {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(now.get());
                SecurityContextHolder.setContext(context);
                sessions.saveContext(context, request, response);
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<SignedInAuthentication> standing(SignedInAuthentication remembered) {
        var person = remembered.getPrincipal();
        return people.find(person.personId())
                .filter(now -> now.stamp() == remembered.stamp())
                .flatMap(now -> now.in(person.workspaceId()).or(() -> now.in(null)))
                .map(now -> new SignedInAuthentication(now, remembered.stamp()));
    }
}
