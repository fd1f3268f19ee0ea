package io.closeknit.matching;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.Codes;
import io.closeknit.index.CreatorIndex;
import io.closeknit.matching.FilterPanel.Hidden;
import io.closeknit.matching.FilterPanel.Option;
import io.closeknit.web.Formats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Fills the filters of Discover's form. */
@Component
class FilterPanels {
    /** Niches and countries that are offered with their counts; all others can be typed or chosen. */
    private static final int OFFERED = 8;

    private static final List<String> TEXTS = List.of("q", "followersMin", "followersMax", "priceMax");

    private static final Map<String, List<String>> STEPS = Map.of(
            "erMin", List.of("0.01", "0.02", "0.03", "0.05", "0.08", "0.1"),
            "growthMin", List.of("0", "0.05", "0.1", "0.2"),
            "authenticityMin", List.of("0.6", "0.7", "0.8", "0.9"),
            "sponsoredShareMax", List.of("0", "0.05", "0.1", "0.2", "0.3"),
            "lastPostWithinDays", List.of("7", "30", "90", "180", "365"));

    /** What prices are compared in; any other with a rate can stand in the address. */
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "CHF", "PLN", "CZK", "SEK");

    /** Codes for he, id and yi that nobody uses any more. */
    private static final Set<String> WITHDRAWN = Set.of("iw", "in", "ji");

    private final Map<Locale, List<Option>> countries = new ConcurrentHashMap<>();
    private final Map<Locale, List<Option>> languages = new ConcurrentHashMap<>();
    private final Labels labels;
    private final Sentences sentences;
    private final Formats formats;
    private final CreatorIndex index;

    FilterPanels(Labels labels, Sentences sentences, Formats formats, CreatorIndex index) {
        this.labels = labels;
        this.sentences = sentences;
        this.formats = formats;
        this.index = index;
    }

    /** @param facets counts by parameter and value; null where nothing could be counted */
    FilterPanel panel(Address address, @Nullable Map<String, Map<String, Integer>> facets) {
        var choices = new HashMap<String, List<Option>>();
        choices.put(
                "platform",
                options(
                        address,
                        facets,
                        "platform",
                        counted(
                                Arrays.stream(Platform.values())
                                        .map(Platform::key)
                                        .toList(),
                                facets,
                                "platform"),
                        labels::platform,
                        null));
        choices.put("tier", options(address, facets, "tier", index.tiers().names(), labels::tier, labels::tierBand));
        choices.put("niche", options(address, facets, "niche", top(facets, "niche"), labels::niche, null));
        choices.put("country", options(address, facets, "country", top(facets, "country"), labels::country, null));

        var selects = new HashMap<String, List<Option>>();
        STEPS.forEach((name, steps) -> selects.put(name, steps(address, name, steps)));
        selects.put("priceCurrency", currencies(address));
        selects.put("hasContact", contact(address));
        var lists = Map.of(
                "country", markup(countries(), address.all("country")),
                "language", markup(languages(), address.all("language")),
                "audienceCountry", markup(countries(), List.of()));
        selects.put("audienceAge", plain(Codes.AGES, labels::ages));
        selects.put("audienceGender", plain(Codes.GENDERS, labels::gender));

        var texts = new HashMap<String, String>();
        TEXTS.forEach(name -> texts.put(name, Objects.requireNonNullElse(address.first(name), "")));
        return new FilterPanel(
                choices,
                selects,
                lists,
                texts,
                hidden(address),
                address.has("keepUnknown"),
                address.has("leaveOutDoNotContact"));
    }

    private static List<Hidden> hidden(Address address) {
        var hidden = new ArrayList<Hidden>();
        for (var name : List.of("platform", "tier", "niche", "country")) {
            address.all(name).stream()
                    .filter(value -> value.startsWith("!"))
                    .forEach(value -> hidden.add(new Hidden(name, value)));
        }
        Stream.concat(Stream.of("language", "workedWith", "limit"), AddressReader.AUDIENCE.stream())
                .forEach(name -> address.all(name).forEach(value -> hidden.add(new Hidden(name, value))));
        return hidden;
    }

    /** Those that were counted; all where nothing was. */
    private static List<String> counted(
            List<String> values, @Nullable Map<String, Map<String, Integer>> facets, String name) {
        var counts = facets == null ? Map.<String, Integer>of() : facets.getOrDefault(name, Map.of());
        return counts.isEmpty()
                ? values
                : values.stream().filter(counts::containsKey).toList();
    }

    private static List<String> top(@Nullable Map<String, Map<String, Integer>> facets, String name) {
        return facets == null
                ? List.of()
                : facets.getOrDefault(name, Map.of()).keySet().stream()
                        .limit(OFFERED)
                        .toList();
    }

    private List<Option> options(
            Address address,
            @Nullable Map<String, Map<String, Integer>> facets,
            String name,
            List<String> offered,
            UnaryOperator<String> label,
            @Nullable UnaryOperator<String> note) {
        var chosen = address.all(name).stream()
                .filter(value -> !value.startsWith("!"))
                .toList();
        var values = new LinkedHashSet<>(offered);
        values.addAll(chosen);
        var counts = facets == null ? null : facets.get(name);
        return values.stream()
                .map(value -> new Option(
                        id(name, value),
                        value,
                        label.apply(value),
                        note == null ? null : note.apply(value),
                        counts == null ? null : counts.getOrDefault(value, 0),
                        chosen.contains(value)))
                .toList();
    }

    private static String id(String name, String value) {
        return name + "-" + value.replaceAll("[^A-Za-z0-9-]", "_");
    }

    private List<Option> steps(Address address, String name, List<String> steps) {
        var current = address.first(name);
        var values = new ArrayList<>(steps);
        if (current != null && !steps.contains(current)) {
            values.add(current);
        }
        return values.stream()
                .map(value -> new Option(id(name, value), value, step(name, value), null, null, value.equals(current)))
                .toList();
    }

    private String step(String name, String value) {
        try {
            var number = Double.parseDouble(value);
            return sentences.of(
                    "matching.step." + name,
                    name.equals("lastPostWithinDays") ? formats.exact(number) : formats.percent(number));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private List<Option> currencies(Address address) {
        var current = Objects.requireNonNullElse(address.first("priceCurrency"), "EUR");
        return Stream.concat(CURRENCIES.stream().filter(code -> index.rate(code).isPresent()), Stream.of(current))
                .distinct()
                .map(code -> new Option(id("priceCurrency", code), code, code, null, null, code.equals(current)))
                .toList();
    }

    private List<Option> contact(Address address) {
        var current = address.first("hasContact");
        return Stream.of("true", "false")
                .map(value -> new Option(
                        id("hasContact", value),
                        value,
                        sentences.of(value.equals("true") ? "matching.chip.hasContact" : "matching.chip.hasNoContact"),
                        null,
                        null,
                        value.equals(current)))
                .toList();
    }

    private List<Option> countries() {
        return countries.computeIfAbsent(
                LocaleContextHolder.getLocale(), any -> byName(Locale.getISOCountries(), labels::country));
    }

    private List<Option> languages() {
        return languages.computeIfAbsent(
                LocaleContextHolder.getLocale(),
                any -> byName(Locale.getISOLanguages(), labels::language).stream()
                        .filter(option -> !WITHDRAWN.contains(option.value())
                                && !option.label().equals(option.value()))
                        .toList());
    }

    private static List<Option> byName(String[] codes, UnaryOperator<String> label) {
        return plain(List.of(codes), label).stream()
                .sorted(Comparator.comparing(Option::label))
                .toList();
    }

    /** The options of a list that holds none of the page's own choices, without those that were chosen already. */
    private static String markup(List<Option> options, List<String> without) {
        var markup = new StringBuilder();
        for (var option : options) {
            if (!without.contains(option.value())) {
                markup.append("<option value=\"")
                        .append(HtmlUtils.htmlEscape(option.value()))
                        .append("\">")
                        .append(HtmlUtils.htmlEscape(option.label()))
                        .append("</option>");
            }
        }
        return markup.toString();
    }

    private static List<Option> plain(List<String> values, UnaryOperator<String> label) {
        return values.stream()
                .map(value -> new Option("", value, label.apply(value), null, null, false))
                .toList();
    }
}
