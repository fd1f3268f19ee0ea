package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.brief.BriefDocument;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.matching.RankChanges.Cause;
import io.closeknit.matching.RankChanges.Change;
import io.closeknit.matching.RankChanges.Kind;
import io.closeknit.matching.RankChanges.Kinded;
import io.closeknit.matching.RankChanges.Side;
import io.closeknit.matching.RankingAnswer.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares a kept ranking with today's, or with another kept one. */
@Component
class RankingComparison {
    /** How far down today's ranking those who were kept are looked for. */
    static final int LOOKED_AT = 5_000;

    private final KeptRankings kept;
    private final RankingService rankings;
    private final BriefsInUse briefs;
    private final BriefCompiler compiler;
    private final CatalogueReader creators;
    private final Wording wording;

    RankingComparison(
            KeptRankings kept,
            RankingService rankings,
            BriefsInUse briefs,
            BriefCompiler compiler,
            CatalogueReader creators,
            Wording wording) {
        this.kept = kept;
        this.rankings = rankings;
        this.briefs = briefs;
        this.compiler = compiler;
        this.creators = creators;
        this.wording = wording;
    }

    /**
     * @param against the later ranking; null: today's
     * @param counts by what happened
     * @param kinds everybody, in the order in which they are shown
     */
    record Compared(
            KeptRanking ranking,
            @Nullable KeptRanking against,
            boolean weightsChanged,
            boolean briefChanged,
            boolean briefGone,
            long statisticsVersion,
            long catalogueVersion,
            Map<Kind, Integer> counts,
            List<Kinded> kinds,
            Explains explains) {
        boolean statisticsChanged() {
            return ranking.statisticsVersion() != statisticsVersion;
        }

        /** Those of one kind, or all; a window of them, each with its reasons. */
        List<Change> window(@Nullable Kind kind, int from, int limit) {
            return of(kind).stream()
                    .skip(from)
                    .limit(limit)
                    .map(explains::change)
                    .toList();
        }

        List<Kinded> of(@Nullable Kind kind) {
            return kinds.stream()
                    .filter(each -> kind == null || each.kind() == kind)
                    .toList();
        }
    }

    /** Says why, one by one, since that can take a look at the catalogue. */
    interface Explains {
        Change change(Kinded kinded);
    }

    /**
     * With today's ranking: the same filters and order, the brief as it is now, and the same weights where the ranking named
     * them, else the brief's of now.
     *
     * @throws RankingService.RefusedException where today's weights cannot be used
     */
    Compared withToday(KeptRanking ranking) {
        var now = ranking.briefId() == null
                ? null
                : briefs.find(ranking.briefId().toString()).orElse(null);
        var question = kept.again(ranking, now, LOOKED_AT);
        var today = rankings.rank(question);
        var spoken = wording.forBrief(question.brief());
        var before = side(ranking);
        var after = Side.of(today.items().stream()
                .map(item -> RankingAnswer.item(item, spoken))
                .toList());
        var weights = SavedPreset.of(compiler.weights(
                question.weights(),
                question.brief() == null ? null : question.brief().weights(),
                "",
                new ArrayList<>()));
        var weightsChanged = !weights.equals(ranking.weights());
        var briefChanged = now != null && !withoutWeights(now.document()).equals(withoutWeights(ranking.brief()));
        var kinds = RankChanges.kinds(
                before,
                after,
                Math.max(before.items().size(), 1),
                slug -> today.total() > after.items().size() && rankings.passes(question, slug));
        var between = new Today(
                ranking,
                question,
                weightsChanged,
                briefChanged,
                ranking.statisticsVersion() != today.statisticsVersion());
        return new Compared(
                ranking,
                null,
                weightsChanged,
                briefChanged,
                ranking.brief() != null && now == null,
                today.statisticsVersion(),
                today.catalogueVersion(),
                counts(kinds),
                kinds,
                kinded -> RankChanges.explain(
                        kinded, before, after, elsewhere(kinded, before, after, question), between));
    }

    /** How she stands now though she is not among those that were looked at; null where she is, or is no more. */
    private @Nullable Item elsewhere(Kinded kinded, Side before, Side after, RankingService.Question question) {
        if (after.items().containsKey(kinded.slug()) || !before.items().containsKey(kinded.slug())) {
            return null;
        }
        return one(question.brief(), question.weights(), kinded.slug());
    }

