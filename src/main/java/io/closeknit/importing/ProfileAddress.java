package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of somebody's profile, such as {@code https://www.tiktok.com/@ana.trails?lang=en}.
 *
 * @param handle without '@'
 */
record ProfileAddress(Platform platform, String handle) {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://)?(?:www\\.|m\\.|mobile\\.|web\\.)?([a-z0-9.-]+\\.[a-z]{2,})/([^?#]*)(?:[?#].*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> NO_PROFILES = Set.of(
            "p",
            "reel",
            "reels",
            "explore",
            "stories",
            "watch",
            "playlist",
            "video",
            "tag",
            "hashtag",
            "intent",
            "share",
            "search",
            "home",
            "i");

    static Optional<ProfileAddress> parse(String text) {
        var match = ADDRESS.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var platform = platform(match.group(1).toLowerCase(Locale.ROOT));
        if (platform == null) {
            return Optional.empty();
        }
        var path = match.group(2).split("/");
        var first = path[0];
        if (platform == Platform.YOUTUBE && Set.of("c", "user", "channel").contains(first)) {
            first = path.length > 1 ? path[1] : "";
        }
        String handle;
        try {
            handle = URLDecoder.decode(first.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        handle = handle.startsWith("@") ? handle.substring(1) : handle;
        return handle.isBlank() || NO_PROFILES.contains(handle.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(new ProfileAddress(platform, handle));
    }

    private static @Nullable Platform platform(String host) {
        return switch (host) {
            case "instagram.com", "instagr.am" -> Platform.INSTAGRAM;
            case "tiktok.com" -> Platform.TIKTOK;
            case "youtube.com" -> Platform.YOUTUBE;
            case "twitch.tv" -> Platform.TWITCH;
            case "twitter.com", "x.com" -> Platform.X;
            case "facebook.com", "fb.com" -> Platform.FACEBOOK;
            default -> host.matches("([a-z]{2}\\.)?pinterest\\.(com|[a-z]{2}|co\\.uk)") ? Platform.PINTEREST : null;
        };
    }
}
