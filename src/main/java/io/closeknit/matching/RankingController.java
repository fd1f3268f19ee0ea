package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.index.IndexNotReadyException;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.matching.RankingService.Question;
import io.closeknit.web.ApiException;
import io.closeknit.web.KnownParameters;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * What Discover tells of a ranking beyond its list, each asked for by itself so that the list is not kept waiting: why a
 * creator stands where she does, how robust the first ten are, and all of it as a file.
 */
@Controller
@KnownParameters(AddressReader.HELPER + "*")
class RankingController {
    private final AddressReader addresses;
    private final BriefsInUse briefs;
    private final SelectionReader selections;
    private final RankingService rankings;
    private final Standings standings;
    private final FitTable table;
    private final Wording wording;
    private final RankingCsv csv;
    private final Sentences sentences;

    RankingController(
            AddressReader addresses,
            BriefsInUse briefs,
            SelectionReader selections,
            RankingService rankings,
            Standings standings,
            FitTable table,
            Wording wording,
            RankingCsv csv,
            Sentences sentences) {
        this.addresses = addresses;
        this.briefs = briefs;
        this.selections = selections;
        this.rankings = rankings;
        this.standings = standings;
        this.table = table;
        this.wording = wording;
        this.csv = csv;
        this.sentences = sentences;
    }

    /** An address read; the question asks for the first {@code limit}. */
    private record Read(Address address, @Nullable StoredBrief brief, Question question) {}

    /** @return null where something in the address cannot be read; Discover says what */
    private @Nullable Read read(MultiValueMap<String, String> sent) {
        var address = addresses.read(sent, id -> briefs.find(id).map(StoredBrief::document));
        var brief = briefs.named(address.first("brief"));
        var problems = new ArrayList<Problem>();
        var selection = selections.read(address.parameters(), "", problems);
        var weights = Weights.read(address.parameters(), problems, sentences);
        return problems.isEmpty()
                ? new Read(
                        address,
                        brief,
                        new Question(
                                brief == null ? null : brief.document(), selection, weights, 0, null, false, false))
                : null;
    }

    private ModelAndView toDiscover(MultiValueMap<String, String> sent) {
        return new ModelAndView("redirect:" + Address.of(sent).url());
    }

    /** The whole ranking as a file. */
    @GetMapping(Address.PATH + "/ranking.csv")
    @SelectionParameters
    @Nullable
    ModelAndView export(@RequestParam MultiValueMap<String, String> sent, HttpServletResponse response) {
        var read = read(sent);
        if (read == null) {
            return toDiscover(sent);
        }
        try {
            var name = read.brief() == null
                    ? sentences.of("matching.export.quality")
                    : briefs.name(read.brief().document());
            csv.write(read.question(), name, true, response);
            return null; // it is written
        } catch (RankingService.RefusedException refused) {
            return toDiscover(sent);
        }
    }

    /** Why a creator stands where she does: a part for htmx, a page otherwise. */
    @GetMapping(Standings.PATH)
    @SelectionParameters
    ModelAndView why(@RequestParam String slug, @RequestParam MultiValueMap<String, String> sent, HtmxRequest htmx) {
        var read = read(sent);
        if (read == null) {
            return toDiscover(sent);
        }
        try {
            var question = read.question();
            var standing = standings.of(question.brief(), question.selection(), question.weights(), slug);
            if (standing == null) {
                throw ApiException.notFound(sentences.of("matching.fit.notIndexed"));
            }
            var spoken = wording.forBrief(question.brief());
            var fit = FitBars.of(standing.item(), spoken);
            var lens = read.address().lens().query();
            var view = new ModelAndView(
                    !htmx.isHtmxRequest()
                            ? "matching/why"
                            : Objects.requireNonNullElse(htmx.getTarget(), "").startsWith("standing")
                                    ? "matching/standing :: standing"
                                    : "matching/standing :: inRow");
            view.addObject("standing", standing)
                    .addObject("name", standing.item().creator().name())
                    .addObject("comparison", standings.comparison(standing))
                    .addObject("lifts", standings.lifts(standing))
                    .addObject("fit", fit)
                    .addObject("why", spoken.why(standing.item()))
                    .addObject("rows", table.rows(standing.item(), fit, spoken))
                    .addObject("hasBrief", read.brief() != null)
                    .addObject("backUrl", read.address().url())
                    .addObject(
                            "creatorUrl",
                            "/creators/"
                                    + org.springframework.web.util.UriUtils.encodePathSegment(
                                            slug, java.nio.charset.StandardCharsets.UTF_8)
                                    + (lens.isEmpty() ? "" : "?" + lens));
            return view;
        } catch (RankingService.RefusedException refused) {
            return toDiscover(sent);
        }
    }

    /** How robust the first ten are: a part for htmx, a page otherwise. */
    @GetMapping(Address.PATH + "/robustness")
    @SelectionParameters
    ModelAndView robustness(@RequestParam MultiValueMap<String, String> sent, HtmxRequest htmx) {
        var read = read(sent);
        if (read == null) {
            return toDiscover(sent);
        }
        try {
            var sort = read.question().selection().sort();
            var view = new ModelAndView(
                    htmx.isHtmxRequest() ? "matching/robustness :: robustness" : "matching/robustness-page");
            view.addObject("backUrl", read.address().url())
                    .addObject(
                            "robust",
                            sort == null || sort == Sort.FIT
                                    ? Robustness.of(rankings.head(read.question(), Robustness.CANDIDATES))
                                    : null);
            return view;
        } catch (RankingService.RefusedException refused) {
            return toDiscover(sent);
        }
    }

    @ExceptionHandler(IndexNotReadyException.class)
    ModelAndView notReady(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "3");
        return new ModelAndView("matching/not-ready", HttpStatus.SERVICE_UNAVAILABLE);
    }
}
