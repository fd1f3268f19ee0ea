package io.closeknit.access;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where to go after signing in or switching: only ever to a page of ours, never to a host that a link names. */
final class OwnPath {
    private static final int LONGEST = 2_000;

    private OwnPath() {}

    /**
     * @param asked a path with or without a query, such as {@code /discover?niche=yoga}
     * @return {@code asked} where it is one of ours, otherwise {@code otherwise}
     */
    static String or(@Nullable String asked, String otherwise) {
        return asked != null && isOwn(asked) ? asked : otherwise;
    }

    private static boolean isOwn(String asked) {
        // Browsers read '//host' and '/\host' as another host, and skip tabs and line breaks inside an address.
        if (asked.length() > LONGEST
                || !asked.startsWith("/")
                || asked.startsWith("//")
                || asked.indexOf('\\') >= 0
                || asked.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        try {
            var uri = new URI(asked);
            var path = uri.getRawPath();
            return uri.getScheme() == null
                    && uri.getRawAuthority() == null
                    && path != null
                    && !path.equals("/sign-in")
                    && !path.startsWith("/sign-in/")
                    && !path.equals("/sign-out");
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
