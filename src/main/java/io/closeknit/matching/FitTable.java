package io.closeknit.matching;

import io.closeknit.index.Ranking;
import io.closeknit.index.Ranking.CriterionScore;
import io.closeknit.index.Ranking.Facts;
import io.closeknit.web.FitBar;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A creator's fit criterion by criterion, as tables show it. */
@Component
class FitTable {
    private final Labels labels;

    FitTable(Labels labels) {
        this.labels = labels;
    }

    /**
     * One criterion.
     *
     * @param bar where it stands; null where it is not asked
     * @param parts of the relevance, by niche of the brief; otherwise empty
     */
    record Row(CriterionScore score, FitBar.@Nullable Drawn bar, String evidence, List<Part> parts) {}

    /** @param by her niches that serve it */
    record Part(String niche, double part, String by) {}

    List<Row> rows(Ranking.Item item, FitBar fit, Wording.Spoken spoken) {
        var drawn = fit.getDrawn();
        return item.criteria().stream()
                .map(score -> new Row(
                        score,
                        drawn.stream()
                                .filter(each ->
                                        each.getKey().equals(score.criterion().key()))
                                .findFirst()
                                .orElse(null),
                        Objects.requireNonNullElse(spoken.evidence(score), ""),
                        parts(score)))
                .toList();
    }

    private List<Part> parts(CriterionScore score) {
        return score.facts() instanceof Facts.Relevance relevance
                ? relevance.parts().stream()
                        .map(part -> new Part(
                                labels.niche(part.niche()),
                                part.part(),
                                String.join(
                                        ", ",
                                        part.by().stream()
                                                .map(share -> labels.niche(share.key()))
                                                .toList())))
                        .toList()
                : List.of();
    }
}
