package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.PeerCurve.Published;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Modash's tables of engagement rates by platform and followers (modash.io/engagement-rate-calculator,
 * /tiktok-engagement-rate-calculator, /youtube-engagement-rate-calculator; 72, 117 and 8 million profiles), used where the
 * catalogue has too few peers of its own. All three are read as shares of the followers: the pages of TikTok and YouTube
 * name views, but their figures are those that others print by followers.
 */
final class PublishedEngagement {
    // Per cent, as printed. The first row serves accounts below 1,000 followers too.
    private static final List<Published> INSTAGRAM = List.of(
            percent(1.72, 3.38, 4.42, 7.97),
            percent(0.62, 1.25, 1.62, 3.54),
            percent(0.39, 0.84, 1.11, 2.61),
            percent(0.32, 0.75, 1.01, 2.47),
            percent(0.41, 0.87, 1.14, 2.63),
            percent(0.46, 0.88, 1.13, 2.46), // 'above average' is printed to 1.46, but 'high' begins at 2.46
            percent(0.57, 1.02, 1.27, 2.60));
    private static final List<Published> TIKTOK = List.of(
            percent(0.81, 1.82, 2.19, 4.19),
            percent(0.42, 1.05, 1.33, 3.45),
            percent(0.24, 0.76, 1.04, 3.44),
            percent(0.14, 0.60, 0.88, 3.30),
            percent(0.14, 0.69, 1.00, 3.24),
            percent(0.25, 0.99, 1.32, 3.16),
            percent(0.35, 1.06, 1.34, 2.78));
    private static final List<Published> YOUTUBE = List.of(
            percent(0.41, 1.47, 2.02, 6.42),
            percent(0.16, 0.59, 0.82, 2.62),
            percent(0.09, 0.36, 0.51, 1.66),
            percent(0.05, 0.23, 0.33, 1.08),
            percent(0.04, 0.19, 0.27, 0.86),
            percent(0.03, 0.16, 0.24, 0.71),
            percent(0.02, 0.13, 0.18, 0.59));

    private PublishedEngagement() {}

    /** @param bin of {@link Peers}; null where nothing is published for such accounts */
    static @Nullable Published curve(int platform, int basis, int bin) {
        if (basis != EngagementBasis.FOLLOWERS.ordinal()) {
            return null;
        }
        var row = Math.max(0, bin - 1);
        return switch (Platform.values()[platform]) {
            case INSTAGRAM -> INSTAGRAM.get(row);
            case TIKTOK -> TIKTOK.get(row);
            case YOUTUBE -> YOUTUBE.get(row);
            default -> null;
        };
    }

    private static Published percent(double first, double second, double third, double fourth) {
        return new Published(first / 100, second / 100, third / 100, fourth / 100);
    }
}
