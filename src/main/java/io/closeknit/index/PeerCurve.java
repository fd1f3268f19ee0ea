package io.closeknit.index;

import java.util.Arrays;

/** Where a figure stands among the peers: how large a share of them it surpasses. */
sealed interface PeerCurve {
    /** @return a share in [0, 1] */
    double percentile(double figure);

    /** The figure in the middle of the peers. */
    double median();

    /** Above this a figure is held to be an outlier. */
    double cap();

    /**
     * The catalogue's own peers.
     *
     * @param quantiles 101 of them, ascending: type 7 (linear interpolation of the order statistics; Hyndman and Fan, Sample
     *     Quantiles in Statistical Packages, 1996)
     * @param peers how many accounts they come from
     */
    record Own(double[] quantiles, int peers) implements PeerCurve {
        static Own of(double[] figures) {
            var sorted = figures.clone();
            Arrays.sort(sorted);
            var quantiles = new double[101];
            for (var i = 0; i <= 100; i++) {
                quantiles[i] = quantile(sorted, i / 100.0);
            }
            return new Own(quantiles, figures.length);
        }

        @Override
        public double percentile(double figure) {
            if (figure < quantiles[0]) {
                return 0;
            }
            if (figure > quantiles[100]) {
                return 1;
            }
            var low = lowerBound(figure);
            if (quantiles[low] == figure) {
                var high = low;
                while (high < 100 && quantiles[high + 1] == figure) {
                    high++;
                }
                return (low + high) / 200.0; // the middle of a flat run
            }
            var below = quantiles[low - 1];
            return (low - 1 + (figure - below) / (quantiles[low] - below)) / 100;
        }

        /** The first index whose quantile is not below the figure. */
        private int lowerBound(double figure) {
            var from = 0;
            var to = 100;
            while (from < to) {
                var middle = (from + to) >>> 1;
                if (quantiles[middle] < figure) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }

        @Override
        public double median() {
            return quantiles[50];
        }

        @Override
        public double cap() {
            return quantiles[99];
        }
    }

    /**
     * A published table's four bounds between 'low', 'below average', 'average', 'above average' and 'high', read as the
     * percentiles 20, 40, 60 and 80: linear from 0 to the first and between, 1 − 0.2·bound/x above the last.
     */
    record Published(double first, double second, double third, double fourth) implements PeerCurve {
        @Override
        public double percentile(double figure) {
            if (figure <= 0) {
                return 0;
            }
            if (figure <= first) {
                return 0.2 * figure / first;
            }
            if (figure <= second) {
                return 0.2 + 0.2 * (figure - first) / (second - first);
            }
            if (figure <= third) {
                return 0.4 + 0.2 * (figure - second) / (third - second);
            }
            if (figure <= fourth) {
                return 0.6 + 0.2 * (figure - third) / (fourth - third);
            }
            return 1 - 0.2 * fourth / figure;
        }

        @Override
        public double median() {
            return (second + third) / 2;
        }

        @Override
        public double cap() {
            return 20 * fourth;
        }
    }

    /**
     * @param sorted ascending, at least one
     * @param p in [0, 1]
     */
    static double quantile(double[] sorted, double p) {
        var at = (sorted.length - 1) * p;
        var below = (int) Math.floor(at);
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
