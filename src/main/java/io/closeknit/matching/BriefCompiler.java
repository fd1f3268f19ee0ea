package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.BriefQuestion;
import io.closeknit.index.BriefQuestion.Belief;
import io.closeknit.index.BriefQuestion.Target;
import io.closeknit.index.Codes;
import io.closeknit.index.CreatorIndex;
import io.closeknit.index.Criterion;
import io.closeknit.index.Filters;
import io.closeknit.index.Filters.Choice;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a brief's words into the numbers that the index ranks by. */
@Component
class BriefCompiler {
    private static final int DEFAULT_WINDOW_DAYS = 90;

    private final NicheDirectory niches;
    private final CatalogueReader creators;
    private final CreatorIndex index;
    private final Sentences sentences;

    BriefCompiler(NicheDirectory niches, CatalogueReader creators, CreatorIndex index, Sentences sentences) {
        this.niches = niches;
        this.creators = creators;
        this.index = index;
        this.sentences = sentences;
    }

    /**
     * The weights that count, by ordinal of {@link Criterion}.
     *
     * @param requested of the request; null: not named. An empty one means the defaults
     * @param ofBrief null or empty: none
     * @param problems what is wrong is added here
     */
    double[] weights(
            @Nullable Map<String, Double> requested,
            @Nullable Map<String, Double> ofBrief,
            String prefix,
            List<Problem> problems) {
        var chosen = requested != null ? requested : ofBrief;
        if (chosen == null || chosen.isEmpty()) {
            return Criterion.defaultWeights();
        }
        var weights = new double[Criterion.COUNT];
        chosen.forEach((key, weight) -> {
            var criterion = Criterion.byKey(key);
            if (criterion.isEmpty()) {
                problems.add(new Problem(
                        prefix + key,
                        sentences.of(
                                "matching.problem.criterion",
                                key,
                                String.join(
                                        ", ",
                                        Criterion.ALL.stream()
                                                .map(Criterion::key)
                                                .toList()))));
            } else if (weight == null || !Double.isFinite(weight) || weight < 0) {
                problems.add(new Problem(prefix + key, sentences.of("matching.problem.weight", key)));
            } else {
                weights[criterion.get().ordinal()] = weight;
            }
        });
        return weights;
    }

    /** @param brief checked */
    BriefQuestion question(BriefDocument brief, double[] weights) {
        var tree = niches.tree();
        var partners = index.nichesOf(documents(list(brief.likeCreators())));
        var brand = brief.brand();
        var category = brand == null ? Optional.<Integer>empty() : id(tree, brand.niche());
        var wanted = wanted(list(brief.niches()), tree);
        if (wanted.isEmpty() && partners.isEmpty()) {
            category.ifPresent(niche -> wanted.put(niche, 1.0));
        }
        return new BriefQuestion(
                bits(list(brief.platforms())),
                wanted,
                partners,
                target(brief.audience(), tree),
                belief(brief, category),
                deliverables(brief),
                brief.budget() != null,
                weights);
    }

    private List<CreatorDocument> documents(List<String> slugs) {
        return slugs.stream()
                .flatMap(slug -> creators.find(slug).stream())
                .map(CatalogueCreator::document)
                .toList();
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Optional<Integer> id(NicheTree tree, @Nullable String word) {
        return word == null ? Optional.empty() : tree.resolve(word).map(Niche::id);
    }

    private static Map<Integer, Double> wanted(List<NicheImportance> named, NicheTree tree) {
        var wanted = new HashMap<Integer, Double>();
        for (var niche : named) {
            var importance = niche.importance() == null ? 1 : niche.importance();
            id(tree, niche.niche()).ifPresent(id -> wanted.merge(id, importance, Double::sum));
        }
        wanted.values().removeIf(importance -> importance <= 0);
        return wanted;
    }

    private static int bits(Collection<Platform> platforms) {
        return platforms.stream().mapToInt(platform -> 1 << platform.ordinal()).reduce(0, (a, b) -> a | b);
    }

    private static Target target(@Nullable TargetAudience audience, NicheTree tree) {
        if (audience == null) {
            return Target.ANYBODY;
        }
        var countries = new TreeSet<Integer>();
        list(audience.countries()).forEach(country -> countries.add(Codes.country(country)));
        var interests = new TreeSet<Integer>();
        list(audience.interests()).forEach(interest -> id(tree, interest).ifPresent(interests::add));
        return new Target(
                countries,
                bits(list(audience.ages()), Codes.AGES),
                bits(list(audience.genders()), Codes.GENDERS),
                list(audience.languages()).stream()
                        .map(Codes::language)
                        .distinct()
                        .toList(),
                interests);
    }

    private static int bits(List<String> values, List<String> known) {
        return values.stream()
                .map(known::indexOf)
                .filter(at -> at >= 0)
                .mapToInt(at -> 1 << at)
                .reduce(0, (a, b) -> a | b);
    }

    private Belief belief(BriefDocument brief, Optional<Integer> category) {
        var brand = brief.brand();
        var competitors = new HashSet<Long>();
        if (brand != null) {
            list(brand.competitors()).forEach(name -> competitors.addAll(index.brandCodes(name)));
        }
        var text = new ArrayList<String>();
        add(text, brief.product());
        add(text, brief.message());
        add(text, brand == null ? null : brand.values());
        return new Belief(
                brand == null || brand.name() == null ? Set.of() : index.brandCodes(brand.name()),
                competitors,
                category.orElse(-1),
                List.copyOf(CreatorIndex.words(String.join(" ", text))),
                brief.competitorWindowDays() == null ? DEFAULT_WINDOW_DAYS : brief.competitorWindowDays());
    }

    private static void add(List<String> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }

    private static int[] deliverables(BriefDocument brief) {
        var counts = new int[Deliverable.values().length];
        list(brief.deliverables()).forEach(wanted -> counts[wanted.deliverable().ordinal()] += wanted.count());
        return counts;
    }

    /** What the brief itself filters, on top of what else is filtered. */
    Filters filters(BriefDocument brief, Filters others) {
        var tree = niches.tree();
        var unwanted = new HashSet<>(others.niches().unwanted());
        list(brief.excludeNiches()).forEach(niche -> id(tree, niche).ifPresent(unwanted::add));
        var leftOut = new HashSet<>(others.excludeSlugs());
        leftOut.addAll(list(brief.excludeCreators()));
        var band = brief.followers();
        return new Filters(
                bits(list(brief.platforms())),
                others.platforms(),
                larger(others.followersMin(), band == null ? null : band.min()),
                smaller(others.followersMax(), band == null ? null : band.max()),
                others.tiers(),
                new Choice<>(others.niches().wanted(), unwanted),
                others.countries(),
                others.languages(),
                others.engagementMin(),
                others.growthMin(),
                others.authenticityMin(),
                others.sponsoredShareMax(),
                others.workedWith(),
                others.priceMaxEur(),
                others.lastPostWithinDays(),
                others.audience(),
                others.hasContact(),
                leftOut,
                others.keepUnknown());
    }

    private static @Nullable Long larger(@Nullable Long a, @Nullable Long b) {
        return a == null ? b : b == null ? a : Long.valueOf(Math.max(a, b));
    }

    private static @Nullable Long smaller(@Nullable Long a, @Nullable Long b) {
        return a == null ? b : b == null ? a : Long.valueOf(Math.min(a, b));
    }
}
