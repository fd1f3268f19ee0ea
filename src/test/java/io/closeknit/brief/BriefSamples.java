package io.closeknit.brief;

import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.DeliverableCount;
import io.closeknit.brief.BriefDocument.FollowerBand;
import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefDocument.Objective;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/** A small taxonomy, four creators and random briefs for tests. */
final class BriefSamples {
    /** Two niches have the same name, so that a name alone does not always say which one is meant. */
    static final NicheTree TREE = new NicheTree(
            1,
            List.of(
                    niche(1, "beauty", "Beauty", null, List.of("cosmetics")),
                    niche(2, "skin-care", "Skin care", 1, List.of("skincare", "serum")),
                    niche(3, "sports", "Sports", null, List.of()),
                    niche(4, "running", "Running", 3, List.of("jogging")),
                    niche(5, "trail-running", "Trail running", 4, List.of()),
                    niche(6, "travel", "Travel", null, List.of("ootd")),
                    niche(7, "food", "Food & drink", null, List.of()),
                    niche(8, "sports-travel", "Travel", 3, List.of()),
                    niche(9, "style", "Style, and fashion", null, List.of())));

    static final List<String> CREATORS = List.of("ana-trails", "ben-runs", "cleo", "dora-skin");

    private BriefSamples() {}

    private static Niche niche(int id, String slug, String name, @Nullable Integer parent, List<String> aliases) {
        return new Niche(id, slug, name, parent, null, null, aliases, List.of(), List.of(), 1);
    }

    static BriefCheck check() {
        return new BriefCheck(
                () -> TREE, word -> word.equals("beuaty") ? Set.of("beauty") : Set.of(), creators(), messages());
    }

    static BriefFormReader reader() {
        return new BriefFormReader(check(), () -> TREE, creators());
    }

    static ResourceBundleMessageSource messages() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/brief");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    static CatalogueReader creators() {
        return new CatalogueReader() {
            @Override
            public Optional<CatalogueCreator> find(String slug) {
                return CREATORS.contains(slug)
                        ? Optional.of(new CatalogueCreator(
                                CREATORS.indexOf(slug) + 1, false, 1, Instant.EPOCH, Instant.EPOCH, creator(slug)))
                        : Optional.empty();
            }

            @Override
            public List<CatalogueCreator> load(Collection<Long> ids) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Long> ids(long afterId, int limit) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Map<Long, String> slugs(Collection<Long> ids) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<CatalogueCreator> range(long first, long last) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<CatalogueCreator> scan(long afterId, int limit) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long forgotten() {
                return 0;
            }

            @Override
            public long version() {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Change> changesAfter(long afterNumber, int limit) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Count count() {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static CreatorDocument creator(String slug) {
        return new CreatorDocument(
                slug, slug, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** A brief with nothing but a name. */
    static BriefDocument named(String name) {
        return new BriefDocument(
                name, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** A valid brief in its one form: each part there or not, lists never empty. */
    static BriefDocument random(Random random) {
        var slugs = new ArrayList<>(TREE.all().stream().map(Niche::slug).toList());
        Collections.shuffle(slugs, random);
        var wanted = slugs.subList(0, 5);
        var excluded = slugs.subList(5, slugs.size());
        var creators = new ArrayList<>(CREATORS);
        Collections.shuffle(creators, random);
        var min = maybe(random, random.nextLong(0, 20_000));
        var max = maybe(random, random.nextLong(20_000, 5_000_000));
        return BriefCheck.withoutEmpty(new BriefDocument(
                "Brief " + text(random),
                new Brand(
                        maybe(random, text(random)),
                        maybe(random, wanted.getFirst()),
                        some(random, List.of("Salomon", "Rei, Inc.", "H&M \"Home\"", "0 Cola")),
                        maybe(random, text(random))),
                maybe(random, text(random)),
                maybe(random, text(random) + "\n\nand more"),
                maybe(random, Objective.values()[random.nextInt(3)]),
                some(random, wanted).stream()
                        .map(slug -> new NicheImportance(slug, maybe(random, importance(random))))
                        .toList(),
                new TargetAudience(
                        some(random, List.of("HR", "SI", "DE", "CI", "TR")),
                        some(random, BriefCheck.AGES),
                        some(random, BriefCheck.GENDERS),
                        some(random, List.of("hr", "en", "pt-BR", "zh-Hans")),
                        some(random, slugs.subList(2, 6))),
                some(random, Arrays.asList(Platform.values())),
                new FollowerBand(min, max),
                some(random, Arrays.asList(Deliverable.values())).stream()
                        .map(deliverable -> new DeliverableCount(deliverable, random.nextInt(1, 1_001)))
                        .toList(),
                maybe(
                        random,
                        new Money(
                                TypedNumber.shortest(
                                        BigDecimal.valueOf(random.nextLong(1, 100_000_000), random.nextInt(5))),
                                random.nextBoolean() ? "EUR" : "JPY")),
                maybe(random, random.nextInt(1, 3_651)),
                some(random, creators.subList(0, 2)),
                some(random, creators.subList(1, 4)),
                some(random, excluded),
                weights(random)));
    }

    private static double importance(Random random) {
        return random.nextInt(3) == 0 ? random.nextInt(1, 2_000) / 8.0 : random.nextDouble(1e-6, 1_000);
    }

    private static @Nullable Map<String, Double> weights(Random random) {
        var weights = new LinkedHashMap<String, Double>();
        for (var key : some(random, BriefWeights.CRITERIA)) {
            weights.put(key, importance(random));
        }
        return weights.isEmpty() ? null : weights;
    }

    private static <T> @Nullable T maybe(Random random, T value) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private static <T> List<T> some(Random random, List<T> values) {
        return values.stream().filter(_ -> random.nextInt(2) == 0).toList();
    }

    private static String text(Random random) {
        var words = List.of("serum", "trail", "“quoted”", "<b>&amp;</b>", "łódź", "日本", "10k", "a,b", "it's", "👟");
        var text = new StringBuilder();
        for (var i = 0; i < 1 + random.nextInt(6); i++) {
            text.append(i == 0 ? "" : random.nextInt(5) == 0 ? "\n" : " ")
                    .append(words.get(random.nextInt(words.size())));
        }
        return text.toString();
    }
}
