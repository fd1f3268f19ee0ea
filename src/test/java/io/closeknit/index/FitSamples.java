package io.closeknit.index;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.BriefQuestion.Belief;
import io.closeknit.index.BriefQuestion.Target;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A small taxonomy, statistics in which every niche says the same (idf 1), creators and briefs to calculate with by hand. */
final class FitSamples {
    static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Ten topics at the top; below sports: running with trail-running and ultra-trails below it, cycling, football, padel. */
    static final NicheTree TREE = new NicheTree(
            1,
            List.of(
                    niche(1, "sports", null),
                    niche(2, "running", 1),
                    new Niche(
                            3,
                            "trail-running",
                            "Trail running",
                            2,
                            null,
                            null,
                            List.of(),
                            List.of(),
                            List.of(new Niche.Related("hiking", 0.6)),
                            1),
                    niche(4, "ultra-trails", 3),
                    niche(5, "road-running", 2),
                    niche(6, "cycling", 1),
                    niche(7, "football", 1),
                    niche(8, "padel", 1),
                    niche(9, "travel", null),
                    niche(10, "hiking", 9),
                    niche(11, "food", null),
                    niche(12, "vegan", 11),
                    niche(13, "fashion", null),
                    niche(14, "beauty", null),
                    niche(15, "skincare", 14),
                    niche(16, "games", null),
                    niche(17, "music", null),
                    niche(18, "pets", null),
                    niche(19, "home", null),
                    niche(20, "cars", null)));

    static final Tiers TIERS = new Tiers(Tiers.DEFAULT);

    private FitSamples() {}

    private static Niche niche(int id, String slug, Integer parent) {
        return new Niche(id, slug, slug, parent, null, null, List.of(), List.of(), List.of(), 1);
    }

    static int id(String slug) {
        return TREE.bySlug(slug).orElseThrow().id();
    }

    // ---- creators

    /** @param json as the API writes it, with single quotes for double ones; a slug is given where there is none */
    static CreatorDocument document(String json) {
        var text = json.replace('\'', '"').strip();
        var named = text.contains("\"slug\"") ? text : "{\"slug\": \"somebody\"," + text.substring(1);
        return JSON.readValue(named, CreatorDocument.class);
    }

    static CatalogueCreator stored(long id, CreatorDocument document) {
        return new CatalogueCreator(id, false, 1, Instant.EPOCH, Instant.EPOCH, document);
    }

    /** The row of a creator, packed and read as the index does it. */
    static CreatorRow row(String json) {
        var bytes =
                new CreatorRowEncoder(TREE).encode(stored(1, document(json))).toBytes();
        var row = new CreatorRow();
        row.read(bytes, 0, bytes.length);
        return row;
    }

    /** A creator with one Instagram account of 20,000 followers and what else is given of it. */
    static String account(String figures) {
        return "{'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000"
                + (figures.isBlank() ? "" : ", " + figures) + "}]}";
    }

    /** The row of {@link #account} with an audience. */
    static CreatorRow audience(String maps) {
        return row(account("'audience': {" + maps + "}"));
    }

    // ---- statistics

    static Statistics statistics() {
        return statistics(List.of());
    }

    static Statistics statistics(List<CreatorRow> sample) {
        return statistics(sample, 200, 0, new int[0]);
    }

    /** @param df creators who have a niche, by its id; with 0 creators every idf is 1 */
    static Statistics statistics(List<CreatorRow> sample, int minPeers, int creators, int[] df) {
        return statistics(sample, minPeers, creators, df, CommonTopics.NONE);
    }

    static Statistics statistics(
            List<CreatorRow> sample, int minPeers, int creators, int[] df, CommonTopics commonTopics) {
        var none = StandIns.ofGroups(List.of(), TIERS.count());
        return new Statistics(
                1,
                TODAY,
                1,
                minPeers,
                creators,
                false,
                df,
                commonTopics,
                Peers.withPublished(new PeerCurve[Peers.slots()]),
                none,
                none,
                none,
                none,
                sample,
                Map.of(Codes.currency("EUR"), 1.0, Codes.currency("USD"), 0.8),
                TODAY,
                List.of());
    }

    /** What the product would calculate over these creators. */
    static Statistics calculated(List<CreatorRow> rows, int minPeers) {
        return calculated((StatisticsCalculator.Rows) rows::forEach, minPeers);
    }

