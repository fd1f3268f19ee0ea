package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import io.closeknit.index.IndexNotReadyException;
import io.closeknit.web.PagePart;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** On a brief's page: how many creators match and the first of them. */
@Component
class BriefPart implements PagePart {
    private static final int FIRST = 5;

    private final DiscoverPages pages;
    private final BriefsInUse briefs;

    BriefPart(DiscoverPages pages, BriefsInUse briefs) {
        this.pages = pages;
        this.briefs = briefs;
    }

    /** @param url of Discover for the brief */
    record Matches(DiscoverPage.Result result, String url) {}

    /** Nothing where the brief cannot be ranked by yet. */
    @Override
    public Optional<PagePart.Shown> part(String place, String subject, Map<String, String[]> parameters) {
        if (!place.equals("brief")) {
            return Optional.empty();
        }
        var address = Address.empty().with("brief", subject);
        return briefs.find(subject)
                .flatMap(brief -> matches(brief.document(), address))
                .map(matches -> new PagePart.Shown("matching/brief-matches :: onBriefPage", matches));
    }

    private Optional<Matches> matches(BriefDocument brief, Address address) {
        try {
            return Optional.of(new Matches(pages.first(brief, address, FIRST), address.url()));
        } catch (RankingService.RefusedException | IndexNotReadyException _) {
            return Optional.empty();
        }
    }
}
