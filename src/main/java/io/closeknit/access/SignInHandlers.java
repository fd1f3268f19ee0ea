package io.closeknit.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Where the browser goes around signing in: asked to, succeeded, failed, refused. */
@Component
class SignInHandlers {
    private static final String SOON = "5";

    private final Audit audit;
    private final Clock clock;

    SignInHandlers(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Sends to the sign-in page, which remembers in its own address where the person wanted to go. */
    void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof TooManyTriesException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.seconds()));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
            return;
        }
        if (request.getHeader("HX-Request") != null) {
            // htmx would show the sign-in page inside the part that it swaps; this sends the whole page there.
            response.setHeader("HX-Redirect", signIn(request, pathOf(request.getHeader("HX-Current-URL"))));
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return;
        }
        response.sendRedirect(signIn(request, request.getMethod().equals("GET") ? addressOf(request) : null));
    }

    void succeeded(HttpServletRequest request, HttpServletResponse response, Authentication person) throws IOException {
        if (person.getPrincipal() instanceof SignedIn who) {
            SessionList.begins(request.getSession(), request);
            audit.note(AuditAction.SIGNED_IN, who, null, null);
        }
        response.sendRedirect(request.getContextPath() + OwnPath.or(request.getParameter("next"), "/"));
    }

    void leaving(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication person) {
        if (person != null && person.getPrincipal() instanceof SignedIn who) {
            audit.note(AuditAction.SIGNED_OUT, who, null, null);
        }
    }

    /** Shows the sign-in page again, with what was typed and what is wrong. */
    void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws ServletException, IOException {
        if (reason instanceof SecondFactorNeededException second) {
            SecondStepController.begin(second.person(), request.getParameter("next"), clock.instant(), request);
            response.sendRedirect(request.getContextPath() + SecondStepController.PATH);
            return;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        if (reason instanceof TooManyTriesException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.seconds()));
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            request.setAttribute(SignInController.WAIT, tooMany.seconds());
        } else if (reason instanceof TooManySignInsException) {
            response.setHeader(HttpHeaders.RETRY_AFTER, SOON);
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        }
        request.setAttribute(
                SignInController.PROBLEM,
                switch (reason) {
                    case DisabledException _ -> "access.sign-in.disabled";
                    case NoWorkspaceException _ -> "access.sign-in.no-workspace";
                    case TooManyTriesException _ -> "access.sign-in.wait";
                    case TooManySignInsException _ -> "access.sign-in.too-many";
                    default -> "access.sign-in.wrong";
                });
        request.getRequestDispatcher(SignInController.FAILED).forward(request, response);
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws ServletException, IOException {
        if (response.isCommitted()) {
            return;
        }
        if (reason instanceof CsrfException || request.getHeader("HX-Request") != null) {
            // The error page keeps what was typed, and has a short form for a part of a page.
            request.setAttribute(WebAttributes.ACCESS_DENIED_403, reason);
            response.sendError(HttpStatus.FORBIDDEN.value());
            return;
        }
        response.setStatus(HttpStatus.FORBIDDEN.value());
        request.getRequestDispatcher(SignInController.REFUSED).forward(request, response);
    }

    private static String signIn(HttpServletRequest request, @Nullable String next) {
        var page = UriComponentsBuilder.fromPath(request.getContextPath() + "/sign-in");
        var path = OwnPath.or(next, "/");
        return path.equals("/")
                ? page.build().toUriString()
                : page.queryParam("next", "{next}")
                        .encode()
                        .buildAndExpand(path)
                        .toUriString();
    }

    private static String addressOf(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }

    /** @param url what htmx says is in the address bar */
    private static @Nullable String pathOf(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            var uri = URI.create(url);
            return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
