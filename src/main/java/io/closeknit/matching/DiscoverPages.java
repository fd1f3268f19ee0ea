package io.closeknit.matching;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.Role;
import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.brief.BriefDocument;
import io.closeknit.brief.BriefSummaries;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.DoNotContact;
import io.closeknit.index.Criterion;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.index.Ranking;
import io.closeknit.index.Ranking.Excerpt;
import io.closeknit.matching.DiscoverPage.Relaxed;
import io.closeknit.matching.DiscoverPage.Result;
import io.closeknit.matching.DiscoverPage.Row;
import io.closeknit.matching.DiscoverPage.SortChoice;
import io.closeknit.matching.DiscoverPage.Trouble;
import io.closeknit.matching.RankingService.Question;
import io.closeknit.web.Formats;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Answers an address with what Discover shows. */
@Component
class DiscoverPages {
    /** Creators on a page. */
    static final int PAGE_SIZE = 25;

    private static final int MOST_ON_A_PAGE = 200;
    private static final int NICHES_IN_A_ROW = 3;

    /** The presets of FIT.md: nano and micro. */
    static final String BAND_MIN = "1000";

    static final String BAND_MAX = "100000";
    static final String RECENT_DAYS = "90";

    private final RankingService rankings;
    private final SelectionReader selections;
    private final BriefCompiler compiler;
    private final BriefsInUse briefs;
    private final BriefSummaries summaries;
    private final FilterPanels panels;
    private final FilterWords words;
    private final Wording wording;
    private final Labels labels;
    private final Formats formats;
    private final Sentences sentences;
    private final CurrentPerson person;
    private final Presets presets;
    private final DoNotContact doNotContact;
    private final Clock clock;

    DiscoverPages(
            RankingService rankings,
            SelectionReader selections,
            BriefCompiler compiler,
            BriefsInUse briefs,
            BriefSummaries summaries,
            FilterPanels panels,
            FilterWords words,
            Wording wording,
            Labels labels,
            Formats formats,
            Sentences sentences,
            CurrentPerson person,
            Presets presets,
            DoNotContact doNotContact,
            Clock clock) {
        this.rankings = rankings;
        this.selections = selections;
        this.compiler = compiler;
        this.briefs = briefs;
        this.summaries = summaries;
        this.panels = panels;
        this.words = words;
        this.wording = wording;
        this.labels = labels;
        this.formats = formats;
        this.sentences = sentences;
        this.person = person;
        this.presets = presets;
        this.doNotContact = doNotContact;
        this.clock = clock;
    }

    /** The address on which Discover begins: the preset in sight, so that it can be taken out. */
    static Address start() {
        return Address.empty().with("followersMin", BAND_MIN).with("followersMax", BAND_MAX);
    }

    /** @throws io.closeknit.web.ApiException 404 where the brief is not there */
    DiscoverPage page(Address whole) {
        return page(whole, null, null);
    }

    /**
     * @param before the weights from which they were moved to those of the address; null: they were not
     * @param asker whose newer question makes this one needless; null: nobody's
     * @throws io.closeknit.index.RankingOvertakenException where such a question came
     */
    DiscoverPage page(Address whole, double @Nullable [] before, @Nullable String asker) {
        var address = whole.without("cursor");
        var brief = briefs.named(address.first("brief"));
        var document = brief == null ? null : brief.document();
        var problems = new ArrayList<Problem>();
        var selection = selections.read(address.parameters(), "", problems);
        var requested = Weights.read(address.parameters(), problems, sentences);
        var limit = limit(address.first("limit"), problems);
        var cursor = whole.first("cursor");
        var after = cursor == null ? null : Cursor.read(cursor).orElse(null);
        if (cursor != null && after == null) {
            problems.add(new Problem("cursor", sentences.of("matching.discover.cursor")));
        }
        var question = new Question(document, selection, requested, limit, after, true, true);
        var ranking = problems.isEmpty() ? rank(question, asker, problems) : null;

        var groups = words.groups(address);
        var weights =
                compiler.weights(requested, document == null ? null : document.weights(), "w.", new ArrayList<>());
        var asked =
                ranking == null ? asked(document) : ranking.unknownCriteria().keySet();
        var role = person.get().role();
        return new DiscoverPage(
                brief == null ? null : view(brief),
                briefs.choices(brief),
                role.compareTo(Role.AGENCY) >= 0,
                panels.panel(address, ranking == null ? null : ranking.facets()),
                WeightPanel.of(
                        address,
                        weights,
                        asked,
                        Objects.requireNonNullElse(address.first("brief"), ""),
                        WeightPreset.forObjective(document == null ? null : document.objective()),
                        presets.list()),
                sorts(address, brief != null),
                groups.stream().flatMap(group -> group.chips().stream()).toList(),
                cleared(address, groups).url(),
                offers(address, document),
                ranking == null
                        ? null
                        : result(
                                address,
                                question,
                                ranking,
                                weights,
                                groups,
                                cursor != null,
                                role == Role.ADMIN,
                                before == null || Arrays.equals(before, weights) ? null : ranks(question, before)),
                troubles(address, problems),
                (brief == null ? sentences.of("matching.fit.quality") : briefs.name(brief.document())) + ", "
                        + formats.day(clock.instant()));
    }

