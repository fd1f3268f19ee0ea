package io.closeknit.index;

import io.closeknit.index.CreatorRow.Account;
import io.closeknit.index.Peers.Figure;
import io.closeknit.niche.NicheTree;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calculates a statistics version from all rows, in two passes: first who the peers are, then what comes of them. The parts
 * that the rows come in are shared out over the cores; nothing depends on their order.
 */
final class StatisticsCalculator {
    /** Goes over every row of one consistent catalogue version; the row is reused and holds only during the call. */
    interface Rows {
        void forEach(Consumer<CreatorRow> each);

        /** The same rows, each in one of the parts, which may be gone over at once. */
        default List<Rows> parts() {
            return List.of(this);
        }
    }

    private static final int ALL_PLATFORMS = -1;

    private final NicheTree tree;
    private final Tiers tiers;
    private final int minPeers;

    StatisticsCalculator(NicheTree tree, Tiers tiers, int minPeers) {
        this.tree = tree;
        this.tiers = tiers;
        this.minPeers = minPeers;
    }

    Statistics calculate(
            Rows rows,
            long version,
            LocalDate asOf,
            long catalogueVersion,
            Map<Integer, Double> rates,
            LocalDate ratesOn,
            List<List<String>> aliases) {
        var parts = rows.parts();
        var real = new Counts();
        var demo = new Counts();
        parts.parallelStream().map(this::count).toList().forEach(part -> {
            real.add(part.real());
            demo.add(part.demo());
        });
        // Demo creators count only while there is no real one.
        var onlyDemo = real.creators == 0;
        var counts = onlyDemo ? demo : real;
        var peers = counts.peers();

        var idf = counts.idf();
        var values = new Values(tiers, peers, asOf, idf);
        parts.parallelStream()
                .map(part -> {
                    var own = new Values(tiers, peers, asOf, idf);
                    part.forEach(row -> {
                        if (row.demo == onlyDemo) {
                            own.add(row);
                        }
                    });
                    return own;
                })
                .toList()
                .forEach(values::add);
        return new Statistics(
                version,
                asOf,
                catalogueVersion,
                minPeers,
                counts.creators,
                onlyDemo && counts.creators > 0,
                counts.df,
                values.commonTopics.build(),
                peers,
                values.bond.standIns(tiers, minPeers),
                values.credibility.standIns(tiers, minPeers),
                values.focus.standIns(tiers, minPeers),
                values.authenticity.standIns(tiers, minPeers),
                counts.sample(),
                rates,
                ratesOn,
                aliases);
    }

    private record Counted(Counts real, Counts demo) {}

    private Counted count(Rows rows) {
        var counted = new Counted(new Counts(), new Counts());
        rows.forEach(row -> (row.demo ? counted.demo() : counted.real()).add(row));
        return counted;
    }

    /** What the first pass counts. */
    private final class Counts {
        private int creators;
        private final int[] df = new int[tree.idLimit()];
        private final int[] lastSeen = new int[tree.idLimit()];
        private final Map<Integer, Figures> figures = new HashMap<>();
        private final PriorityQueue<Sampled> largest = new PriorityQueue<>(Comparator.reverseOrder());

        double[] idf() {
            var idf = new double[df.length];
            Arrays.setAll(idf, niche -> Statistics.idf(niche, df, creators));
            return idf;
        }

        void add(CreatorRow row) {
            creators++;
            for (var i = 0; i < row.nicheCount; i++) {
                countUpwards(row.niches[i]);
            }
            for (var i = 0; i < row.accountCount; i++) {
                var account = row.accounts[i];
                if (account.followers >= 0) {
                    figure(Figure.ENGAGEMENT_RATE, account, account.engagementRate);
                    figure(Figure.COMMENTS_PER_LIKE, account, account.commentsPerLike);
                }
            }
            sample(row);
        }

        /** Counts whom another part has counted, too. */
        void add(Counts other) {
            creators += other.creators;
            for (var niche = 0; niche < df.length; niche++) {
                df[niche] += other.df[niche];
            }
            other.figures.forEach((slot, values) -> figures.merge(slot, values, Figures::with));
            other.largest.forEach(this::sample);
        }

        private void countUpwards(int niche) {
            var at = niche;
            while (at >= 0 && at < df.length && lastSeen[at] != creators) {
                lastSeen[at] = creators;
                df[at]++;
                at = tree.parent(at).orElse(-1);
            }
        }

