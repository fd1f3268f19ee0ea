package io.closeknit.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * The outer wall of every text that comes in, on pages and in addresses; {@link JsonTextCheck} is that of JSON. Refused by
 * the field's name: a text that is longer than any field takes, and characters that nobody types and PostgreSQL or a
 * spreadsheet may not hold (a zero byte and other control characters but tab and line break). How long one field may be
 * is said, shorter, where it is read; a field that nobody thought of still has this bound.
 */
class TextCheck implements HandlerInterceptor {
    /** In an address. */
    static final int LONGEST_IN_ADDRESS = 2_000;

    /** In a form, and in JSON. */
    static final int LONGEST = 20_000;

    static final int LONGEST_FILE_NAME = 250;

    private static final int SHOWN = 60;

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || request.getDispatcherType() != DispatcherType.REQUEST
                || !method.getBeanType().getPackageName().startsWith("io.closeknit")) {
            return true;
        }
        var problems = new ArrayList<FieldProblem>();
        for (var parameter : request.getParameterMap().entrySet()) {
            var longest = longest(method, parameter.getKey(), request);
            for (var value : parameter.getValue()) {
                problem(parameter.getKey(), value, longest).ifPresent(problems::add);
            }
        }
        var multipart = WebUtils.getNativeRequest(request, MultipartRequest.class);
        if (multipart != null) {
            multipart
                    .getMultiFileMap()
                    .forEach((name, files) -> files.forEach(
                            file -> fileName(name, file.getOriginalFilename()).ifPresent(problems::add)));
        }
        refuse(problems);
        return true;
    }

    /** @throws ApiException 422 where there is a problem */
    static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw ApiException.unacceptable(
                    shown(Objects.requireNonNullElse(problems.getFirst().field(), "body")) + ": "
                            + problems.getFirst().reason(),
                    problems);
        }
    }

    static Optional<FieldProblem> problem(String field, String text, int longest) {
        if (text.length() > longest) {
            return Optional.of(new FieldProblem(
                    shown(field), "This is longer than %,d characters. Shorten it.".formatted(longest)));
        }
        return UnwantedCharacters.first(text)
                .map(character -> new FieldProblem(
                        shown(field),
                        "There is a character in it that cannot be kept (U+%04X). Take it out and send it again."
                                .formatted((int) character)));
    }

    private static Optional<FieldProblem> fileName(String field, @Nullable String name) {
        return name == null
                ? Optional.empty()
                : problem(field, name, LONGEST_FILE_NAME)
                        .map(problem -> new FieldProblem(problem.field(), "The name of the file: " + problem.reason()));
    }

    private static int longest(HandlerMethod method, String name, HttpServletRequest request) {
        for (var parameter : method.getMethodParameters()) {
            var longest = parameter.getParameterAnnotation(LongestText.class);
            var named = parameter.getParameterAnnotation(RequestParam.class);
            if (longest != null
                    && named != null
                    && name.equals(StringUtils.hasText(named.name()) ? named.name() : parameter.getParameterName())) {
                return longest.value();
            }
        }
        return request.getMethod().equals("POST") || request.getMethod().equals("PUT") ? LONGEST : LONGEST_IN_ADDRESS;
    }

    private static String shown(String field) {
        return field.length() > SHOWN ? field.substring(0, SHOWN) + "…" : field;
    }
}
