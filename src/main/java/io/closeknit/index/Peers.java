package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.CreatorRow.Account;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that an account is compared with: same platform, same basis of the engagement rate, similar followers.
 * Immutable.
 */
final class Peers {
    /** What is compared. */
    enum Figure {
        ENGAGEMENT_RATE("engagementRate"),
        COMMENTS_PER_LIKE("commentsPerLike");

        final String key;

        Figure(String key) {
            this.key = key;
        }
    }

    /** Lower bounds of the bins by followers; the first is below 1,000. */
    static final long[] BINS = {0, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000};

    /** Posts that an engagement rate comes from where that is not known, and the posts that the peers' median counts for. */
    static final double PRIOR_POSTS = 10;

    // Natural logarithms of the bins' geometric centres; the open ones count as 100–1,000 and 1–10 million.
    private static final double[] CENTRES = new double[BINS.length];

    static {
        for (var bin = 0; bin < BINS.length; bin++) {
            var from = bin == 0 ? 100 : BINS[bin];
            var to = bin == BINS.length - 1 ? 10_000_000 : BINS[bin + 1];
            CENTRES[bin] = (Math.log(from) + Math.log(to)) / 2;
        }
    }

    private static final int BASES = EngagementBasis.values().length;
    static final int PLATFORMS = Platform.values().length;

    private final @Nullable PeerCurve[] curves;

    private Peers(@Nullable PeerCurve[] curves) {
        this.curves = curves;
    }

    /**
     * Fills the gaps with the published tables.
     *
     * @param own the catalogue's own curves by {@link #slot}, null where it has too few peers
     */
    static Peers withPublished(@Nullable PeerCurve[] own) {
        var curves = own.clone();
        for (var platform = 0; platform < PLATFORMS; platform++) {
            for (var basis = 0; basis < BASES; basis++) {
                for (var bin = 0; bin < BINS.length; bin++) {
                    var slot = slot(Figure.ENGAGEMENT_RATE, platform, basis, bin);
                    if (curves[slot] == null) {
                        curves[slot] = PublishedEngagement.curve(platform, basis, bin);
                    }
                }
            }
        }
        return new Peers(curves);
    }

    static int slots() {
        return Figure.values().length * PLATFORMS * BASES * BINS.length;
    }

    static int slot(Figure figure, int platform, int basis, int bin) {
        return ((figure.ordinal() * PLATFORMS + platform) * BASES + basis) * BINS.length + bin;
    }

    /** The bin of an account with so many followers. */
    static int bin(long followers) {
        var bin = BINS.length - 1;
        while (followers < BINS[bin]) {
            bin--;
        }
        return bin;
    }

    @Nullable
    PeerCurve curve(Figure figure, int platform, int basis, int bin) {
        return curves[slot(figure, platform, basis, bin)];
    }

    /**
     * The place of the account's engagement rate, shrunk towards the peers' median by the posts that it comes from.
     *
     * @return a share in [0, 1]; NaN where it cannot be placed
     */
    double engagement(Account account) {
        var posts = account.postsSampled < 0 ? PRIOR_POSTS : account.postsSampled;
        return place(Figure.ENGAGEMENT_RATE, account, account.engagementRate, posts / (posts + PRIOR_POSTS));
    }

    /** The place of the account's comments per like, not shrunk. */
    double comments(Account account) {
        return place(Figure.COMMENTS_PER_LIKE, account, account.commentsPerLike, 1);
    }

    /** What the account's engagement rate is held to be at most: the 99th percentile of its own bin, and 1. */
    double cap(Account account) {
        if (account.followers < 0) {
            return 1;
        }
        var curve = curve(Figure.ENGAGEMENT_RATE, account.platform, account.basis, bin(account.followers));
        return curve == null ? 1 : Math.min(1, curve.cap());
    }

    /** The peers' median engagement rate; NaN where there are no peers. */
    double medianEngagement(Account account) {
        return between(Figure.ENGAGEMENT_RATE, account, PeerCurve::median);
    }

    /** Whether the published table, not the catalogue, serves for the account's engagement rate. */
    boolean isPublished(Account account) {
        return account.followers >= 0
                && curve(Figure.ENGAGEMENT_RATE, account.platform, account.basis, bin(account.followers))
                        instanceof PeerCurve.Published;
    }

    private double place(Figure figure, Account account, double value, double weight) {
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        return between(
                figure,
                account,
                curve -> curve.percentile(weight == 1 ? value : weight * value + (1 - weight) * curve.median()));
    }

    /**
     * Linear in the logarithm of the followers between the two bins whose centres lie around the account, so that one
     * follower more never jumps; a bin without a curve leaves its part to the other.
     */
    private double between(Figure figure, Account account, java.util.function.ToDoubleFunction<PeerCurve> read) {
        if (account.followers < 0) {
            return Double.NaN;
        }
        var at = Math.log(Math.max(1, account.followers));
        var last = CENTRES.length - 1;
        var lower = 0;
        while (lower < last && CENTRES[lower + 1] <= at) {
            lower++;
        }
        var outside = at <= CENTRES[0] || lower == last;
        var low = curve(figure, account.platform, account.basis, lower);
        if (outside) {
            return low == null ? Double.NaN : read.applyAsDouble(low);
        }
        var high = curve(figure, account.platform, account.basis, lower + 1);
        if (low == null || high == null) {
            var only = low == null ? high : low;
            return only == null ? Double.NaN : read.applyAsDouble(only);
        }
        var part = (at - CENTRES[lower]) / (CENTRES[lower + 1] - CENTRES[lower]);
        return (1 - part) * read.applyAsDouble(low) + part * read.applyAsDouble(high);
    }
}
