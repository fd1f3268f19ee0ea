package io.closeknit.brief;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.ForAgency;
import io.closeknit.access.Role;
import io.closeknit.brief.BriefForm.NicheRow;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.KnownParameters;
import io.closeknit.web.PagePart;
import io.closeknit.web.SearchSource;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.validation.BindingResult;
import org.springframework.validation.DirectFieldBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of the briefs. */
@Controller
@RequestMapping("/briefs")
class BriefController {
    private static final int PAGE_SIZE = 50;

    /** What the buttons beside the follower band fill in: message key after {@code brief.form.band.}, then the bounds. */
    private static final List<Band> BANDS = List.of(
            new Band("small", "1,000", "100,000"),
            new Band("nano", "1,000", "9,999"),
            new Band("micro", "10,000", "99,999"),
            new Band("mid", "100,000", "499,999"),
            new Band("macro", "500,000", "999,999"),
            new Band("mega", "1,000,000", ""),
            new Band("any", "", ""));

    private static final List<String> COMMON_CURRENCIES = List.of(
            "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "CAD", "AUD", "INR", "BRL");

    private final BriefService briefs;
    private final BriefCheck check;
    private final BriefFormReader reader;
    private final BriefWords words;
    private final BriefSearch search;
    private final BriefSuggestions suggestions;
    private final NicheDirectory niches;
    private final CurrentPerson person;
    private final ObjectProvider<PagePart> parts;
    private final ObjectProvider<SearchSource> sources;

    BriefController(
            BriefService briefs,
            BriefCheck check,
            BriefFormReader reader,
            BriefWords words,
            BriefSearch search,
            BriefSuggestions suggestions,
            NicheDirectory niches,
            CurrentPerson person,
            ObjectProvider<PagePart> parts,
            ObjectProvider<SearchSource> sources) {
        this.briefs = briefs;
        this.check = check;
        this.reader = reader;
        this.words = words;
        this.search = search;
        this.suggestions = suggestions;
        this.niches = niches;
        this.person = person;
        this.parts = parts;
        this.sources = sources;
    }

    /** A line of the list. */
    record Card(Brief brief, String brand, List<String> niches, String target) {}

    record Band(String key, String min, String max) {}

    /**
     * A part of a brief about which two people differ.
     *
     * @param before as it was when this person began; null where that is not known
     * @param outcome what stands in the form below
     */
    record Difference(
            String key, @Nullable String before, String theirs, String yours, BriefFormMerge.Outcome outcome) {}

    // --- reading -----------------------------------------------------------------------------------------------------

    @GetMapping
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "1") String page, Model model) {
        var found = search.find(q);
        var pages = Math.max(1, (found.size() + PAGE_SIZE - 1) / PAGE_SIZE);
        var current = page.matches("\\d{1,6}") ? Math.clamp(Integer.parseInt(page), 1, pages) : 1;
        model.addAttribute("q", q);
        model.addAttribute("total", found.size());
        model.addAttribute("none", q.isBlank() && found.isEmpty());
        model.addAttribute("page", current);
        model.addAttribute("pages", pages);
        model.addAttribute("mayWrite", mayWrite());
        model.addAttribute(
                "cards",
                found.stream()
                        .skip((long) (current - 1) * PAGE_SIZE)
                        .limit(PAGE_SIZE)
                        .map(brief -> new Card(
                                brief,
                                BriefSearch.brand(brief),
                                words.nicheNames(brief.document()),
                                words.target(brief.document())))
                        .toList());
        return "brief/briefs";
    }

    @GetMapping("/{id}")
    String show(@PathVariable String id, Model model, HttpServletRequest request) {
        var brief = briefs.get(id(id));
        model.addAttribute("brief", brief);
        model.addAttribute("brand", BriefSearch.brand(brief));
        model.addAttribute("target", words.target(brief.document()));
        model.addAttribute("sections", words.sections(brief.document()));
        model.addAttribute("missing", words.missing(brief.document()));
        model.addAttribute("manyNiches", manyNiches(brief.document()));
        model.addAttribute("mayWrite", mayWrite());
        model.addAttribute(
                "parts",
                parts.orderedStream()
                        .flatMap(part -> part.part("brief", id, request.getParameterMap()).stream())
                        .toList());
        return "brief/brief";
    }

    // --- writing -----------------------------------------------------------------------------------------------------

    @GetMapping("/new")
    @ForAgency
    String newForm(Model model) {
        var form = BriefForm.blank(niches.tree());
        return form(model, new Editing(new BriefId(UUID.randomUUID()), null, form), List.of());
    }

    @GetMapping("/{id}/edit")
    @ForAgency
    String editForm(@PathVariable String id, Model model) {
        var brief = briefs.get(id(id));
        var typed = brief.typed();
        if (typed == null) {
            return form(
                    model, new Editing(brief.id(), brief, BriefForm.of(brief.document(), niches.tree())), List.of());
        }
        var read = reader.read(typed);
        return form(model, new Editing(brief.id(), brief, read.form()), read.problems());
    }

    /** The buttons inside the form: each gives the form back with something added, removed or filled in. */
    @PostMapping("/{id}/form")
    @ForAgency
    String change(
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestParam(defaultValue = "") String action,
            HtmxRequest htmx,
            Model model) {
        var briefId = id(id);
        var form = changed(reader.settle(BriefForm.of(sent)), action);
        var editing = new Editing(briefId, find(briefId), form).at(version(sent));
        // Words that were added and not understood are said at once; the rest waits until it is to be saved.
        var unread = reader.read(form).problems().stream()
                .filter(problem -> problem.field() != null && BriefFormReader.unsettled(form, problem.field()))
                .toList();
        model.addAttribute("changed", true);
        var view = form(model, editing, unread);
        return htmx.isHtmxRequest() ? view + " :: form" : view;
    }

    @PostMapping("/{id}")
    @ForAgency
    ModelAndView save(
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestParam(defaultValue = "save") String action,
            Model model,
            RedirectAttributes flash) {
        var briefId = id(id);
        var draft = action.equals("draft");
        var typed = BriefForm.of(sent);
        var read = reader.read(typed);
        var version = version(sent);
        var before = find(briefId);
        if (version != null && before == null) {
            throw new BriefNotFoundException(briefId);
        }
        var nameless = read.document().name() == null;
        if (draft ? nameless : !read.problems().isEmpty()) {
            form(model, new Editing(briefId, before, read.form()).at(version), read.problems());
            return new ModelAndView("brief/brief-form", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            save(briefId, read, draft, version);
        } catch (BriefChangedException changed) {
            return conflict(model, briefId, read.form(), version, changed.current());
        }
        flash.addFlashAttribute("notice", draft ? "brief.notice.draft" : "brief.notice.saved");
        flash.addFlashAttribute(
                "noticeArgs", List.of(String.valueOf(read.document().name())));
        if (draft && !read.problems().isEmpty()) {
            flash.addFlashAttribute("notice", "brief.notice.draftWithProblems");
            flash.addFlashAttribute("noticeKind", "warning");
            flash.addFlashAttribute("noticeArgs", List.of(read.problems().size()));
        }
        return new ModelAndView("redirect:/briefs/" + id + (draft ? "/edit" : ""));
    }

    /** Saves a draft as it is typed; answers with a few words on how that went. */
    @PostMapping("/{id}/autosave")
    @ForAgency
    String autosave(
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HtmxResponse response) {
        var briefId = id(id);
        var version = version(sent);
        var before = find(briefId);
        model.addAttribute("id", id);
        model.addAttribute("version", version);
        var read = reader.read(BriefForm.of(sent));
        model.addAttribute("missing", words.missing(read.document()));
        if (before != null && !before.draft() || before == null && version != null) {
            model.addAttribute("state", "changed");
        } else if (read.document().name() == null) {
            model.addAttribute("state", "nameless");
        } else {
            try {
                var saved = save(briefId, read, true, version);
                model.addAttribute("state", read.problems().isEmpty() ? "saved" : "problems");
                model.addAttribute("problems", read.problems().size());
                model.addAttribute("savedAt", saved.updatedAt());
                model.addAttribute("version", saved.version());
                response.setReplaceUrl("/briefs/" + id + "/edit");
            } catch (BriefChangedException changed) {
                model.addAttribute("state", "changed");
            }
        }
        return "brief/parts :: autosaved";
    }

    /** Niches that the text speaks of, with the words that say so. */
    @PostMapping("/{id}/suggestions")
    @ForAgency
    String suggest(@PathVariable String id, @RequestParam MultiValueMap<String, String> sent, Model model) {
        var form = BriefForm.of(sent);
        model.addAttribute("id", id(id).value());
        model.addAttribute("suggestions", suggestions.forForm(form));
        return "brief/parts :: suggestions";
    }

    /** Creators whose name or handle matches what is typed, as options. */
    @GetMapping("/creators")
    @KnownParameters({"likeCreatorsMore", "excludeCreatorsMore"})
    @ForAgency
    String creators(@RequestParam MultiValueMap<String, String> sent, Model model) {
        var typed = sent.values().stream().flatMap(List::stream).collect(Collectors.joining(","));
        var last = typed.substring(typed.lastIndexOf(',') + 1).strip();
        model.addAttribute("creators", creatorsLike(last));
        return "brief/parts :: creators";
    }

    @PostMapping("/{id}/duplicate")
    @ForAgency
    String duplicate(@PathVariable String id, RedirectAttributes flash) {
        var brief = briefs.get(id(id));
        var tree = niches.tree();
        var typed = brief.typed() == null ? BriefForm.of(brief.document(), tree) : brief.typed();
        var name = copyOf(brief.name());
        var read = reader.read(typed.withName(name));
        var copy = briefs.add(
                new BriefId(UUID.randomUUID()),
                read.document(),
                brief.draft(),
                read.problems().isEmpty() ? null : read.form());
        flash.addFlashAttribute("notice", "brief.notice.duplicated");
        flash.addFlashAttribute("noticeArgs", List.of(brief.name()));
        return "redirect:/briefs/" + copy.id().value() + "/edit";
    }

    @GetMapping("/{id}/delete")
    @ForAgency
    String confirmRemoval(@PathVariable String id, Model model) {
        model.addAttribute("brief", briefs.get(id(id)));
        return "brief/brief-delete";
    }

    @PostMapping("/{id}/delete")
    @ForAgency
    ModelAndView remove(
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            RedirectAttributes flash) {
        var brief = briefs.get(id(id));
        try {
            var version = version(sent);
            briefs.remove(brief.id(), version == null ? -1 : version);
        } catch (BriefChangedException changed) {
            model.addAttribute("brief", changed.current());
            model.addAttribute("changed", true);
            return new ModelAndView("brief/brief-delete", HttpStatus.CONFLICT);
        }
        flash.addFlashAttribute("notice", "brief.notice.deleted");
        flash.addFlashAttribute("noticeArgs", List.of(brief.name()));
        return new ModelAndView("redirect:/briefs");
    }

    // --- how ---------------------------------------------------------------------------------------------------------

    private Brief save(BriefId id, BriefFormReader.Read read, boolean draft, @Nullable Long version) {
        var typed = draft && !read.problems().isEmpty() ? read.form() : null;
        return version == null
                ? briefs.add(id, read.document(), draft, typed)
                : briefs.update(id, read.document(), draft, typed, version);
    }

    /** Both versions part by part, above the form with what was typed, which saves on top of the newer one. */
    private ModelAndView conflict(Model model, BriefId id, BriefForm yours, @Nullable Long version, Brief current) {
        var tree = niches.tree();
        var base = version == null ? Optional.<BriefDocument>empty() : briefs.version(id, version);
        var theirs = BriefForm.of(current.document(), tree);
        var before = base.map(document -> BriefForm.of(document, tree)).orElse(theirs);
        var merged = BriefFormMerge.merge(before, theirs, yours);
        var beforeLines = base.map(words::lines).orElse(Map.of());
        var theirLines = words.lines(current.document());
        var yourRead = reader.read(yours);
        var yourLines = words.lines(yourRead.document());
        Function<Map<String, BriefWords.Line>, Function<String, String>> text = lines -> key -> {
            var line = lines.get(key);
            return line == null ? "" : line.text();
        };
        model.addAttribute(
                "differences",
                merged.outcomes().entrySet().stream()
                        .map(entry -> new Difference(
                                entry.getKey(),
                                base.isEmpty() ? null : text.apply(beforeLines).apply(entry.getKey()),
                                text.apply(theirLines).apply(entry.getKey()),
                                text.apply(yourLines).apply(entry.getKey()),
                                entry.getValue()))
                        .toList());
        model.addAttribute("current", current);
        var read = reader.read(merged.form());
        form(model, new Editing(id, current, read.form()), read.problems());
        return new ModelAndView("brief/brief-form", HttpStatus.CONFLICT);
    }

    /**
     * A form and what it is about.
     *
     * @param saved the brief as saved; null: not yet
     * @param version that the form was begun with; null: of a new brief
     */
    private record Editing(
            BriefId id,
            @Nullable Brief saved,
            BriefForm form,
            @Nullable Long version) {
        Editing(BriefId id, @Nullable Brief saved, BriefForm form) {
            this(id, saved, form, saved == null ? null : saved.version());
        }

        Editing at(@Nullable Long begun) {
            return new Editing(id, saved, form, begun);
        }
    }

    private String form(Model model, Editing editing, List<Problem> problems) {
        var form = editing.form();
        var errors = new DirectFieldBindingResult(form, "form");
        for (var problem : problems) {
            var field = problem.field();
            if (field == null || field.isEmpty()) {
                errors.addError(new ObjectError("form", problem.reason()));
            } else {
                errors.addError(
                        new FieldError("form", field, errors.getFieldValue(field), true, null, null, problem.reason()));
            }
        }
        model.addAttribute("form", form);
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + "form", errors);
        model.addAttribute("id", editing.id().value());
        model.addAttribute("version", editing.version());
        model.addAttribute("saved", editing.saved());
        model.addAttribute("draft", editing.saved() == null || editing.saved().draft());
        var read = reader.read(form);
        model.addAttribute("missing", words.missing(read.document()));
        model.addAttribute("manyNiches", manyNiches(read.document()));
        model.addAttribute("suggestions", suggestions.forForm(form));
        model.addAttribute("niches", niches.tree().all());
        model.addAttribute("countries", Places.COUNTRIES);
        model.addAttribute("languages", Places.LANGUAGES);
        model.addAttribute("currencies", currencies());
        model.addAttribute("bands", BANDS);
        model.addAttribute("ages", options(BriefCheck.AGES, band -> BriefWords.ages(List.of(band))));
        model.addAttribute("genders", options(BriefCheck.GENDERS, gender -> words.text("brief.gender." + gender)));
        model.addAttribute(
                "platforms",
                options(
                        Arrays.stream(Platform.values()).map(Platform::key).toList(),
                        key -> words.text("brief.platform." + key)));
        model.addAttribute(
                "objectives",
                options(List.of("awareness", "consideration", "sales"), key -> words.text("brief.objective." + key)));
        model.addAttribute("nicheNames", names(form.interests(), form.excludeNiches(), words::niche));
        model.addAttribute("creatorNames", names(form.likeCreators(), form.excludeCreators(), words::creator));
        model.addAttribute("countryNames", names(form.countries(), List.of(), Places::countryName));
        model.addAttribute("languageNames", names(form.languages(), List.of(), Places::languageName));
        model.addAttribute("criteria", BriefWeights.DEFAULTS);
        return "brief/brief-form";
    }

    private BriefForm changed(BriefForm form, String action) {
        var at = action.indexOf(':');
        var verb = at < 0 ? action : action.substring(0, at);
        var about = at < 0 ? "" : action.substring(at + 1);
        var rows = new ArrayList<>(form.niches());
        switch (verb) {
            case "row" -> {
                rows.add(NicheRow.BLANK);
                return form.withNiches(rows);
            }
            case "remove-row" -> {
                if (about.matches("\\d{1,4}") && Integer.parseInt(about) < rows.size()) {
                    rows.remove(Integer.parseInt(about));
                }
                return form.withNiches(rows.isEmpty() ? List.of(NicheRow.BLANK) : rows);
            }
            case "niche" -> {
                var tree = niches.tree();
                var niche = tree.bySlug(about);
                if (niche.isPresent()
                        && rows.stream()
                                .noneMatch(row -> tree.resolve(row.niche())
                                        .map(Niche::slug)
                                        .equals(Optional.of(about)))) {
                    rows.removeIf(NicheRow::blank);
                    rows.add(new NicheRow(BriefForm.shown(about, tree), ""));
                    rows.add(NicheRow.BLANK);
                }
                return form.withNiches(rows);
            }
            case "band" -> {
                return BANDS.stream()
                        .filter(band -> band.key().equals(about))
                        .findFirst()
                        .map(band -> form.withFollowers(band.min(), band.max()))
                        .orElse(form);
            }
            case "weights" -> {
                return form.withWeights(BriefForm.blank(niches.tree()).weights());
            }
            default -> {
                return form;
            }
        }
    }

    private List<SearchSource.Hit> creatorsLike(String typed) {
        return typed.isBlank()
                ? List.of()
                : sources.orderedStream()
                        .filter(source -> source != search)
                        .flatMap(source -> source.search(typed, 10).stream())
                        .filter(hit -> hit.url().startsWith("/creators/"))
                        .limit(10)
                        .toList();
    }

    private @Nullable Brief find(BriefId id) {
        try {
            return briefs.get(id);
        } catch (BriefNotFoundException none) {
            return null;
        }
    }

    private boolean mayWrite() {
        return person.find()
                .map(signedIn -> signedIn.role().compareTo(Role.AGENCY) >= 0)
                .orElse(false);
    }

    private static boolean manyNiches(BriefDocument document) {
        return BriefCheck.orNone(document.niches()).size() > BriefWords.MANY_NICHES;
    }

    private String copyOf(String name) {
        var copy = words.text("brief.copyOf", name);
        return copy.length() <= BriefCheck.NAME_LENGTH
                ? copy
                : copy.substring(0, BriefCheck.NAME_LENGTH).strip();
    }

    private static BriefId id(String id) {
        try {
            return new BriefId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new BriefNotFoundException(id);
        }
    }

    private static @Nullable Long version(MultiValueMap<String, String> sent) {
        var version = sent.getFirst("version");
        return version == null || !version.matches("\\d{1,18}") ? null : Long.valueOf(version);
    }

    private static Map<String, String> options(List<String> keys, Function<String, String> name) {
        var options = new LinkedHashMap<String, String>();
        keys.forEach(key -> options.put(key, name.apply(key)));
        return options;
    }

    private static Map<String, String> names(List<String> some, List<String> others, Function<String, String> name) {
        var names = new LinkedHashMap<String, String>();
        some.forEach(key -> names.put(key, name.apply(key)));
        others.forEach(key -> names.put(key, name.apply(key)));
        return names;
    }

    /** The currencies in use, the common ones first. */
    private static Map<String, String> currencies() {
        var all = new LinkedHashMap<String, String>();
        COMMON_CURRENCIES.forEach(code -> all.put(code, code));
        Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                .map(Currency::getCurrencyCode)
                .sorted()
                .forEach(code -> all.putIfAbsent(code, code));
        return all;
    }
}
