package io.closeknit.matching;

import io.closeknit.index.Criterion;
import io.closeknit.matching.RankingAnswer.CriterionAnswer;
import io.closeknit.matching.RankingAnswer.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody rose or fell between two rankings for the same question: the difference of her points by criterion, each part
 * traced to what changed. Pure arithmetic on what the two rankings say.
 */
final class RankChanges {
    private RankChanges() {}

    /** What happened to a creator's place. */
    enum Kind {
        ROSE,
        FELL,
        STAYED,
        /** She was not kept then. */
        CAME,
        /** She is not in the ranking any more. */
        LEFT;

        public String getKey() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What a change of points comes from. */
    enum Cause {
        WEIGHTS,
        BRIEF,
        /** Her own figures. */
        FIGURES,
        /** The figures that she is compared with. */
        STATISTICS;

        public String getKey() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One ranking.
     *
     * @param items by slug, in the order of their ranks
     */
    record Side(Map<String, Item> items) {
        static Side of(List<Item> items) {
            var bySlug = new LinkedHashMap<String, Item>();
            items.forEach(item -> bySlug.put(item.creator().slug(), item));
            return new Side(bySlug);
        }
    }

    /**
     * One criterion of one creator.
     *
     * @param ofWeights points that the change of weights explains, unrounded; with ofBrief and ofFigures it adds up
     * @param ofBrief points that the change of the brief explains; null where that cannot be told apart
     * @param ofFigures the rest: her figures, or those she is compared with
     * @param shown all of it, rounded so that the criteria add up
     */
    record Part(
            Criterion criterion,
            double points,
            java.math.BigDecimal shown,
            double ofWeights,
            @Nullable Double ofBrief,
            double ofFigures,
            @Nullable String evidenceBefore,
            @Nullable String evidence) {}

    /**
     * One creator.
     *
     * @param before null where she came
     * @param now null where she left
     * @param rank as it is now; null where she left, or fell further than was looked
     * @param difference score now less the score then; null where one of them is missing
     * @param parts the criteria that changed, the largest change first; empty where nothing did
     * @param causes of what changed, and of nothing where only others moved
     * @param passedBy names of those who are ahead now and were not then, the first of them; empty where she rose
     */
    record Change(
            String slug,
            String name,
            Kind kind,
            @Nullable Item before,
            @Nullable Item now,
            @Nullable Integer rank,
            java.math.@Nullable BigDecimal difference,
            List<Part> parts,
            Set<Cause> causes,
            List<String> passedBy,
            int passed) {}

    /** Names that are said of those who passed. */
    static final int NAMED = 3;

    /** Less than this is no change: what is left of adding up. */
    private static final double NOTHING = 1e-9;

    /** What is known of the time between. */
    interface Between {
        boolean weightsChanged();

        boolean briefChanged();

        boolean statisticsChanged();

        /** Whether anything of her was sent since. */
        boolean figuresChanged(String slug);

        /** Now, for the brief as it was then; null where that cannot be said. */
        @Nullable
        Item forOldBrief(String slug);
    }

    /** Everybody of either side: those kept by their ranks then, after them those who came by their ranks now. */
    static List<Kinded> kinds(Side before, Side now, int came, Function<String, Boolean> stillIn) {
        var kinds = new ArrayList<Kinded>();
        before.items().forEach((slug, was) -> {
            var is = now.items().get(slug);
            if (is != null) {
                kinds.add(new Kinded(
                        slug, was.rank() > is.rank() ? Kind.ROSE : was.rank() < is.rank() ? Kind.FELL : Kind.STAYED));
            } else {
                kinds.add(new Kinded(slug, stillIn.apply(slug) ? Kind.FELL : Kind.LEFT));
            }
        });
        now.items().values().stream()
                .filter(item -> item.rank() <= came
                        && !before.items().containsKey(item.creator().slug()))
                .forEach(item -> kinds.add(new Kinded(item.creator().slug(), Kind.CAME)));
        return kinds;
    }

    /** A creator with what happened to her. */
    record Kinded(String slug, Kind kind) {}

