package io.closeknit.index;

/** What is good about a creator whoever asks: the parts of the fit that depend on no brief but for its platforms. */
final class Quality {
    // How the bond is blended; docs/fit.md.
    static final double ENGAGEMENT = 0.6;
    static final double COMMENTS = 0.25;
    static final double REPLIES = 0.15;

    // A part of the bond that is not known stands at the peers' median, somewhere between their 10th and 90th
    // percentile.
    private static final double MIDDLE = 0.5;
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    /** Days after which what was observed says nothing of the credibility any more. */
    private static final int YEAR = 365;

    /** Share of real followers that counts as nothing, and the width up to what counts in full. */
    private static final double AUTHENTICITY_FLOOR = 0.5;

    private static final double AUTHENTICITY_WIDTH = 0.45;

    private Quality() {}

    /** The bond over the accounts on the platforms (bits by ordinal); known where an engagement rate can be placed. */
    static Mean bond(CreatorRow row, Peers peers, int platforms) {
        var mean = new Mean();
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            if ((platforms >> account.platform & 1) == 0) {
                continue;
            }
            var engagement = peers.engagement(account);
            if (Double.isNaN(engagement)) {
                continue;
            }
            var comments = peers.comments(account);
            var replies = account.replyRate < 0 ? Double.NaN : (double) account.replyRate / CreatorRow.ONE;
            var placed = ENGAGEMENT * engagement;
            mean.add(
                    account.followers,
                    placed + COMMENTS * or(comments, MIDDLE) + REPLIES * or(replies, MIDDLE),
                    placed + COMMENTS * or(comments, LOW) + REPLIES * or(replies, LOW),
                    placed + COMMENTS * or(comments, HIGH) + REPLIES * or(replies, HIGH));
        }
        return mean;
    }

    /** The bond with one account's audience; NaN where its engagement rate cannot be placed. */
    static double bond(CreatorRow.Account account, Peers peers) {
        var replies = account.replyRate < 0 ? MIDDLE : (double) account.replyRate / CreatorRow.ONE;
        return ENGAGEMENT * peers.engagement(account)
                + COMMENTS * or(peers.comments(account), MIDDLE)
                + REPLIES * replies;
    }

    private static double or(double known, double otherwise) {
        return Double.isNaN(known) ? otherwise : known;
    }

    /** The share of real followers over the accounts on the platforms. */
    static Mean realFollowers(CreatorRow row, int platforms) {
        var mean = new Mean();
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            if ((platforms >> account.platform & 1) != 0 && account.authenticity >= 0) {
                var real = (double) account.authenticity / CreatorRow.ONE;
                mean.add(account.followers, real, real, real);
            }
        }
        return mean;
    }

    /** The criterion's value for a share of real followers. */
    static double authenticity(double realFollowers) {
        return Math.clamp((realFollowers - AUTHENTICITY_FLOOR) / AUTHENTICITY_WIDTH, 0, 1);
    }

    /** @param today epoch day */
    static boolean isCredibilityKnown(CreatorRow row, int today) {
        return row.credibility >= 0 && today - row.observedDay <= YEAR;
    }

    /** A mean weighted by followers; accounts without followers count only where none has them, then equally. */
    static final class Mean {
        private double weight;
        private double middle;
        private double low;
        private double high;
        private int plain;
        private double plainMiddle;
        private double plainLow;
        private double plainHigh;

        void add(long followers, double middleValue, double lowValue, double highValue) {
            if (followers > 0) {
                weight += followers;
                middle += followers * middleValue;
                low += followers * lowValue;
                high += followers * highValue;
            } else {
                plain++;
                plainMiddle += middleValue;
                plainLow += lowValue;
                plainHigh += highValue;
            }
        }

        boolean isKnown() {
            return weight > 0 || plain > 0;
        }

        double middle() {
            return weight > 0 ? middle / weight : plainMiddle / plain;
        }

        double low() {
            return weight > 0 ? low / weight : plainLow / plain;
        }

        double high() {
            return weight > 0 ? high / weight : plainHigh / plain;
        }
    }
}
