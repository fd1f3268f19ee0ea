package io.closeknit.access;

import io.closeknit.access.Allowances.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds how often one person's programs call. */
class ApiAllowance extends OncePerRequestFilter {
    private final Allowances allowances;
    private final AuthenticationEntryPoint refusal;

    ApiAllowance(Allowances allowances, AuthenticationEntryPoint refusal) {
        this.allowances = allowances;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication person) {
            try {
                allowances.take(Kind.API, person.getPrincipal().personId().toString());
            } catch (TooManyTriesException tooMany) {
                refusal.commence(request, response, tooMany);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
