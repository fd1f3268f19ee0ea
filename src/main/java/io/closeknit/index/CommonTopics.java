package io.closeknit.index;

/**
 * What creators of the catalogue are about on average, and so how much any two have in common (docs/fit.md, Relevance):
 * the direction of the mean of their niche vectors. Being near it is no merit, and being like a brief because both are near
 * it is not relevance.
 *
 * @param weight how much of that is taken off: 0 without creators, towards {@link #MOST} with many
 * @param part by niche id, together of length 1, rounded to a millionth; may be shorter than the tree is now; not to be
 *     written to
 */
record CommonTopics(double weight, double[] part) {
    static final double MOST = 0.7;

    /** As many creators with niches halve the weight: the mean of a few is little but themselves. */
    static final int FEW = 100;

    static final CommonTopics NONE = new CommonTopics(0, new double[0]);

    private static final double UNIT = 1e9;
    private static final double ROUNDING = 1e6;

    double of(int niche) {
        return niche < part.length ? part[niche] : 0;
    }

    /** Sums vectors in whole numbers, so that the order in which creators come does not matter. */
    static final class Collector {
        private final long[] sum;
        private int creators;

        Collector(int niches) {
            sum = new long[niches];
        }

        /** @param idf of each niche id; niches beyond it are newer than the statistics and left out */
        void add(CreatorRow row, double[] idf) {
            var length = 0.0;
            for (var i = 0; i < row.nicheCount; i++) {
                if (row.niches[i] < idf.length) {
                    length += CompiledBrief.bent(row.nicheWeight[i]) * idf[row.niches[i]] * idf[row.niches[i]];
                }
            }
            if (length == 0) {
                return;
            }
            creators++;
            for (var i = 0; i < row.nicheCount; i++) {
                if (row.niches[i] < idf.length) {
                    sum[row.niches[i]] += Math.round(
                            UNIT * Math.sqrt(CompiledBrief.bent(row.nicheWeight[i]) / length) * idf[row.niches[i]]);
                }
            }
        }

        /** Counts whom the other one has counted, too. */
        void add(Collector other) {
            creators += other.creators;
            for (var niche = 0; niche < sum.length; niche++) {
                sum[niche] += other.sum[niche];
            }
        }

        CommonTopics build() {
            var length = 0.0;
            for (var part : sum) {
                length += (double) part * part;
            }
            var part = new double[sum.length];
            for (var niche = 0; niche < part.length && length > 0; niche++) {
                part[niche] = Math.round(ROUNDING * sum[niche] / Math.sqrt(length)) / ROUNDING;
            }
            return new CommonTopics(MOST * creators / (creators + FEW), part);
        }
    }
}