    private @Nullable Item one(@Nullable BriefDocument brief, @Nullable Map<String, Double> weights, String slug) {
        var found = rankings.one(brief, weights, slug).items();
        return found.isEmpty() ? null : RankingAnswer.item(found.getFirst(), wording.forBrief(brief));
    }

    private final class Today implements RankChanges.Between {
        private final KeptRanking ranking;
        private final RankingService.Question question;
        private final boolean weightsChanged;
        private final boolean briefChanged;
        private final boolean statisticsChanged;
        private final Map<String, Boolean> changed = new HashMap<>();

        Today(
                KeptRanking ranking,
                RankingService.Question question,
                boolean weightsChanged,
                boolean briefChanged,
                boolean statisticsChanged) {
            this.ranking = ranking;
            this.question = question;
            this.weightsChanged = weightsChanged;
            this.briefChanged = briefChanged;
            this.statisticsChanged = statisticsChanged;
        }

        @Override
        public boolean weightsChanged() {
            return weightsChanged;
        }

        @Override
        public boolean briefChanged() {
            return briefChanged;
        }

        @Override
        public boolean statisticsChanged() {
            return statisticsChanged;
        }

        @Override
        public boolean figuresChanged(String slug) {
            return changed.computeIfAbsent(
                    slug,
                    each -> creators.find(each)
                            .map(creator -> creator.updatedAt().isAfter(ranking.keptAt()))
                            .orElse(true));
        }

        @Override
        public @Nullable Item forOldBrief(String slug) {
            try {
                return one(ranking.brief(), question.weights(), slug);
            } catch (RankingService.RefusedException refused) {
                return null;
            }
        }
    }

    /** With another kept one, which is held to be the later. What of a change the brief explains cannot be told then. */
    Compared withKept(KeptRanking ranking, KeptRanking against) {
        var before = side(ranking);
        var after = side(against);
        var weightsChanged = !against.weights().equals(ranking.weights());
        var briefChanged = !Objects.equals(withoutWeights(against.brief()), withoutWeights(ranking.brief()));
        var kinds = RankChanges.kinds(before, after, Integer.MAX_VALUE, _ -> false);
        var between = new RankChanges.Between() {
            @Override
            public boolean weightsChanged() {
                return weightsChanged;
            }

            @Override
            public boolean briefChanged() {
                return briefChanged;
            }

            @Override
            public boolean statisticsChanged() {
                return against.statisticsVersion() != ranking.statisticsVersion();
            }

            @Override
            public boolean figuresChanged(String slug) {
                return against.catalogueVersion() != ranking.catalogueVersion();
            }

            @Override
            public @Nullable Item forOldBrief(String slug) {
                return null;
            }
        };
        return new Compared(
                ranking,
                against,
                weightsChanged,
                briefChanged,
                false,
                against.statisticsVersion(),
                against.catalogueVersion(),
                counts(kinds),
                kinds,
                kinded -> RankChanges.explain(kinded, before, after, null, between));
    }

    private Side side(KeptRanking ranking) {
        return Side.of(kept.creators(ranking.id()).stream()
                .map(KeptRanking.Creator::item)
                .toList());
    }

    private static Map<Kind, Integer> counts(List<Kinded> kinds) {
        var counts = new LinkedHashMap<Kind, Integer>();
        for (var kind : Kind.values()) {
            counts.put(kind, (int)
                    kinds.stream().filter(each -> each.kind() == kind).count());
        }
        return counts;
    }

    /** Name and weights of a brief change no value. */
    private static BriefDocument withoutWeights(@Nullable BriefDocument brief) {
        var asked = brief == null ? RankingService.NO_BRIEF : brief;
        return new BriefDocument(
                null,
                asked.brand(),
                asked.product(),
                asked.message(),
                asked.objective(),
                asked.niches(),
                asked.audience(),
                asked.platforms(),
                asked.followers(),
                asked.deliverables(),
                asked.budget(),
                asked.competitorWindowDays(),
                asked.likeCreators(),
                asked.excludeCreators(),
                asked.excludeNiches(),
                null);
    }

    /** The brief as it is now, where there is one. */
    @Nullable
    StoredBrief brief(KeptRanking ranking) {
        return ranking.briefId() == null
                ? null
                : briefs.find(ranking.briefId().toString()).orElse(null);
    }

    /** In a fixed order. */
    static List<Cause> causes(Set<Cause> causes) {
        return causes.stream().sorted().toList();
    }
}
