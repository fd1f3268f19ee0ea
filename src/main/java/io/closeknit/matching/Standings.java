package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import io.closeknit.index.Lifting;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.index.RankQuery.SortKey;
import io.closeknit.index.Ranking;
import io.closeknit.matching.Differences.Difference;
import io.closeknit.matching.RankingService.Question;
import io.closeknit.web.Formats;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Where a creator stands in a ranking: beside the next one, and what would lift her. */
@Component
class Standings {
    static final String PATH = "/discover/why";

    private final RankingService rankings;
    private final Labels labels;
    private final Formats formats;
    private final Sentences sentences;

    Standings(RankingService rankings, Labels labels, Formats formats, Sentences sentences) {
        this.rankings = rankings;
        this.labels = labels;
        this.formats = formats;
        this.sentences = sentences;
    }

    /**
     * @param ranking whose only item is she
     * @param rank 0 where she does not pass the filters
     * @param next who comes after her in the order by score; null where nobody does, or she is not in the ranking
     * @param difference to the next one
     */
    record Standing(
            Ranking ranking,
            Ranking.Item item,
            int rank,
            int total,
            Ranking.@Nullable Item next,
            @Nullable Difference difference,
            Lifting.Answer lifting) {}

    /** The page that shows it, below the context path. */
    static String url(String slug, Address address) {
        var query = address.without("cursor", "limit", "sort").query();
        return PATH + "?slug=" + UriUtils.encode(slug, StandardCharsets.UTF_8) + (query.isEmpty() ? "" : "&" + query);
    }

    /**
     * In the order by score, whatever order the selection asks for.
     *
     * @return null where there is no such creator in the index
     * @throws RankingService.RefusedException where the weights cannot be used
     */
    @Nullable
    Standing of(
            @Nullable BriefDocument brief, Selection selection, @Nullable Map<String, Double> weights, String slug) {
        var ranking = rankings.one(brief, weights, slug);
        if (ranking.items().isEmpty()) {
            return null;
        }
        var item = ranking.items().getFirst();
        var byScore = new Selection(selection.filters(), selection.words(), Sort.FIT);
        var lifting = rankings.lift(new Question(brief, byScore, weights, 0, null, false, false), slug);
        if (lifting.rank() == 0) {
            return new Standing(ranking, item, 0, 0, null, null, lifting);
        }
        var followers = item.creator().followers();
        var place = new SortKey(
                Math.rint(item.score() * 1e9),
                "",
                followers == null ? Long.MAX_VALUE : followers,
                slug,
                lifting.rank());
        var after = rankings.rank(new Question(brief, byScore, weights, 1, place, false, false))
                .items();
        var next = after.isEmpty() ? null : after.getFirst();
        return new Standing(
                ranking,
                item,
                lifting.rank(),
                lifting.total(),
                next,
                next == null ? null : Differences.between(item, next),
                lifting);
    }

    // ---- in words

    /** 'Ahead of Mia Berg by 2.1 points: audience +4.0, bond −1.9.'; empty where there is nobody to compare with. */
    String comparison(Standing standing) {
        var difference = standing.difference();
        var next = standing.next();
        if (difference == null || next == null) {
            return "";
        }
        var parts = parts(difference);
        return parts.isEmpty()
                ? sentences.of("matching.next.equal", next.creator().name())
                : sentences.of("matching.next.ahead", next.creator().name(), points(difference.shown()), parts);
    }

    /** 'audience +4.0, bond −1.9', the largest first; what rounds to nothing is left out. */
    String parts(Difference difference) {
        return String.join(
                ", ",
                difference.parts().stream()
                        .filter(part -> part.shown().signum() != 0)
                        .sorted(Comparator.comparing(
                                        (Differences.Part part) -> part.shown().abs())
                                .reversed())
                        .map(part -> sentences.of(
                                        "matching.criterion." + part.criterion().key()) + " " + signed(part.shown()))
                        .toList());
    }

    /** '2.1' without a sign. */
    static String points(BigDecimal shown) {
        return shown.abs().toPlainString();
    }

    /** '+4.0', '−1.9', with a real minus. */
    static String signed(BigDecimal shown) {
        return (shown.signum() < 0 ? "−" : "+") + points(shown);
    }

    /** What would lift her, the least effort first; one sentence that says why not where nothing does. */
    List<String> lifts(Standing standing) {
        var lifting = standing.lifting();
        return switch (lifting.state()) {
            case FOUND ->
                lifting.lifts().stream().map(lift -> lift(lift, lifting.rank())).toList();
            case FIRST -> List.of(sentences.of("matching.lift.first"));
            case NONE -> List.of(sentences.of("matching.lift.none", lifting.target()));
            case NOT_IN -> List.of(sentences.of("matching.lift.notIn"));
            case FAR_BACK -> List.of(sentences.of("matching.lift.farBack", lifting.rank()));
        };
    }

    private String lift(Lifting.Lift lift, int now) {
        return sentences.of("matching.lift", lift.rank(), now, with(lift));
    }

    private String with(Lifting.Lift lift) {
        var key = "matching.lift." + lift.figure().key();
        return switch (lift.figure()) {
            case PRICE -> sentences.of(key, formats.percent(1 - lift.to()));
            case COMMENTS_PER_LIKE ->
                sentences.of(key, formats.decimal(lift.to() * 100, 1), formats.decimal(lift.from() * 100, 1));
            default ->
                sentences.of(
                        key,
                        formats.percent(lift.to()),
                        formats.percent(lift.from()),
                        subject(lift.figure(), lift.of()));
        };
    }

    private String subject(Lifting.Figure figure, @Nullable String of) {
        var values = Arrays.asList(Objects.requireNonNullElse(of, "").split(","));
        var named = new ArrayList<String>();
        for (var value : values) {
            named.add(
                    switch (figure) {
                        case AUDIENCE_COUNTRY -> labels.country(value);
                        case AUDIENCE_AGE_GENDER, AUDIENCE_GENDER, AUDIENCE_AGE ->
                            value.isEmpty() || Character.isLetter(value.charAt(0))
                                    ? labels.gender(value)
                                    : labels.ages(value);
                        default -> value.toLowerCase(Locale.ROOT);
                    });
        }
        return String.join(", ", named);
    }
}
