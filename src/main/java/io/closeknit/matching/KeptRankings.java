package io.closeknit.matching;

import io.closeknit.access.CurrentPerson;
import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.matching.RankingService.Question;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Keeps rankings for the workspace, as they were when somebody said so. */
@Service
@Transactional(readOnly = true)
class KeptRankings {
    private final KeptRankingRepository kept;
    private final RankingService rankings;
    private final BriefCompiler compiler;
    private final SelectionReader selections;
    private final Wording wording;
    private final CurrentPerson person;
    private final Clock clock;

    KeptRankings(
            KeptRankingRepository kept,
            RankingService rankings,
            BriefCompiler compiler,
            SelectionReader selections,
            Wording wording,
            CurrentPerson person,
            Clock clock) {
        this.kept = kept;
        this.rankings = rankings;
        this.compiler = compiler;
        this.selections = selections;
        this.wording = wording;
        this.person = person;
        this.clock = clock;
    }

    /** Somebody changed or removed it meanwhile. */
    static final class ChangedException extends RuntimeException {
        private final transient @Nullable KeptRanking current;

        ChangedException(@Nullable KeptRanking current) {
            super("The kept ranking was changed meanwhile");
            this.current = current;
        }

        /** Null where it is gone. */
        @Nullable
        KeptRanking current() {
            return current;
        }
    }

    /** The last kept first, those after a place; null: from the start. */
    List<KeptRanking> list(@Nullable Instant after, @Nullable UUID afterId, int limit) {
        return kept.list(person.workspaceId(), after, afterId, limit);
    }

    long count() {
        return kept.count(person.workspaceId());
    }

    /** Empty also where another workspace has it. */
    Optional<KeptRanking> find(UUID id) {
        return person.currentWorkspace().flatMap(workspace -> kept.find(workspace, id));
    }

    /** By rank; empty also where another workspace has it. */
    List<KeptRanking.Creator> creators(UUID id) {
        return person.currentWorkspace()
                .map(workspace -> kept.creators(workspace, id))
                .orElseGet(List::of);
    }

    /**
     * Ranks and keeps the first {@value KeptRanking#MOST}.
     *
     * @param name stripped, not blank and not too long
     * @param filters filters, words and order by the names of the API, checked
     * @param weights null: those of the brief, else the defaults
     * @throws RankingService.RefusedException where the weights cannot be used
     */
    @Transactional
    KeptRanking keep(
            String name,
            @Nullable StoredBrief brief,
            MultiValueMap<String, String> filters,
            @Nullable Map<String, Double> weights) {
        var document = brief == null ? null : brief.document();
        var ranking = rankings.rank(new Question(
                document,
                selections.read(filters, "", new ArrayList<>()),
                weights,
                KeptRanking.MOST,
                null,
                false,
                false));
        var spoken = wording.forBrief(document);
        var creators = ranking.items().stream()
                .map(item -> new KeptRanking.Creator(item.creator().id(), RankingAnswer.item(item, spoken)))
                .toList();
        var by = person.find().orElse(null);
        var named = new LinkedHashMap<String, List<String>>();
        SelectionReader.NAMES.stream()
                .filter(filters::containsKey)
                .forEach(parameter -> named.put(parameter, List.copyOf(filters.getOrDefault(parameter, List.of()))));
        var keeping = new KeptRanking(
                UUID.randomUUID(),
                name,
                brief == null ? null : brief.id().value(),
                brief == null ? null : brief.version(),
                document,
                named,
                SavedPreset.of(compiler.weights(
                        weights, document == null ? null : document.weights(), "", new ArrayList<Problem>())),
                weights != null,
                ranking.catalogueVersion(),
                ranking.statisticsVersion(),
                ranking.asOf(),
                ranking.total(),
                creators.size(),
                1,
                by == null ? null : by.name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        kept.insert(person.workspaceId(), keeping, creators, by);
        return keeping;
    }

    /** @throws ChangedException where it has another version by now */
    @Transactional
    KeptRanking rename(UUID id, String name, long version) {
        if (!kept.rename(person.workspaceId(), id, name, version, clock.instant())) {
            throw new ChangedException(find(id).orElse(null));
        }
        return find(id).orElseThrow(() -> new ChangedException(null));
    }

    /** @throws ChangedException where it has another version by now */
    @Transactional
    void remove(UUID id, long version) {
        if (!kept.delete(person.workspaceId(), id, version)) {
            throw new ChangedException(find(id).orElse(null));
        }
    }

    /** What a kept ranking asked, with the brief as it is given. */
    Question again(KeptRanking ranking, @Nullable StoredBrief now, int limit) {
        var filters = new LinkedMultiValueMap<String, String>();
        ranking.filters().forEach(filters::addAll);
        return new Question(
                now == null ? ranking.brief() : now.document(),
                selections.read(filters, "", new ArrayList<>()),
                ranking.ownWeights() ? ranking.weights() : null,
                limit,
                null,
                false,
                false);
    }
}
