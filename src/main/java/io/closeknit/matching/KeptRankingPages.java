package io.closeknit.matching;

import io.closeknit.matching.RankChanges.Change;
import io.closeknit.matching.RankChanges.Kind;
import io.closeknit.web.Criteria;
import io.closeknit.web.FitBar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** What the pages of kept rankings show. */
@Component
class KeptRankingPages {
    private final KeptRankings kept;
    private final RankingComparison comparison;
    private final BriefsInUse briefs;
    private final FilterWords words;
    private final Sentences sentences;

    KeptRankingPages(
            KeptRankings kept,
            RankingComparison comparison,
            BriefsInUse briefs,
            FilterWords words,
            Sentences sentences) {
        this.kept = kept;
        this.comparison = comparison;
        this.briefs = briefs;
        this.words = words;
        this.sentences = sentences;
    }

    /** @param brief what it was ranked for, in words @param filters in words */
    record Line(KeptRanking ranking, String brief, List<String> filters) {}

    /**
     * @param sentences what changed between the two as a whole
     * @param tabs one for each kind, with its count
     * @param trouble why there is no comparison; null where there is one
     */
    record Page(
            Line line,
            @Nullable KeptRanking against,
            List<KeptRanking> others,
            List<String> sentences,
            List<Tab> tabs,
            List<Row> rows,
            int from,
            int shown,
            int total,
            @Nullable String moreUrl,
            @Nullable String trouble,
            String todayUrl) {}

    /** @param key null: all */
    record Tab(@Nullable String key, int count, String url, boolean chosen) {}

    /**
     * @param before where she stood
     * @param now where she stands; null where she left
     * @param why in one sentence
     * @param moved ranks, for the arrow
     */
    record Row(
            Change change,
            @Nullable FitBar before,
            @Nullable FitBar now,
            String why,
            @Nullable Movement moved,
            String url,
            List<Part> parts) {}

    /** @param shown with its sign @param of what it comes from, in words */
    record Part(String key, String shown, String of, String evidenceBefore, String evidence) {}

    List<Line> list(int from, int size) {
        return kept.list(null, null, from + size).stream()
                .skip(from)
                .map(this::line)
                .toList();
    }

    private Line line(KeptRanking ranking) {
        var brief = ranking.brief();
        return new Line(
                ranking,
                brief == null ? sentences.of("matching.fit.quality") : briefs.name(brief),
                words.groups(Address.of(ranking.filters())).stream()
                        .flatMap(group -> group.chips().stream())
                        .map(FilterGroup.Chip::text)
                        .toList());
    }

    Page page(KeptRanking ranking, @Nullable KeptRanking against, @Nullable Kind kind, int from, int size) {
        var line = line(ranking);
        var others = kept.list(null, null, 50).stream()
                .filter(other -> !other.id().equals(ranking.id()))
                .toList();
        var todayUrl = ranking.address().url();
        try {
            var compared = against == null ? comparison.withToday(ranking) : comparison.withKept(ranking, against);
            var of = compared.of(kind);
            var rows = compared.window(kind, from, size).stream()
                    .map(change -> row(change, ranking))
                    .toList();
            var end = from + rows.size();
            return new Page(
                    line,
                    against,
                    others,
                    said(compared),
                    tabs(compared, ranking, against, kind),
                    rows,
                    rows.isEmpty() ? 0 : from + 1,
                    end,
                    of.size(),
                    end < of.size() ? url(ranking, against, kind, end) : null,
                    null,
                    todayUrl);
        } catch (RankingService.RefusedException refused) {
            return new Page(
                    line,
                    against,
                    others,
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    0,
                    0,
                    null,
                    refused.problems().getFirst().reason(),
                    todayUrl);
        }
    }

    private List<String> said(RankingComparison.Compared compared) {
        var said = new ArrayList<String>();
        if (compared.briefGone()) {
            said.add(sentences.of("matching.kept.briefGone"));
        }
        if (compared.briefChanged()) {
            said.add(sentences.of("matching.kept.briefChanged"));
        }
        if (compared.weightsChanged()) {
            said.add(sentences.of("matching.kept.weightsChanged"));
        }
        if (compared.statisticsChanged()) {
            said.add(sentences.of(
                    "matching.kept.statisticsChanged",
                    compared.ranking().statisticsVersion(),
                    compared.statisticsVersion()));
        }
        if (said.isEmpty()) {
            said.add(sentences.of("matching.kept.sameQuestion"));
        }
        return said;
    }

