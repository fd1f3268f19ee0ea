package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.index.IndexNotReadyException;
import io.closeknit.index.RankingOvertakenException;
import io.closeknit.web.KnownParameters;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Discover: creators ranked for a brief, or by quality, as the address says. */
@Controller
@KnownParameters(AddressReader.HELPER + "*")
class DiscoverController {
    /** After how many seconds the page looks again whether the index is there. */
    private static final String AGAIN = "3";

    private final AddressReader addresses;
    private final BriefsInUse briefs;
    private final DiscoverPages pages;

    DiscoverController(AddressReader addresses, BriefsInUse briefs, DiscoverPages pages) {
        this.addresses = addresses;
        this.briefs = briefs;
        this.pages = pages;
    }

    /** The page; for htmx the part that its target names. */
    @GetMapping(Address.PATH)
    @SelectionParameters
    ModelAndView show(
            @RequestParam MultiValueMap<String, String> sent,
            HtmxRequest htmx,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (sent.isEmpty()) {
            return new ModelAndView("redirect:" + DiscoverPages.start().url());
        }
        var address = addresses.read(sent, id -> briefs.find(id).map(StoredBrief::document));
        var part = htmx.isHtmxRequest() && !htmx.isHistoryRestoreRequest();
        if (!part && !sent.equals(address.parameters()) && !isNothing(sent, address)) {
            // One state, one address: also without scripts no address holds what is empty.
            Movement.read(sent.getFirst(AddressReader.BEFORE))
                    .ifPresent(before -> RequestContextUtils.getOutputFlashMap(request)
                            .put(AddressReader.BEFORE, Movement.write(before)));
            return new ModelAndView("redirect:" + address.url());
        }
        // A slider that moves on wants no answer to where it was.
        var moving = part && "results".equals(htmx.getTarget());
        var asker = moving ? request.getSession().getId() + " " + address.first("brief") : null;
        var page = pages.page(address, before(sent, request), asker);
        if (part && !"more".equals(htmx.getTarget())) {
            response.setHeader("HX-Push-Url", request.getContextPath() + address.url());
        }
        var view = new ModelAndView(
                !part
                        ? "matching/discover"
                        : switch (htmx.getTarget()) {
                            case "results" -> "matching/parts :: refined";
                            case "more" -> "matching/parts :: more";
                            case null, default -> "matching/discover";
                        });
        if (!page.troubles().isEmpty()) {
            view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        view.addObject("page", page);
        view.addObject("result", page.result());
        return view;
    }

    /** The weights before they were moved: in the form htmx sends, or kept over the redirect without scripts. */
    private static double @Nullable [] before(MultiValueMap<String, String> sent, HttpServletRequest request) {
        var flash = RequestContextUtils.getInputFlashMap(request);
        var kept = flash == null ? null : flash.get(AddressReader.BEFORE);
        return Movement.read(kept instanceof String written ? written : sent.getFirst(AddressReader.BEFORE))
                .orElse(null);
    }

    /** The address that asks for nothing holds one parameter that says so. */
    private static boolean isNothing(MultiValueMap<String, String> sent, Address address) {
        return address.isEmpty() && sent.size() == 1 && "fit".equals(sent.getFirst("sort"));
    }

    @ExceptionHandler(RankingOvertakenException.class)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void overtaken() {
        // The answer to the newer request is on its way.
    }

    @ExceptionHandler(IndexNotReadyException.class)
    ModelAndView notReady(HttpServletResponse response) {
        response.setHeader("Refresh", AGAIN);
        response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN);
        return new ModelAndView("matching/not-ready", HttpStatus.SERVICE_UNAVAILABLE);
    }
}
