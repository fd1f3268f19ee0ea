package io.closeknit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/**
 * Gives links to files the hash of their content, as Spring does, and leaves all other links alone. Spring by itself looks
 * for a file behind each link of a page, every time again, in every jar and under one lock: with a hundred links to
 * creators that took longer than all else together.
 */
@Component
class FileLinks extends ResourceUrlEncodingFilter {
    /** As {@code access.StaticFiles} lets through. */
    private static final Pattern FILE = Pattern.compile("[^?#]+\\.(css|js|svg|png|ico|woff2)");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(response instanceof HttpServletResponse plain)) {
            super.doFilter(request, response, chain);
            return;
        }
        super.doFilter(
                request,
                response,
                (asked, hashing) -> chain.doFilter(asked, new Links((HttpServletResponse) hashing, plain)));
    }

    static boolean isFile(String url) {
        return FILE.matcher(url).matches();
    }

    private static final class Links extends HttpServletResponseWrapper {
        private final HttpServletResponse plain;

        /** @param hashing gives links their hash; @param plain does not */
        Links(HttpServletResponse hashing, HttpServletResponse plain) {
            super(hashing);
            this.plain = plain;
        }

        @Override
        public String encodeURL(String url) {
            return isFile(url) ? super.encodeURL(url) : plain.encodeURL(url);
        }
    }
}
