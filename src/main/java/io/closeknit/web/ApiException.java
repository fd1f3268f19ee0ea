package io.closeknit.web;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer of the API that is not a success: RFC 9457 problem details with {@code errors[]} by field. */
public class ApiException extends ErrorResponseException {
    private ApiException(HttpStatus status, String type, String detail, List<FieldProblem> errors) {
        super(status, problem(status, type, detail, errors), null);
    }

    /** 400: cannot be read at all. */
    public static ApiException unreadable(String detail) {
        return new ApiException(HttpStatus.BAD_REQUEST, "unreadable", detail, List.of());
    }

    /** 404, also for what belongs to another workspace. */
    public static ApiException notFound(String detail) {
        return new ApiException(HttpStatus.NOT_FOUND, "not-found", detail, List.of());
    }

    /** 409: the name is taken. @param existing names what has it */
    public static ApiException taken(String detail, Object existing) {
        return with(new ApiException(HttpStatus.CONFLICT, "taken", detail, List.of()), "existing", existing);
    }

    /** 409: somebody changed it since it was read. */
    public static ApiException stale(String detail, @Nullable Object yours, Object current) {
        var stale = with(new ApiException(HttpStatus.CONFLICT, "stale", detail, List.of()), "current", current);
        return yours == null ? stale : with(stale, "yours", yours);
    }

    /** 422: can be read but not accepted. @param errors at least one */
    public static ApiException unacceptable(String detail, List<FieldProblem> errors) {
        return new ApiException(HttpStatus.UNPROCESSABLE_CONTENT, "unacceptable", detail, errors);
    }

    /** 413: larger than is read. */
    public static ApiException tooLarge(String detail) {
        return new ApiException(HttpStatus.CONTENT_TOO_LARGE, "too-large", detail, List.of());
    }

    /** Any other status. @param type the end of the problem's {@code type}, in small letters with dashes */
    static ApiException of(HttpStatus status, String type, String detail) {
        return new ApiException(status, type, detail, List.of());
    }

    /** 428: a change must say which version it is about. */
    public static ApiException preconditionRequired() {
        return new ApiException(
                HttpStatus.PRECONDITION_REQUIRED,
                "precondition-required",
                "Send the ETag that you read in the header If-Match, so that nobody's change is lost.",
                List.of());
    }

    private static ApiException with(ApiException exception, String property, Object value) {
        exception.getBody().setProperty(property, value);
        return exception;
    }

    private static ProblemDetail problem(HttpStatus status, String type, String detail, List<FieldProblem> errors) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:closeknit:problem:" + type));
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }
}
