package io.closeknit.matching;

import io.closeknit.index.Ranking;
import io.closeknit.web.FitBar;
import java.util.Objects;

/** Draws an item of a ranking. */
final class FitBars {
    private FitBars() {}

    static FitBar of(Ranking.Item item, Wording.Spoken words) {
        return new FitBar(
                item.score(),
                item.low(),
                item.high(),
                item.criteria().stream()
                        .map(score -> new FitBar.Segment(
                                score.criterion().key(),
                                score.value(),
                                score.weight(),
                                score.points(),
                                score.known(),
                                score.asked(),
                                Objects.requireNonNullElse(words.evidence(score), "")))
                        .toList());
    }
}
