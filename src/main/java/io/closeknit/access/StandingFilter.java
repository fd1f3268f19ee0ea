package io.closeknit.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds what a session remembers against what the person may do now, at each request: somebody who was disabled, or
 * whose password was changed, is signed out; a changed role, name or workspace counts from this request on.
 *
 * <p>It reads the security context before anything else does. Loaded later, from inside a transaction, the session
 * would be fetched on a second connection while the first one waits.
 */
class StandingFilter extends OncePerRequestFilter {
    /** The request attribute that spares the page a second look at the {@link Standing}. */
    static final String STANDING = StandingFilter.class.getName() + ".standing";

    private final StandingReader people;
    private final Sessions sessions;

    StandingFilter(StandingReader people, Sessions sessions) {
        this.people = people;
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication remembered) {
            var now = standing(request, remembered);
            if (now.isEmpty()) {
                SecurityContextHolder.clearContext();
                var session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
            } else if (!now.get().equals(remembered)) {
                sessions.keep(now.get(), request, response);
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<SignedInAuthentication> standing(HttpServletRequest request, SignedInAuthentication remembered) {
        var person = remembered.getPrincipal();
        return people.find(person.personId()).filter(now -> now.stamp() == remembered.stamp()).stream()
                .peek(now -> request.setAttribute(STANDING, now))
                .findFirst()
                .flatMap(now -> now.in(person.workspaceId()).or(() -> now.in(null)))
                .map(now -> new SignedInAuthentication(now, remembered.stamp()));
    }
}