    /** @param other how she stands now where she fell further than was looked; null otherwise */
    static Change explain(Kinded kinded, Side before, Side now, @Nullable Item other, Between between) {
        var was = before.items().get(kinded.slug());
        var is = now.items().get(kinded.slug());
        var scored = is == null ? other : is;
        var name = Objects.requireNonNull(was == null ? scored : was).creator().name();
        var parts = was == null || scored == null ? List.<Part>of() : parts(was, scored, between);
        var causes = causes(kinded.slug(), parts, between);
        var passed = kinded.kind() == Kind.FELL && was != null && is != null
                ? passed(was, is, before, now)
                : List.<String>of();
        return new Change(
                kinded.slug(),
                name,
                kinded.kind(),
                was,
                scored,
                is == null ? null : is.rank(),
                was == null || scored == null
                        ? null
                        : parts.stream().map(Part::shown).reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add),
                parts.stream()
                        .filter(part -> Math.abs(part.points()) > NOTHING)
                        .sorted(Comparator.comparingDouble(part -> -Math.abs(part.points())))
                        .toList(),
                causes,
                passed.stream().limit(NAMED).toList(),
                passed.size());
    }

    private static List<Part> parts(Item was, Item is, Between between) {
        var old = between.briefChanged() ? between.forOldBrief(is.creator().slug()) : is;
        var sharesThen = shares(was);
        var sharesNow = shares(is);
        var criteria = new ArrayList<Criterion>();
        var points = new ArrayList<Double>();
        for (var i = 0; i < Criterion.COUNT; i++) {
            criteria.add(Criterion.ALL.get(i));
            points.add(is.criteria().get(i).points() - was.criteria().get(i).points());
        }
        var difference = Differences.of(criteria, points);
        var parts = new ArrayList<Part>();
        for (var i = 0; i < Criterion.COUNT; i++) {
            var then = was.criteria().get(i);
            var today = is.criteria().get(i);
            var ofWeights = 100 * (sharesNow[i] - sharesThen[i]) * value(then);
            var ofBrief = old == null
                    ? null
                    : 100 * sharesNow[i] * (value(today) - value(old.criteria().get(i)));
            var ofFigures = points.get(i) - ofWeights - (ofBrief == null ? 0 : ofBrief);
            parts.add(new Part(
                    criteria.get(i),
                    points.get(i),
                    difference.parts().get(i).shown(),
                    ofWeights,
                    ofBrief,
                    Math.abs(ofFigures) < NOTHING ? 0 : ofFigures,
                    then.evidence(),
                    today.evidence()));
        }
        return parts;
    }

    /** What each criterion weighs, as a share of all. */
    private static double[] shares(Item item) {
        var sum = item.criteria().stream()
                .filter(CriterionAnswer::asked)
                .mapToDouble(CriterionAnswer::weight)
                .sum();
        return item.criteria().stream()
                .mapToDouble(criterion -> criterion.asked() ? criterion.weight() / sum : 0)
                .toArray();
    }

    private static double value(CriterionAnswer criterion) {
        return criterion.value() == null ? 0 : criterion.value();
    }

    private static Set<Cause> causes(String slug, List<Part> parts, Between between) {
        var causes = EnumSet.noneOf(Cause.class);
        for (var part : parts) {
            if (Math.abs(part.ofWeights()) > NOTHING) {
                causes.add(Cause.WEIGHTS);
            }
            if (part.ofBrief() == null ? between.briefChanged() : Math.abs(part.ofBrief()) > NOTHING) {
                causes.add(Cause.BRIEF);
            }
            if (Math.abs(part.ofFigures()) > NOTHING) {
                if (between.figuresChanged(slug)) {
                    causes.add(Cause.FIGURES);
                }
                if (between.statisticsChanged()) {
                    causes.add(Cause.STATISTICS);
                }
                if (!between.figuresChanged(slug) && !between.statisticsChanged() && part.ofBrief() != null) {
                    causes.add(Cause.FIGURES);
                }
            }
        }
        return causes;
    }

    /** Those ahead now who were not ahead then, by their ranks now. */
    private static List<String> passed(Item was, Item is, Side before, Side now) {
        var ranks = new HashMap<String, Integer>();
        before.items().forEach((slug, item) -> ranks.put(slug, item.rank()));
        return now.items().values().stream()
                .filter(item -> item.rank() < is.rank())
                .filter(item -> ranks.getOrDefault(item.creator().slug(), Integer.MAX_VALUE) > was.rank())
                .map(item -> item.creator().name())
                .toList();
    }
}
