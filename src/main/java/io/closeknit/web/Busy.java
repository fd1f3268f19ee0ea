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
 * Whoever waited in vain for a connection to the database is told that the server is busy, and when to come again. The
 * first of all filters, since the ones after it ask the database who is there; and what it shows asks it nothing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Busy extends OncePerRequestFilter {
    /** In seconds. */
    static final String COME_AGAIN = "5";

    private static final Logger log = LoggerFactory.getLogger(Busy.class);

    private final TemplateEngine templates;
    private final JsonMapper json;

    Busy(TemplateEngine templates, JsonMapper json) {
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

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            if (!isReasonOf(failure) || response.isCommitted()) {
                throw failure;
            }
            log.warn("{} {}: no connection to the database in time", request.getMethod(), request.getRequestURI());
            answer(request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, COME_AGAIN);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (ApiPaths.isApi(request)) {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(json.writeValueAsBytes(problem().getBody()));
            return;
        }
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Security-Policy", "default-src 'self'");
        var part = "true".equals(request.getHeader("HX-Request"));
        var failure = new ErrorPages.Failure(HttpStatus.SERVICE_UNAVAILABLE.value(), "503", null, null, List.of());
        response.getWriter()
                .write(templates.process(
                        part ? "error/part" : "error/busy",
                        new Context(Locale.ENGLISH, Map.of("base", request.getContextPath(), "failure", failure))));
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
