package io.closeknit.matching;

import java.util.List;

/**
 * What is filtered by together: dropped as one where a result is empty.
 *
 * @param parameters of the address
 * @param chips one for each part that can be taken out by itself
 */
record FilterGroup(List<String> parameters, List<Chip> chips) {
    /** @param url of Discover without it */
    record Chip(String text, String url) {}

    String text() {
        return String.join(", ", chips.stream().map(Chip::text).toList());
    }
}
