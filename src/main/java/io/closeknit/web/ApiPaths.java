package io.closeknit.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** Which requests come from programs and are answered with problem details. */
final class ApiPaths {
    private ApiPaths() {}

    static boolean isApi(HttpServletRequest request) {
        return isApi(path(request));
    }

    static boolean isApi(String path) {
        return path.equals("/api")
                || path.startsWith("/api/")
                || path.startsWith("/v3/api-docs")
                || path.startsWith("/actuator");
    }

    /** The path that was asked for, also while an error is shown. */
    static String path(HttpServletRequest request) {
        var uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
        return uri.startsWith(request.getContextPath())
                ? uri.substring(request.getContextPath().length())
                : uri;
    }
}