        private void figure(Figure figure, Account account, double value) {
            if (!Double.isNaN(value)) {
                var slot = Peers.slot(figure, account.platform, account.basis, Peers.bin(account.followers));
                figures.computeIfAbsent(slot, _ -> new Figures()).add(value);
            }
        }

        private void sample(CreatorRow row) {
            var hash = Codes.sha256(row.slug.toString());
            if (isAmongTheFirst(hash)) {
                sample(new Sampled(hash, row.toBytes()));
            }
        }

        private void sample(Sampled creator) {
            if (isAmongTheFirst(creator.hash())) {
                largest.add(creator);
                if (largest.size() > Statistics.SAMPLE) {
                    largest.remove();
                }
            }
        }

        private boolean isAmongTheFirst(byte[] hash) {
            return largest.size() < Statistics.SAMPLE
                    || Arrays.compareUnsigned(hash, largest.element().hash()) < 0;
        }

        List<CreatorRow> sample() {
            return largest.stream()
                    .sorted()
                    .map(sampled -> {
                        var row = new CreatorRow();
                        row.read(sampled.row(), 0, sampled.row().length);
                        return row;
                    })
                    .toList();
        }

        Peers peers() {
            @Nullable PeerCurve[] curves = new PeerCurve[Peers.slots()];
            figures.forEach((slot, values) -> {
                if (values.size >= minPeers) {
                    curves[slot] = PeerCurve.Own.of(values.toArray());
                }
            });
            return Peers.withPublished(curves);
        }
    }

    /** What the second pass calculates with the peers of the first. */
    private static final class Values {
        private final Known bond = new Known();
        private final Known credibility = new Known();
        private final Known focus = new Known();
        private final Known authenticity = new Known();
        private final CommonTopics.Collector commonTopics;
        private final double[] idf;
        private final Tiers tiers;
        private final Peers peers;
        private final int today;

        Values(Tiers tiers, Peers peers, LocalDate asOf, double[] idf) {
            this.tiers = tiers;
            this.peers = peers;
            today = (int) asOf.toEpochDay();
            commonTopics = new CommonTopics.Collector(idf.length);
            this.idf = idf;
        }

        /** Takes what another part has calculated. */
        void add(Values other) {
            commonTopics.add(other.commonTopics);
            bond.add(other.bond);
            credibility.add(other.credibility);
            focus.add(other.focus);
            authenticity.add(other.authenticity);
        }

        void add(CreatorRow row) {
            commonTopics.add(row, idf);
            if (row.accountCount == 0) {
                return;
            }
            var platform = row.accounts[0].platform;
            var tier = tiers.of(row.accounts[0].followers);
            var ownBond = Quality.bond(row, peers, ALL_PLATFORMS);
            if (ownBond.isKnown()) {
                bond.add(platform, tier, ownBond.middle());
            }
            var real = Quality.realFollowers(row, ALL_PLATFORMS);
            if (real.isKnown()) {
                authenticity.add(platform, tier, Quality.authenticity(real.middle()));
            }
            if (Quality.isCredibilityKnown(row, today)) {
                credibility.add(platform, tier, (double) row.credibility / CreatorRow.ONE);
            }
            if (row.focus >= 0) {
                focus.add(platform, tier, (double) row.focus / CreatorRow.ONE);
            }
        }
    }

    private record Sampled(byte[] hash, byte[] row) implements Comparable<Sampled> {
        @Override
        public int compareTo(Sampled other) {
            return Arrays.compareUnsigned(hash, other.hash);
        }
    }

    private static final class Figures {
        private double[] values = new double[64];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        Figures with(Figures others) {
            values = Arrays.copyOf(values, Math.max(values.length, size + others.size));
            System.arraycopy(others.values, 0, values, size, others.size);
            size += others.size;
            return this;
        }

        double[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    /** Known values by platform and tier. */
    private static final class Known {
        private final Map<Group, Figures> values = new HashMap<>();

        private record Group(int platform, int tier) {}

        void add(int platform, int tier, double value) {
            values.computeIfAbsent(new Group(platform, tier), _ -> new Figures())
                    .add(value);
        }

        void add(Known other) {
            other.values.forEach((group, figures) -> values.merge(group, figures, Figures::with));
        }

        StandIns standIns(Tiers tiers, int minPeers) {
            var collector = new StandIns.Collector(tiers.count(), false);
            values.forEach((group, figures) -> {
                for (var value : figures.toArray()) {
                    collector.add(group.platform(), group.tier(), Codes.UNKNOWN, value);
                }
            });
            return collector.build(minPeers);
        }
    }
}
