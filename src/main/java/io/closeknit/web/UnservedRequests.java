package io.closeknit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever waited in vain for a connection to the database is told that the server is busy, and when to come again; and
 * whose request was too large, or for more than the disk has room for, is told so. The first of all filters, since the
 * ones after it ask the database who is there, and read the parameters; and what it shows asks for neither.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnservedRequests extends OncePerRequestFilter {
    /** In seconds. */
    static final String COME_AGAIN = "5";

    private static final Logger log = LoggerFactory.getLogger(UnservedRequests.class);

    private final TemplateEngine templates;
    private final JsonMapper json;

    UnservedRequests(TemplateEngine templates, JsonMapper json) {
        this.templates = templates;
        this.json = json;
    }

    /** Whether no connection to the database was to be had in time. */
    static boolean isReasonOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return false;
    }

    /** Whether the disk has no room for a request; the words of the operating system are all that tells it from other faults. */
    static boolean isOfAFullDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable HttpStatus status(Throwable failure) {
        if (isReasonOf(failure)) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        if (isOfAFullDisk(failure)) {
            return HttpStatus.INSUFFICIENT_STORAGE;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SizeException) {
                return HttpStatus.CONTENT_TOO_LARGE;
            }
        }
        return null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var status = status(failure);
            if (status == null || response.isCommitted()) {
                throw failure;
            }
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), failure.toString());
            answer(status, request, response);
        }
    }

    private void answer(HttpStatus status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.reset();
        response.setStatus(status.value());
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, COME_AGAIN);
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (ApiPaths.isApi(request)) {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream()
                    .write(json.writeValueAsBytes(problem(status).getBody()));
            return;
        }
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Security-Policy", "default-src 'self'");
        var part = "true".equals(request.getHeader("HX-Request"));
        var failure = new ErrorPages.Failure(status.value(), String.valueOf(status.value()), null, null, List.of());
        response.getWriter()
                .write(templates.process(
                        part ? "error/part" : "error/unserved",
                        new Context(Locale.ENGLISH, Map.of("base", request.getContextPath(), "failure", failure))));
    }

    private static ApiException problem(HttpStatus status) {
        return switch (status) {
            case INSUFFICIENT_STORAGE -> noRoom();
            case CONTENT_TOO_LARGE -> tooLarge();
            default -> problem();
        };
    }

    /** 507 for a program. */
    static ApiException noRoom() {
        return ApiException.of(
                HttpStatus.INSUFFICIENT_STORAGE,
                "no-room",
                "The disk of the server has too little room for the file. Ask the operator to make room, then send it again.");
    }

    /** 413 for a program. */
    static ApiException tooLarge() {
        return ApiException.tooLarge("The file is larger than this server accepts. Split it and send the parts.");
    }

    /** 503 for a program. */
    static ApiException problem() {
        var problem = ApiException.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "busy",
                "The server is too busy to answer now. Try again in a few seconds.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, COME_AGAIN);
        return problem;
    }
}
