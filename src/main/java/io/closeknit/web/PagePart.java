package io.closeknit.web;

import java.util.Map;
import java.util.Optional;

/**
 * Something that an upper module shows inside a lower one's page, rendered on the server. The page names the place, the
 * parts answer in the order of {@code @Order}.
 */
public interface PagePart {
    /**
     * @param place such as {@code creator} (the creator page)
     * @param subject the slug or id of what the page is about
     * @param parameters of the request
     * @return empty where there is nothing to show at this place
     */
    Optional<Shown> part(String place, String subject, Map<String, String[]> parameters);

    /**
     * @param fragment a Thymeleaf fragment, {@code matching/fit :: onCreatorPage}
     * @param model what the fragment finds as {@code part}
     */
    record Shown(String fragment, Object model) {}
}