    /** The first creators for a brief as it stands, without further filters. */
    Result first(BriefDocument document, Address address, int limit) {
        var question = new Question(document, Selection.EVERYBODY, null, limit, null, false, false);
        var weights = compiler.weights(null, document.weights(), "w.", new ArrayList<>());
        return result(
                address,
                question,
                rankings.rank(question),
                weights,
                List.of(),
                false,
                person.get().role() == Role.ADMIN,
                null);
    }

    /** By slug, the ranks of the first before the weights were moved; null where those cannot be ranked by. */
    private @Nullable Map<String, Integer> ranks(Question now, double[] before) {
        try {
            return rankings
                    .rank(new Question(
                            now.brief(),
                            now.selection(),
                            SavedPreset.of(before),
                            Movement.LOOKED_AT,
                            null,
                            false,
                            false))
                    .items()
                    .stream()
                    .collect(Collectors.toMap(item -> item.creator().slug(), Ranking.Item::rank));
        } catch (RankingService.RefusedException refused) {
            return null;
        }
    }

    private @Nullable Ranking rank(Question question, @Nullable String asker, List<Problem> problems) {
        try {
            return asker == null ? rankings.rank(question) : rankings.rank(question, asker);
        } catch (RankingService.RefusedException refused) {
            refused.problems()
                    .forEach(problem -> problems.add(new Problem(parameter(problem.field()), problem.reason())));
            return null;
        }
    }

    /** The service speaks of {@code weights.bond}, the address of {@code w.bond}. */
    private static @Nullable String parameter(@Nullable String field) {
        return field != null && field.startsWith("weights.")
                ? Weights.parameter(field.substring("weights.".length()))
                : field;
    }

    /** What a brief asks for, whatever its weights. */
    private Set<Criterion> asked(@Nullable BriefDocument document) {
        return rankings.rank(new Question(document, Selection.EVERYBODY, Map.of(), 0, null, false, false))
                .unknownCriteria()
                .keySet();
    }