    private static List<Tab> tabs(
            RankingComparison.Compared compared,
            KeptRanking ranking,
            @Nullable KeptRanking against,
            @Nullable Kind chosen) {
        var tabs = new ArrayList<Tab>();
        tabs.add(new Tab(null, compared.kinds().size(), url(ranking, against, null, 0), chosen == null));
        Arrays.stream(Kind.values())
                .forEach(kind -> tabs.add(new Tab(
                        kind.getKey(),
                        compared.counts().getOrDefault(kind, 0),
                        url(ranking, against, kind, 0),
                        kind == chosen)));
        return tabs;
    }

    private static String url(KeptRanking ranking, @Nullable KeptRanking against, @Nullable Kind kind, int from) {
        var parameters = new ArrayList<String>();
        if (against != null) {
            parameters.add("against=" + against.id());
        }
        if (kind != null) {
            parameters.add("change=" + kind.getKey());
        }
        if (from > 0) {
            parameters.add("from=" + from);
        }
        return "/rankings/" + ranking.id() + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    private Row row(Change change, KeptRanking ranking) {
        var before = change.before();
        var now = change.now();
        var rank = change.rank();
        var lens = ranking.address().lens().query();
        return new Row(
                change,
                before == null ? null : bar(before),
                now == null || change.kind() == Kind.LEFT ? null : bar(now),
                why(change),
                before == null || rank == null
                        ? null
                        : before.rank() == rank
                                ? new Movement(Movement.Kind.SAME, 0)
                                : new Movement(
                                        before.rank() > rank ? Movement.Kind.UP : Movement.Kind.DOWN,
                                        Math.abs(before.rank() - rank)),
                "/creators/" + UriUtils.encodePathSegment(change.slug(), StandardCharsets.UTF_8)
                        + (lens.isEmpty() ? "" : "?" + lens),
                change.parts().stream()
                        .map(part -> new Part(
                                part.criterion().key(),
                                Standings.signed(part.shown()),
                                comesFrom(part, change),
                                Objects.requireNonNullElse(part.evidenceBefore(), ""),
                                Objects.requireNonNullElse(part.evidence(), "")))
                        .toList());
    }

    private String comesFrom(RankChanges.Part part, Change change) {
        var of = new ArrayList<String>();
        if (Math.abs(part.ofWeights()) > 1e-9) {
            of.add(sentences.of("matching.cause.weights"));
        }
        var ofBrief = part.ofBrief();
        if (ofBrief == null ? change.causes().contains(RankChanges.Cause.BRIEF) : Math.abs(ofBrief) > 1e-9) {
            of.add(sentences.of("matching.cause.brief"));
        }
        if (Math.abs(part.ofFigures()) > 1e-9) {
            if (change.causes().contains(RankChanges.Cause.FIGURES)) {
                of.add(sentences.of("matching.cause.figures"));
            }
            if (change.causes().contains(RankChanges.Cause.STATISTICS)) {
                of.add(sentences.of("matching.cause.statistics"));
            }
        }
        return String.join(", ", of);
    }

    /** 'Lost 12.4 points: audience −9.0, bond −3.4, because her figures changed.' */
    private String why(Change change) {
        var difference = change.difference();
        var others = change.passed() == 0
                ? ""
                : sentences.of("matching.kept.passed", change.passed(), String.join(", ", change.passedBy()));
        return switch (change.kind()) {
            case CAME -> sentences.of("matching.kept.came");
            case LEFT -> sentences.of(change.now() == null ? "matching.kept.gone" : "matching.kept.filtered");
            default -> {
                var parts = change.parts().stream()
                        .filter(part -> part.shown().signum() != 0)
                        .map(
                                part -> sentences.of("matching.criterion."
                                                + part.criterion().key()) + " " + Standings.signed(part.shown()))
                        .toList();
                if (difference == null || parts.isEmpty()) {
                    yield others.isEmpty()
                            ? sentences.of("matching.kept.same")
                            : sentences.of("matching.kept.othersMoved") + " " + others;
                }
                var causes = RankingComparison.causes(change.causes()).stream()
                        .map(cause -> sentences.of("matching.cause." + cause.getKey()))
                        .toList();
                yield (sentences.of(
                                        difference.signum() < 0 ? "matching.kept.lost" : "matching.kept.gained",
                                        Standings.points(difference),
                                        String.join(", ", parts),
                                        String.join(", ", causes))
                                + " "
                                + others)
                        .strip();
            }
        };
    }

    private static FitBar bar(RankingAnswer.Item item) {
        return new FitBar(
                item.score(),
                item.low(),
                item.high(),
                item.criteria().stream()
                        .filter(criterion -> Criteria.KEYS.contains(criterion.key()))
                        .map(criterion -> new FitBar.Segment(
                                criterion.key(),
                                criterion.value(),
                                criterion.weight(),
                                criterion.points(),
                                criterion.known(),
                                criterion.asked(),
                                Objects.requireNonNullElse(criterion.evidence(), "")))
                        .toList());
    }
}
