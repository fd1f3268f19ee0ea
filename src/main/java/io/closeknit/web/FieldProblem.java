package io.closeknit.web;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code errors[]} in a problem.
 *
 * @param field the path, such as {@code accounts[0].engagementRate}; null where it is about the whole
 * @param reason a sentence that says what is wrong and what to do
 */
public record FieldProblem(@Nullable String field, String reason) {}
