package io.closeknit.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in whoever sends {@code Authorization: Bearer} with a valid personal token; an invalid one is a 401 at once. */
class PersonalTokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final PersonalTokens tokens;
    private final Allowances allowances;
    private final AuthenticationEntryPoint refusal;
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    PersonalTokenFilter(PersonalTokens tokens, Allowances allowances, AuthenticationEntryPoint refusal) {
        this.tokens = tokens;
        this.allowances = allowances;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            chain.doFilter(request, response);
            return;
        }
        var person = tokens.signIn(header.substring(SCHEME.length()).strip());
        if (person.isEmpty()) {
            try {
                allowances.take(Allowances.Kind.API_REFUSED, AddressKey.of(request));
            } catch (TooManyTriesException tooMany) {
                refusal.commence(request, response, tooMany);
                return;
            }
            refusal.commence(request, response, new BadCredentialsException("Invalid token"));
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(person.get());
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response); // for the asynchronous part of a request
        chain.doFilter(request, response);
    }
}