    static Statistics calculated(StatisticsCalculator.Rows rows, int minPeers) {
        return new StatisticsCalculator(TREE, TIERS, minPeers)
                .calculate(
                        rows,
                        1,
                        TODAY,
                        1,
                        Map.of(Codes.currency("EUR"), 1.0, Codes.currency("USD"), 0.8),
                        TODAY,
                        List.of());
    }

    // ---- briefs

    static Brief brief() {
        return new Brief();
    }

    /** Gathers what a brief asks. */
    static final class Brief {
        private int platforms;
        private final Map<Integer, Double> niches = new HashMap<>();
        private final List<Map<Integer, Double>> partners = new ArrayList<>();
        private final Set<Integer> countries = new TreeSet<>();
        private int ages;
        private int genders;
        private final List<Long> languages = new ArrayList<>();
        private final Set<Integer> interests = new TreeSet<>();
        private final Set<Long> brand = new HashSet<>();
        private final Set<Long> competitors = new HashSet<>();
        private int category = -1;
        private List<String> words = List.of();
        private int windowDays = 90;
        private final int[] deliverables = new int[BriefQuestion.DELIVERABLES];
        private boolean budget;
        private double[] weights = Criterion.defaultWeights();

        Brief on(Platform... wanted) {
            Stream.of(wanted).forEach(platform -> platforms |= 1 << platform.ordinal());
            return this;
        }

        Brief about(String niche, double importance) {
            niches.put(id(niche), importance);
            return this;
        }

        Brief about(String niche) {
            return about(niche, 1);
        }

        Brief likes(Map<String, Double> partner) {
            partners.add(partner.entrySet().stream()
                    .collect(Collectors.toMap(part -> id(part.getKey()), Map.Entry::getValue)));
            return this;
        }

        Brief countries(String... codes) {
            Stream.of(codes).forEach(code -> countries.add(Codes.country(code)));
            return this;
        }

        Brief ages(String... bands) {
            Stream.of(bands).forEach(band -> ages |= 1 << Codes.AGES.indexOf(band));
            return this;
        }

        Brief genders(String... keys) {
            Stream.of(keys).forEach(key -> genders |= 1 << Codes.GENDERS.indexOf(key));
            return this;
        }

        Brief languages(String... tags) {
            Stream.of(tags).map(Codes::language).forEach(languages::add);
            return this;
        }

        Brief interests(String... slugs) {
            Stream.of(slugs).forEach(slug -> interests.add(id(slug)));
            return this;
        }

        Brief brand(String name, String... rivals) {
            brand.add(Codes.brand(name));
            Stream.of(rivals).map(Codes::brand).forEach(competitors::add);
            return this;
        }

        Brief category(String niche) {
            category = id(niche);
            return this;
        }

        Brief window(int days) {
            windowDays = days;
            return this;
        }

        Brief text(String text) {
            words = List.copyOf(CompiledBrief.words(text));
            return this;
        }

        Brief pieces(Deliverable deliverable, int count) {
            deliverables[deliverable.ordinal()] += count;
            return this;
        }

        Brief budget() {
            budget = true;
            return this;
        }

        /** All others weigh 0. */
        Brief only(Criterion criterion) {
            weights = new double[Criterion.COUNT];
            weights[criterion.ordinal()] = 3;
            return this;
        }

        Brief weights(double... all) {
            weights = Arrays.copyOf(all, Criterion.COUNT);
            return this;
        }

        Target target() {
            return new Target(countries, ages, genders, languages, interests);
        }

        BriefQuestion question() {
            return new BriefQuestion(
                    platforms,
                    niches,
                    partners,
                    target(),
                    new Belief(brand, competitors, category, words, windowDays),
                    deliverables,
                    budget,
                    weights);
        }

        CompiledBrief compile(Statistics statistics) {
            return new CompiledBrief(question(), TREE, statistics, TIERS);
        }

        Evaluation evaluate(CreatorRow row) {
            return compile(statistics()).evaluate(row, 0, new CompiledBrief.Scratch());
        }

        double value(Criterion criterion, CreatorRow row) {
            return evaluate(row).value[criterion.ordinal()];
        }
    }
}
