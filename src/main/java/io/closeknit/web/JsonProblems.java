package io.closeknit.web;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in a sentence what is wrong with JSON that was sent. */
public final class JsonProblems {
    private static final int SHOWN = 60;

    private JsonProblems() {}

    /**
     * @return 400 where it is no JSON, with line and column; 413 where it is too large; 422 with the field where it is
     *     JSON but not what was expected
     */
    public static ApiException of(JacksonException problem) {
        return switch (problem) {
            case StreamConstraintsException limit
            when mentions(limit, "nesting depth") ->
                ApiException.unreadable("The JSON is nested too deeply: 100 levels are read at most.");
            case StreamConstraintsException limit
            when mentions(limit, "Number value length") ->
                ApiException.unreadable("There is a number of more than 1,000 digits.");
            case StreamConstraintsException limit
            when mentions(limit, "Name length") ->
                ApiException.unreadable("There is a field name of more than 1,000 characters.");
            case StreamConstraintsException limit ->
                ApiException.tooLarge(
                        mentions(limit, "String value length")
                                ? "There is a text of more than 1,000,000 characters."
                                : "The JSON is larger than 32 MB. Send creators in bulk as an import.");
            case StreamReadException syntax -> ApiException.unreadable(syntax(syntax));
            case UnrecognizedPropertyException unknown -> unacceptable(unknown, unknownField(unknown));
            case InvalidFormatException format -> unacceptable(format, format(format));
            case ValueInstantiationException value
            when value.getCause() instanceof IllegalArgumentException refused ->
                unacceptable(value, sentence(Objects.requireNonNullElse(refused.getMessage(), "")));
            case MismatchedInputException mismatch -> unacceptable(mismatch, mismatch(mismatch));
            default -> ApiException.unreadable("The JSON cannot be read" + at(problem) + ": " + firstLine(problem));
        };
    }

    /** The path of a field, {@code accounts[0].followers}; null for the whole. */
    private static @Nullable String field(JacksonException problem) {
        var path = new StringBuilder();
        for (var step : problem.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    private static ApiException unacceptable(JacksonException problem, String reason) {
        var field = field(problem);
        return ApiException.unacceptable(
                field == null ? reason : field + ": " + reason, List.of(new FieldProblem(field, reason)));
    }

    private static String unknownField(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds() == null
                ? List.<String>of()
                : unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .toList();
        return Suggestions.closest(unknown.getPropertyName(), known)
                .map(close -> "This field is not known. Did you mean '" + close + "'?")
                .orElse(
                        known.isEmpty()
                                ? "This field is not known."
                                : "This field is not known. Known are: " + String.join(", ", known) + ".");
    }

    private static String format(InvalidFormatException format) {
        var sent = shown(String.valueOf(format.getValue()));
        var type = format.getTargetType();
        if (type != null && type.isEnum()) {
            return "'" + sent + "' is not known. Known are: "
                    + Stream.of(type.getEnumConstants())
                            .map(String::valueOf)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        return "'" + sent + "' is not " + expected(type) + ".";
    }

    private static String mismatch(MismatchedInputException mismatch) {
        if (mentions(mismatch, "end-of-input")) {
            return "The body is empty. Send JSON.";
        }
        if (mentions(mismatch, "null")
                && mismatch.getTargetType() != null
                && mismatch.getTargetType().isPrimitive()) {
            return "This must not be null: send " + expected(mismatch.getTargetType()) + ".";
        }
        return "Expected is " + expected(mismatch.getTargetType()) + ".";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number within range";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == java.time.LocalDate.class) {
            return "a day such as 2026-11-20";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "a moment such as 2026-11-20T09:00:00Z";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list […]";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "an object {…}";
        }
        return "another kind of value";
    }

    private static String syntax(StreamReadException syntax) {
        return mentions(syntax, "Duplicate")
                ? "A field is there twice" + at(syntax) + ": " + firstLine(syntax)
                : "This is not JSON" + at(syntax) + ": " + firstLine(syntax);
    }

    private static String at(JacksonException problem) {
        var location = problem.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** What the parser says, without the internals that follow. */
    private static String firstLine(JacksonException problem) {
        var message =
                Objects.requireNonNullElse(problem.getOriginalMessage(), "").strip();
        var end = message.indexOf('\n');
        return sentence(shown(end < 0 ? message : message.substring(0, end), 200));
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.matches("(?s).*[.!?…]") ? text : text + ".";
    }

    private static boolean mentions(JacksonException problem, String words) {
        return Objects.requireNonNullElse(problem.getOriginalMessage(), "").contains(words);
    }

    private static String shown(String text) {
        return shown(text, SHOWN);
    }

    private static String shown(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
