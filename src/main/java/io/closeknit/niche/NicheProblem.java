package io.closeknit.niche;

/**
 * Why a niche was not accepted.
 *
 * @param field the path, such as {@code aliases[2]}
 * @param code the end of a message key that begins with {@code niche.problem.}
 */
record NicheProblem(String field, String code, Object... arguments) {
    String key() {
        return "niche.problem." + code;
    }

    /** The field of the form that the path lies in: {@code aliases[2]} is in aliases. */
    String formField() {
        return field.replaceAll("\\[.*", "");
    }
}
