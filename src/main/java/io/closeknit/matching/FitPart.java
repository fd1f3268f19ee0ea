package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.index.IndexNotReadyException;
import io.closeknit.index.Ranking;
import io.closeknit.web.FitBar;
import io.closeknit.web.PagePart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** On a creator's page: her fit for the brief in use with its reasons; without a brief her quality. */
@Component
@Order(10)
class FitPart implements PagePart {
    private final RankingService rankings;
    private final BriefsInUse briefs;
    private final Wording wording;
    private final FitTable table;
    private final Sentences sentences;

    FitPart(RankingService rankings, BriefsInUse briefs, Wording wording, FitTable table, Sentences sentences) {
        this.rankings = rankings;
        this.briefs = briefs;
        this.wording = wording;
        this.table = table;
        this.sentences = sentences;
    }

    /**
     * @param fit null while she is not in the index yet, or where the address cannot be answered
     * @param trouble why not; null where nothing is wrong
     * @param rankingUrl of Discover with the same brief and weights
     * @param standingUrl of where she stands in that ranking
     */
    record Shown(
            String slug,
            @Nullable String briefId,
            @Nullable String briefName,
            List<BriefsInUse.Choice> briefs,
            boolean ownWeights,
            @Nullable FitBar fit,
            @Nullable String why,
            List<FitTable.Row> rows,
            @Nullable Double audienceShare,
            @Nullable String trouble,
            String rankingUrl,
            @Nullable String standingUrl,
            long statisticsVersion,
            @Nullable LocalDate asOf,
            boolean demoPeers) {}

    @Override
    public Optional<PagePart.Shown> part(String place, String subject, Map<String, String[]> parameters) {
        return place.equals("creator")
                ? Optional.of(new PagePart.Shown("matching/fit :: onCreatorPage", shown(subject, parameters)))
                : Optional.empty();
    }

    private Shown shown(String slug, Map<String, String[]> parameters) {
        var sent = new LinkedHashMap<String, List<String>>();
        parameters.forEach((name, values) -> sent.put(name, Arrays.asList(values)));
        var lens = Address.of(sent).lens();
        var brief = briefs.named(lens.first("brief"));
        var problems = new ArrayList<Problem>();
        var weights = Weights.read(lens.parameters(), problems, sentences);
        Ranking ranking = null;
        if (problems.isEmpty()) {
            try {
                ranking = rankings.one(brief == null ? null : brief.document(), weights, slug);
            } catch (RankingService.RefusedException refused) {
                problems.addAll(refused.problems());
            } catch (IndexNotReadyException _) {
                problems.add(new Problem(null, sentences.of("matching.fit.notReady")));
            }
        }
        if (ranking != null && ranking.items().isEmpty()) {
            problems.add(new Problem(null, sentences.of("matching.fit.notIndexed")));
        }
        return shown(slug, lens, brief, ranking, problems);
    }

    private Shown shown(
            String slug, Address lens, @Nullable StoredBrief brief, @Nullable Ranking ranking, List<Problem> problems) {
        var item = ranking == null || ranking.items().isEmpty()
                ? null
                : ranking.items().getFirst();
        var spoken = wording.forBrief(brief == null ? null : brief.document());
        var fit = item == null ? null : FitBars.of(item, spoken);
        return new Shown(
                slug,
                brief == null ? null : brief.id().value().toString(),
                brief == null ? null : briefs.name(brief.document()),
                briefs.choices(brief),
                lens.hasWeights(),
                fit,
                item == null ? null : spoken.why(item),
                item == null || fit == null ? List.of() : table.rows(item, fit, spoken),
                item == null ? null : item.audienceShare(),
                problems.isEmpty() ? null : problems.getFirst().reason(),
                lens.isEmpty() ? DiscoverPages.start().url() : lens.url(),
                item == null ? null : Standings.url(slug, lens),
                ranking == null ? 0 : ranking.statisticsVersion(),
                ranking == null ? null : ranking.asOf(),
                ranking != null && ranking.demoStatistics());
    }
}
