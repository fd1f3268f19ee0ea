package io.closeknit.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * What is shown where a request failed: a page that says what happened, what was kept and what to do; for a part that
 * htmx asked for a notice with the same words; for a program a problem. Never what the exception says.
 */
@Controller
class ErrorPages implements ErrorController {
    /** The request attribute with a sentence for the person, where there is a better one than the status has. */
    static final String DETAIL = ErrorPages.class.getName() + ".detail";

    /** The statuses with words of their own, {@code web.error.404.title}. */
    private static final List<Integer> TOLD = List.of(400, 401, 403, 404, 405, 409, 413, 422, 429, 503, 507);

    private static final int ENTERED_LENGTH = 20_000;

    @RequestMapping("${server.error.path:${error.path:/error}}")
    Object show(HttpServletRequest request) {
        var status = status(request);
        if (ApiPaths.isApi(request)) {
            return problem(status, request);
        }
        var part = "true".equals(request.getHeader("HX-Request")) && !"true".equals(request.getHeader("HX-Boosted"));
        return new ModelAndView(
                part ? "error/part" : "error/page", Map.of("failure", failure(status, request)), status);
    }

    private static Failure failure(HttpStatus status, HttpServletRequest request) {
        var expired = status == HttpStatus.FORBIDDEN
                && request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException;
        var words = expired
                ? "expired"
                : TOLD.contains(status.value())
                        ? String.valueOf(status.value())
                        : status.is5xxServerError() ? "500" : "4xx";
        return new Failure(
                status.value(),
                words,
                request.getAttribute(DETAIL) instanceof String detail ? detail : null,
                back(request),
                entered(request));
    }

    /** The page that the request came from, where it is one of ours and not the one that failed. */
    private static @Nullable String back(HttpServletRequest request) {
        var referer = request.getHeader(HttpHeaders.REFERER);
        if (referer == null) {
            return null;
        }
        try {
            var from = new URI(referer);
            var path = Objects.requireNonNullElse(from.getRawPath(), "");
            if (!request.getServerName().equalsIgnoreCase(from.getHost())
                    || !path.startsWith(request.getContextPath() + "/")
                    || path.startsWith("//")) {
                return null;
            }
            var there = path.substring(request.getContextPath().length());
            return there.equals(ApiPaths.path(request)) && method(request).equals("GET")
                    ? null
                    : from.getRawQuery() == null ? there : there + "?" + from.getRawQuery();
        } catch (java.net.URISyntaxException _) {
            return null;
        }
    }

    /** What a form that could not be saved held, so that nothing typed is lost; no secrets, nothing that was not typed. */
    private static List<Entered> entered(HttpServletRequest request) {
        var entered = new ArrayList<Entered>();
        if (!"POST".equals(method(request))) {
            return entered;
        }
        for (var parameter : request.getParameterMap().entrySet()) {
            var name = parameter.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith("_") || name.contains("password") || name.contains("token")) {
                continue;
            }
            for (var value : parameter.getValue()) {
                if (!value.isBlank()) {
                    entered.add(new Entered(
                            parameter.getKey(),
                            value.length() > ENTERED_LENGTH ? value.substring(0, ENTERED_LENGTH) : value));
                }
            }
        }
        return entered;
    }

    private static ResponseEntity<?> problem(HttpStatus status, HttpServletRequest request) {
        var type = status.is5xxServerError()
                ? "internal"
                : status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
        var problem = ApiException.of(
                        status,
                        status == HttpStatus.CONTENT_TOO_LARGE ? "too-large" : type,
                        status.is5xxServerError()
                                ? "Something went wrong here, not with your request. It was logged."
                                : status.getReasonPhrase() + ".")
                .getBody();
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** How it was asked for: the container shows errors with GET. */
    private static String method(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String failed
                ? failed
                : request.getMethod();
    }

    private static HttpStatus status(HttpServletRequest request) {
        // Without the attribute somebody asked for /error itself, where there is nothing.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? Objects.requireNonNullElse(HttpStatus.resolve(code), HttpStatus.INTERNAL_SERVER_ERROR)
                : HttpStatus.NOT_FOUND;
    }

    /**
     * @param words the middle of the message keys
     * @param detail a sentence that says more than the words of the status
     * @param back below the context path
     */
    record Failure(
            int status,
            String words,
            @Nullable String detail,
            @Nullable String back,
            List<Entered> entered) {}

    record Entered(String name, String value) {}
}
