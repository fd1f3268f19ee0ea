package io.closeknit.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * Says what went wrong: to programs as RFC 9457 problem details, here; to people on a page, by handing the status on to
 * {@link ErrorPages}. The types of problems are documented in {@code docs/pages.md} and in the description of the API.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final MessageSource messages;

    ProblemAdvice(MessageSource messages) {
        this.messages = messages;
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<ProblemDetail> handle(Exception problem, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (problem instanceof AccessDeniedException
                || problem instanceof AuthenticationException
                || problem instanceof AsyncRequestNotUsableException) {
            throw problem; // the security filters answer these; for a lost connection there is nobody to answer
        }
        if (!ApiPaths.isApi(request)) {
            return toPage(problem, request, response);
        }
        if (response.isCommitted()) {
            throw problem;
        }
        var answer = answer(problem);
        if (answer.getStatusCode().is5xxServerError()) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), problem);
        }
        var body = answer.getBody();
        if (body.getInstance() == null) {
            body.setInstance(java.net.URI.create(request.getRequestURI()));
        }
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }

    /** What Spring would not give the right status by itself; all else is thrown again and takes the usual way. */
    private static @Nullable ResponseEntity<ProblemDetail> toPage(
            Exception problem, HttpServletRequest request, HttpServletResponse response) throws Exception {
        var status = switch (problem) {
            case OptimisticLockingFailureException _, DuplicateKeyException _ -> HttpStatus.CONFLICT;
            case MaxUploadSizeExceededException _ -> HttpStatus.CONTENT_TOO_LARGE;
            case MultipartException multipart
            when UnservedRequests.isOfAFullDisk(multipart) -> HttpStatus.INSUFFICIENT_STORAGE;
            case MultipartException _ -> HttpStatus.BAD_REQUEST;
            case BindException _, HandlerMethodValidationException _, ConstraintViolationException _ ->
                HttpStatus.UNPROCESSABLE_CONTENT;
            case MethodArgumentTypeMismatchException _, MissingRequestValueException _ ->
                HttpStatus.UNPROCESSABLE_CONTENT;
            default -> null;
        };
        if (problem instanceof ApiException said) {
            request.setAttribute(ErrorPages.DETAIL, said.getBody().getDetail());
        }
        if (status == null || response.isCommitted()) {
            throw problem;
        }
        response.sendError(status.value());
        return null;
    }

    private ErrorResponse answer(Exception problem) {
        return switch (problem) {
            case ApiException said -> said;
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case JacksonException json -> JsonProblems.of(json);
            case BindException invalid ->
                unacceptable(invalid.getAllErrors().stream()
                        .map(error -> new FieldProblem(
                                error instanceof FieldError field ? field.getField() : null, message(error)))
                        .toList());
            case HandlerMethodValidationException invalid ->
                unacceptable(invalid.getParameterValidationResults().stream()
                        .flatMap(result -> result.getResolvableErrors().stream()
                                .map(error -> new FieldProblem(
                                        error instanceof FieldError field
                                                ? field.getField()
                                                : result.getMethodParameter().getParameterName(),
                                        message(error))))
                        .toList());
            case ConstraintViolationException invalid ->
                unacceptable(invalid.getConstraintViolations().stream()
                        .map(each -> new FieldProblem(String.valueOf(each.getPropertyPath()), each.getMessage()))
                        .toList());
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MissingServletRequestParameterException missing ->
                unacceptable(List.of(new FieldProblem(missing.getParameterName(), "This parameter is required.")));
            case MissingServletRequestPartException missing ->
                unacceptable(List.of(new FieldProblem(
                        missing.getRequestPartName(), "This part of the multipart body is required.")));
            case MaxUploadSizeExceededException _ -> UnservedRequests.tooLarge();
            case MultipartException multipart
            when UnservedRequests.isOfAFullDisk(multipart) -> UnservedRequests.noRoom();
            case MultipartException _ -> ApiException.unreadable("The body is not a readable multipart/form-data.");
            case OptimisticLockingFailureException _ ->
                ApiException.of(
                        HttpStatus.CONFLICT,
                        "stale",
                        "Somebody changed this at the same moment. Read it again and repeat your change.");
            case DuplicateKeyException _ ->
                ApiException.of(
                        HttpStatus.CONFLICT, "taken", "The same thing was created at the same moment. Read it again.");
            case TransientDataAccessException _ -> UnservedRequests.problem();
            case Exception busy when UnservedRequests.isReasonOf(busy) -> UnservedRequests.problem();
            case NoResourceFoundException _ -> ApiException.notFound("There is nothing at this address.");
            case HttpRequestMethodNotSupportedException method -> method(method);
            case HttpMediaTypeException type -> mediaType(type);
            case ErrorResponse response -> plain(response);
            default -> unexpected(problem);
        };
    }

    private static ErrorResponse unreadable(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return JsonProblems.of(json);
            }
            if (cause instanceof IOException) {
                return ApiException.unreadable("The body broke off while it was read.");
            }
        }
        return ApiException.unreadable("The body is missing. Send JSON.");
    }

    private static ApiException unacceptable(List<FieldProblem> errors) {
        var detail = errors.stream()
                .map(error -> error.field() == null ? error.reason() : error.field() + ": " + error.reason())
                .collect(Collectors.joining(" "));
        return ApiException.unacceptable(detail.isEmpty() ? "This is not accepted." : detail, errors);
    }

    private static ApiException mismatch(MethodArgumentTypeMismatchException mismatch) {
        var type = mismatch.getRequiredType();
        if (mismatch.getParameter()
                .hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class)) {
            return ApiException.notFound("There is nothing at this address.");
        }
        var expected = type == null
                ? "something else"
                : type == boolean.class || type == Boolean.class
                        ? "true or false"
                        : type.isPrimitive() || Number.class.isAssignableFrom(type)
                                ? "a number within range"
                                : type.isEnum()
                                        ? "one of "
                                                + String.join(
                                                        ", ",
                                                        java.util.Arrays.stream(
                                                                        Objects.requireNonNull(type.getEnumConstants()))
                                                                .map(String::valueOf)
                                                                .toList())
                                        : "another kind of value";
        var value = String.valueOf(mismatch.getValue());
        return unacceptable(List.of(new FieldProblem(
                mismatch.getName(),
                "'" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "' cannot be read: expected is "
                        + expected + ".")));
    }

    private static ErrorResponse method(HttpRequestMethodNotSupportedException method) {
        var allowed = method.getSupportedHttpMethods();
        var answer = ApiException.of(
                HttpStatus.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                method.getMethod() + " is not possible here"
                        + (allowed == null || allowed.isEmpty()
                                ? "."
                                : ", but "
                                        + allowed.stream()
                                                .map(String::valueOf)
                                                .sorted()
                                                .collect(Collectors.joining(", "))
                                        + "."));
        answer.getHeaders().putAll(method.getHeaders());
        return answer;
    }

    private static ErrorResponse mediaType(HttpMediaTypeException type) {
        var status = HttpStatus.valueOf(type.getStatusCode().value());
        var answer = status == HttpStatus.NOT_ACCEPTABLE
                ? ApiException.of(status, "not-acceptable", "This is not available in the type that Accept asks for.")
                : ApiException.of(
                        status,
                        "unsupported-media-type",
                        "Content-Type must be "
                                + (type.getSupportedMediaTypes().isEmpty()
                                        ? "another one."
                                        : type.getSupportedMediaTypes().stream()
                                                        .map(MediaType::toString)
                                                        .distinct()
                                                        .collect(Collectors.joining(" or "))
                                                + "."));
        answer.getHeaders().putAll(type.getHeaders());
        return answer;
    }

    /** A status of Spring's own, with a type of ours. */
    private static ErrorResponse plain(ErrorResponse response) {
        var status = HttpStatus.resolve(response.getStatusCode().value());
        if (status == null || status == HttpStatus.INTERNAL_SERVER_ERROR) {
            return internal();
        }
        var detail = response.getBody().getDetail();
        var answer = ApiException.of(
                status,
                status == HttpStatus.NOT_FOUND
                        ? "not-found"
                        : status.getReasonPhrase()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace(' ', '-'),
                detail == null ? status.getReasonPhrase() + "." : detail);
        answer.getHeaders().putAll(response.getHeaders());
        return answer;
    }

    private static ErrorResponse unexpected(Exception problem) {
        var annotated = org.springframework.core.annotation.AnnotatedElementUtils.findMergedAnnotation(
                problem.getClass(), ResponseStatus.class);
        if (annotated == null) {
            return internal();
        }
        return annotated.code() == HttpStatus.NOT_FOUND
                ? ApiException.notFound("There is nothing at this address.")
                : ApiException.of(
                        annotated.code(),
                        annotated
                                .code()
                                .getReasonPhrase()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace(' ', '-'),
                        annotated.reason().isEmpty() ? annotated.code().getReasonPhrase() + "." : annotated.reason());
    }

    private static ApiException internal() {
        return ApiException.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "Something went wrong here, not with your request. It was logged; nothing was changed half.");
    }

    private String message(MessageSourceResolvable error) {
        return messages.getMessage(error, LocaleContextHolder.getLocale());
    }
}