    private int limit(@Nullable String typed, List<Problem> problems) {
        if (typed == null) {
            return PAGE_SIZE;
        }
        var limit = typed.matches("\\d{1,3}") ? Integer.parseInt(typed) : 0;
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            problems.add(new Problem("limit", sentences.of("matching.problem.limit", MOST_ON_A_PAGE)));
            return PAGE_SIZE;
        }
        return limit;
    }

    private List<Trouble> troubles(Address address, List<Problem> problems) {
        return problems.stream()
                .map(problem -> {
                    var field = problem.field();
                    var without = field == null || field.equals("weights")
                            ? address.withoutWeights()
                            : address.without(field);
                    return new Trouble(
                            field == null ? null : sentences.or("matching.field." + field, field),
                            problem.reason(),
                            without.url());
                })
                .toList();
    }

    private DiscoverPage.BriefView view(StoredBrief brief) {
        return new DiscoverPage.BriefView(
                brief.id().value().toString(),
                briefs.name(brief.document()),
                summaries.summary(brief.document()),
                brief.draft());
    }

    private List<SortChoice> sorts(Address address, boolean brief) {
        var chosen =
                Optional.ofNullable(address.first("sort")).flatMap(Sort::byKey).orElse(Sort.FIT);
        return Arrays.stream(Sort.values())
                // Without a brief the fit is made of quality alone.
                .filter(sort -> brief || sort != Sort.QUALITY || chosen == Sort.QUALITY)
                .map(sort -> new SortChoice(
                        sort.key(),
                        sentences.of(
                                sort == Sort.FIT && !brief ? "matching.sort.fit.none" : "matching.sort." + sort.key()),
                        sort == chosen))
                .toList();
    }

    private static Address cleared(Address address, List<FilterGroup> groups) {
        return without(address, groups).without("keepUnknown");
    }

    private static Address without(Address address, List<FilterGroup> groups) {
        return address.without(
                groups.stream().flatMap(group -> group.parameters().stream()).toArray(String[]::new));
    }

    private List<FilterGroup.Chip> offers(Address address, @Nullable BriefDocument document) {
        var offers = new ArrayList<FilterGroup.Chip>();
        var banded = document != null && document.followers() != null;
        if (!banded && !address.has("followersMin") && !address.has("followersMax") && !address.has("tier")) {
            offers.add(new FilterGroup.Chip(
                    sentences.of(
                            "matching.chip.followers",
                            sentences.of(
                                    "matching.band.between",
                                    formats.count(Long.valueOf(BAND_MIN)),
                                    formats.count(Long.valueOf(BAND_MAX)))),
                    address.with("followersMin", BAND_MIN)
                            .with("followersMax", BAND_MAX)
                            .url()));
        }
        if (!address.has("lastPostWithinDays")) {
            offers.add(new FilterGroup.Chip(
                    sentences.of("matching.chip.lastPost", RECENT_DAYS),
                    address.with("lastPostWithinDays", RECENT_DAYS).url()));
        }
        var niches = document == null || document.niches() == null
                ? List.<String>of()
                : document.niches().stream()
                        .map(BriefDocument.NicheImportance::niche)
                        .toList();
        if (!niches.isEmpty() && !address.has("niche")) {
            offers.add(new FilterGroup.Chip(
                    sentences.of("matching.offer.niches", niches.size()),
                    address.with("niche", niches).url()));
        }
        return offers;
    }

    // ---- the result

    private Result result(
            Address address,
            Question question,
            Ranking ranking,
            double[] weights,
            List<FilterGroup> groups,
            boolean continued,
            boolean mayImport,
            @Nullable Map<String, Integer> before) {
        var spoken = wording.forBrief(question.brief());
        var notToContact = doNotContact.slugs();
        var mixed = ranking.demo() > 0 && ranking.demo() < ranking.total();
        var lens = address.lens().query();
        var rows = ranking.items().stream()
                .map(item -> row(item, spoken, address, lens, mixed, notToContact, before))
                .toList();
        var sort = question.selection().sort();
        var next = ranking.next();
        return new Result(
                ranking.total(),
                rows.isEmpty() ? 0 : rows.getFirst().rank(),
                rows.isEmpty() ? 0 : rows.getLast().rank(),
                rows,
                next == null
                        ? null
                        : address.with("cursor", Cursor.write(next, ranking.catalogueVersion()))
                                .url(),
                continued ? address.url() : null,
                continued ? null : unknown(ranking, weights, mayImport),
                continued ? null : leftOut(address, ranking),
                ranking.total() > 0 || groups.isEmpty() ? List.of() : advice(address, question, groups),
                continued || ranking.total() < 2 || sort != null && sort != Sort.FIT
                        ? null
                        : Address.PATH + "/robustness?" + address.query(),
                Address.PATH + "/ranking.csv?" + address.query(),
                ranking.demoStatistics(),
                ranking.tookNanos() / 1e6,
                ranking.catalogueVersion(),
                ranking.statisticsVersion(),
                ranking.asOf());
    }

    private Row row(
            Ranking.Item item,
            Wording.Spoken spoken,
            Address address,
            String lens,
            boolean mixed,
            Set<String> notToContact,
            @Nullable Map<String, Integer> before) {
        var card = item.creator();
        var relevance = item.criteria().getFirst();
        var price = card.price();
        var country = card.country();
        var tier = card.tier();
        return new Row(
                item.rank(),
                card,
                FitBars.of(item, spoken),
                spoken.why(item),
                "/creators/" + UriUtils.encodePathSegment(card.slug(), java.nio.charset.StandardCharsets.UTF_8)
                        + (lens.isEmpty() ? "" : "?" + lens),
                relevance.asked() && relevance.known() && relevance.value() != null && relevance.value() == 0,
                mixed && card.demo(),
                notToContact.contains(card.slug()),
                labels.platform(card.platform().key()),
                tier == null ? null : labels.tier(tier),
                card.niches().stream()
                        .limit(NICHES_IN_A_ROW)
                        .map(share -> labels.niche(share.key()))
                        .collect(Collectors.joining(", ")),
                card.audience() == null ? "" : labels.audienceLine(card.audience()),
                country == null ? null : labels.country(country),
                price == null
                        ? null
                        : sentences.of(
                                "matching.row.price",
                                formats.money(price.amount(), price.currency()),
                                sentences.of("matching.deliverable."
                                        + price.deliverable().name().toLowerCase(java.util.Locale.ROOT))),
                marked(card.excerpts(), "name", card.name()),
                marked(card.excerpts(), "handle", card.handle()),
                card.excerpts().stream()
                        .filter(excerpt ->
                                excerpt.field().equals("bio") || excerpt.field().equals("tags"))
                        .toList(),
                before == null ? null : Movement.of(card.slug(), item.rank(), before),
                Standings.url(card.slug(), address));
    }

    /** A text with what matched marked; plain where the index holds it beside other text. */
    private static List<Excerpt.Part> marked(List<Excerpt> excerpts, String field, String text) {
        return excerpts.stream()
                .filter(excerpt -> excerpt.field().equals(field)
                        && excerpt.parts().stream()
                                .map(Excerpt.Part::text)
                                .collect(Collectors.joining())
                                .equals(text))
                .findFirst()
                .map(Excerpt::parts)
                .orElse(List.of(new Excerpt.Part(text, false)));
    }

    /** Said where a criterion that counts is not known for more than half of those who are shown. */
    private DiscoverPage.@Nullable Unknown unknown(Ranking ranking, double[] weights, boolean mayImport) {
        var counted = ranking.unknownCriteria().keySet().stream()
                .filter(criterion -> weights[criterion.ordinal()] > 0)
                .toList();
        var mostly = counted.stream()
                .filter(criterion -> 2L * ranking.unknownCriteria().getOrDefault(criterion, 0) > ranking.total())
                .toList();
        if (mostly.isEmpty() || ranking.total() == 0) {
            return null;
        }
        var all = mostly.stream()
                .allMatch(criterion -> ranking.unknownCriteria().getOrDefault(criterion, 0) == ranking.total());
        return new DiscoverPage.Unknown(
                sentences.of(
                        all ? "matching.unknown.all" : "matching.unknown.most",
                        mostly.size(),
                        counted.size(),
                        ranking.total(),
                        joined(mostly.stream()
                                .map(criterion -> sentences.of("matching.criterion." + criterion.key()))
                                .toList())),
                sentences.of(
                        "matching.unknown.remedy",
                        joined(mostly.stream()
                                .map(criterion -> sentences.of("matching.unknown.import." + criterion.key()))
                                .distinct()
                                .toList())),
                mayImport);
    }

    /** 'a, b and c'. */
    private String joined(List<String> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : sentences.of(
                        "matching.list.last", String.join(", ", parts.subList(0, parts.size() - 1)), parts.getLast());
    }

    private DiscoverPage.@Nullable LeftOut leftOut(Address address, Ranking ranking) {
        if (ranking.unknownExcluded().isEmpty()) {
            return null;
        }
        var parts = ranking.unknownExcluded().entrySet().stream()
                .map(entry -> sentences.of(
                        "matching.leftOut.part",
                        entry.getValue(),
                        sentences.or("matching.leftOut." + entry.getKey(), entry.getKey())))
                .toList();
        return new DiscoverPage.LeftOut(
                parts, address.with("keepUnknown", "true").url());
    }

    /** Each filter by itself taken out, the one that brings most back first. */
    private List<Relaxed> advice(Address address, Question question, List<FilterGroup> groups) {
        var advice = new ArrayList<Relaxed>();
        for (var group : groups) {
            relaxed(address.without(group.parameters().toArray(String[]::new)), group.text(), question)
                    .ifPresent(advice::add);
        }
        advice.sort(Comparator.comparingInt(Relaxed::count).reversed());
        if (advice.isEmpty() && groups.size() > 1) {
            relaxed(cleared(address, groups), sentences.of("matching.empty.all"), question)
                    .ifPresent(advice::add);
        }
        return advice;
    }

    private Optional<Relaxed> relaxed(Address address, String text, Question question) {
        var selection = selections.read(address.parameters(), "", new ArrayList<>());
        var total = rankings.rank(new Question(question.brief(), selection, question.weights(), 0, null, false, false))
                .total();
        return total == 0 ? Optional.empty() : Optional.of(new Relaxed(text, total, address.url()));
    }
}
