package io.closeknit.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as HTTP speaks of them. */
public final class ETags {
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private ETags() {}

    /** The ETag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that a change is about.
     *
     * @param ifMatch the header If-Match
     * @return -1 where the tag is none of ours, which matches no version
     * @throws ApiException 428 where the header is missing
     */
    public static long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ApiException.preconditionRequired();
        }
        var match = VERSION.matcher(ifMatch.strip());
        return match.matches() ? Long.parseLong(match.group(1)) : -1;
    }
}
