package io.closeknit.web;

import java.util.List;

/** The criteria of the fit by their keys, in the order that holds everywhere. */
public final class Criteria {
    public static final List<String> KEYS =
            List.of("relevance", "audience", "bond", "credibility", "belief", "focus", "authenticity", "value");

    private Criteria() {}
}
