package io.closeknit.web;

import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Writes down changes by their address, once they have succeeded: of niches, imports, the demo; and downloads of
 * what an import left out.
 * By address, so that a new change below one of these is written down without anybody thinking of it; what needs more
 * words, such as a role that was changed, calls {@link Audit} itself.
 */
class AuditTrail implements HandlerInterceptor {
    private static final List<Rule> RULES = List.of(
            new Rule("POST|PUT|DELETE|PATCH", "/admin/niches(/.*)?|/api/v1/niches(/.*)?", AuditAction.NICHE_CHANGED),
            new Rule("POST", "/admin/imports|/api/v1/imports", AuditAction.IMPORT_STARTED),
            new Rule("POST|PUT|DELETE|PATCH", "/admin/imports/.*|/api/v1/imports/.*", AuditAction.IMPORT_CHANGED),
            new Rule("PUT|PATCH", "/api/v1/creators/[^/]+", AuditAction.CREATOR_CHANGED),
            new Rule("POST|DELETE", "/admin/demo(/.*)?|/api/v1/demo", AuditAction.DEMO_REMOVED),
            new Rule(
                    "POST|PUT|DELETE|PATCH",
                    "/admin/(?!people|audit|niches|imports|demo).+",
                    AuditAction.SETTING_CHANGED),
            new Rule("GET", "/(admin|api/v1)/imports/[^/]+/(rejects|notes)\\.csv", AuditAction.IMPORT_EXPORTED));

    private final Audit audit;

    AuditTrail(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        // Whoever breaks a download off has had what came before.
        var download = request.getMethod().equals("GET");
        if ((failure != null && !download) || response.getStatus() >= HttpStatus.BAD_REQUEST.value()) {
            return;
        }
        var path = ApiPaths.path(request);
        RULES.stream()
                .filter(rule -> rule.fits(request.getMethod(), path))
                .findFirst()
                .ifPresent(rule -> audit.note(rule.action(), path, request.getMethod()));
    }

    private record Rule(Pattern methods, Pattern paths, AuditAction action) {
        Rule(String methods, String paths, AuditAction action) {
            this(Pattern.compile(methods), Pattern.compile(paths), action);
        }

        boolean fits(String method, String path) {
            return methods.matcher(method).matches() && paths.matcher(path).matches();
        }
    }
}
