package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says 401 and 403 to programs as RFC 9457 problem details. */
@Component
class ApiProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String RETRY_SECONDS = "5";

    private final JsonMapper json;

    ApiProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof TooManySignInsException) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-requests",
                    "Too many passwords are being checked at once. Try again in a few seconds, or use a token.");
            return;
        }
        if (reason instanceof TooManyTriesException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.seconds()));
            write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-requests",
                    "Too many calls, or too many that were refused. Try again in " + tooMany.seconds() + " seconds.");
            return;
        }
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Closeknit\"");
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Closeknit\", charset=\"UTF-8\"");
        write(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                "unauthorized",
                switch (reason) {
                    case SecondFactorNeededException _ ->
                        "This person signs in with a second factor, which a program cannot. Use a token.";
                    case DisabledException _ -> "This person is disabled. Ask an admin.";
                    case NoWorkspaceException _ -> "This person belongs to no workspace. Ask an admin.";
                    default ->
                        request.getHeader(HttpHeaders.AUTHORIZATION) == null
                                ? "Send a token in the header 'Authorization: Bearer …', or e-mail and password with HTTP Basic."
                                : "The token, or the e-mail and password, are not valid (any more).";
                });
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        write(
                request,
                response,
                HttpStatus.FORBIDDEN,
                "forbidden",
                "Your role does not allow this, or your token has a lower role or a smaller scope than you have.");
    }

    /** Also for one that others have: what is not yours is not there. */
    void noSuchWorkspace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(
                request,
                response,
                HttpStatus.NOT_FOUND,
                "not-found",
                "You belong to no workspace of the name or id in the header " + WorkspaceHeader.NAME
                        + "; a token works in its own workspace only.");
    }

    private void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "urn:closeknit:problem:" + type);
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", detail);
        problem.put("instance", request.getRequestURI());
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
