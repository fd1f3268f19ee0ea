package io.closeknit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list over the API.
 *
 * @param total of all pages
 * @param next the cursor of the next page, null on the last
 */
public record Listing<T>(
        List<T> items,
        long total,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {}
