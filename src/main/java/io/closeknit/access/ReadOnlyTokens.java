package io.closeknit.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps tokens of the scope {@link TokenScope#READ} from changing anything. */
class ReadOnlyTokens extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Stores nothing: the brief is sent in the body because it is too long for an address. */
    private static final String RANKING = "/api/v1/rankings";

    private final AccessDeniedHandler refusal;

    ReadOnlyTokens(AccessDeniedHandler refusal) {
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.getDetails() instanceof PersonalToken.Use use
                && use.scope() == TokenScope.READ
                && !READING.contains(request.getMethod())
                && !(request.getMethod().equals("POST")
                        && request.getServletPath().equals(RANKING))) {
            refusal.handle(request, response, new AccessDeniedException("The token may only read"));
            return;
        }
        chain.doFilter(request, response);
    }
}
