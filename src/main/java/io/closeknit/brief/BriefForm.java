package io.closeknit.brief;

import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.FollowerBand;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A brief as typed. Every component is text, so that whatever was typed can be shown again, also what cannot be read.
 * A list that people add words to has two parts: what was chosen, and in {@code …More} what was typed and not yet taken
 * over.
 *
 * @param niches one row each; the last may be blank
 * @param deliverables counts by deliverable
 * @param weights by criterion; all of them blank, or just as they are by default: the defaults
 */
record BriefForm(
        String name,
        String brandName,
        String brandNiche,
        List<String> competitors,
        String competitorsMore,
        String brandValues,
        String product,
        String message,
        String objective,
        List<NicheRow> niches,
        List<String> countries,
        String countriesMore,
        List<String> ages,
        List<String> genders,
        List<String> languages,
        String languagesMore,
        List<String> interests,
        String interestsMore,
        List<String> platforms,
        String followersMin,
        String followersMax,
        Map<String, String> deliverables,
        String budgetAmount,
        String budgetCurrency,
        String competitorWindowDays,
        List<String> likeCreators,
        String likeCreatorsMore,
        List<String> excludeCreators,
        String excludeCreatorsMore,
        List<String> excludeNiches,
        String excludeNichesMore,
        Map<String, String> weights) {

    /** A niche as typed, by name, slug or alias; a blank importance counts as 1. */
    record NicheRow(String niche, String importance) {
        static final NicheRow BLANK = new NicheRow("", "");

        public boolean blank() {
            return niche.isBlank() && importance.isBlank();
        }
    }

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\n]");

    /** Rows beyond this are not read; nobody needs them, and a hostile request would. */
    private static final int MAX_ROWS = 200;

    /** Reads the request itself: Spring's binding would split a lone value at its commas. */
    static BriefForm of(MultiValueMap<String, String> sent) {
        var rows = new ArrayList<NicheRow>();
        for (var i = 0; i < MAX_ROWS && sent.containsKey("niches[" + i + "].niche"); i++) {
            rows.add(new NicheRow(one(sent, "niches[" + i + "].niche"), one(sent, "niches[" + i + "].importance")));
        }
        return new BriefForm(
                one(sent, "name"),
                one(sent, "brandName"),
                one(sent, "brandNiche"),
                many(sent, "competitors"),
                one(sent, "competitorsMore"),
                one(sent, "brandValues"),
                one(sent, "product"),
                one(sent, "message"),
                one(sent, "objective"),
                List.copyOf(rows),
                many(sent, "countries"),
                one(sent, "countriesMore"),
                many(sent, "ages"),
                many(sent, "genders"),
                many(sent, "languages"),
                one(sent, "languagesMore"),
                many(sent, "interests"),
                one(sent, "interestsMore"),
                many(sent, "platforms"),
                one(sent, "followersMin"),
                one(sent, "followersMax"),
                each(deliverableKeys(), key -> one(sent, "deliverables[" + key + "]")),
                one(sent, "budgetAmount"),
                one(sent, "budgetCurrency"),
                one(sent, "competitorWindowDays"),
                many(sent, "likeCreators"),
                one(sent, "likeCreatorsMore"),
                many(sent, "excludeCreators"),
                one(sent, "excludeCreatorsMore"),
                many(sent, "excludeNiches"),
                one(sent, "excludeNichesMore"),
                each(BriefWeights.CRITERIA, key -> one(sent, "weights[" + key + "]")));
    }

    /** The form that shows a document. Niches are shown by name where the name alone says which one is meant. */
    static BriefForm of(BriefDocument document, NicheTree tree) {
        var brand = document.brand() == null ? new Brand(null, null, null, null) : document.brand();
        var audience =
                document.audience() == null ? new TargetAudience(null, null, null, null, null) : document.audience();
        var band = document.followers() == null ? new FollowerBand(null, null) : document.followers();
        var counts = BriefCheck.orNone(document.deliverables()).stream()
                .collect(Collectors.toMap(row -> key(row.deliverable()), row -> String.valueOf(row.count())));
        var weights =
                document.weights() == null || document.weights().isEmpty() ? BriefWeights.DEFAULTS : document.weights();
        return new BriefForm(
                text(document.name()),
                text(brand.name()),
                brand.niche() == null ? "" : shown(brand.niche(), tree),
                BriefCheck.orNone(brand.competitors()),
                "",
                text(brand.values()),
                text(document.product()),
                text(document.message()),
                document.objective() == null ? "" : key(document.objective()),
                Stream.concat(
                                BriefCheck.orNone(document.niches()).stream()
                                        .map(row -> new NicheRow(
                                                shown(row.niche(), tree),
                                                row.importance() == null ? "" : TypedNumber.write(row.importance()))),
                                Stream.of(NicheRow.BLANK))
                        .toList(),
                BriefCheck.orNone(audience.countries()),
                "",
                BriefCheck.orNone(audience.ages()),
                BriefCheck.orNone(audience.genders()),
                BriefCheck.orNone(audience.languages()),
                "",
                BriefCheck.orNone(audience.interests()),
                "",
                BriefCheck.orNone(document.platforms()).stream()
                        .map(Platform::key)
                        .toList(),
                band.min() == null ? "" : band.min().toString(),
                band.max() == null ? "" : band.max().toString(),
                each(deliverableKeys(), key -> counts.getOrDefault(key, "")),
                document.budget() == null
                        ? ""
                        : TypedNumber.write(document.budget().amount()),
                document.budget() == null ? "" : document.budget().currency(),
                document.competitorWindowDays() == null
                        ? ""
                        : document.competitorWindowDays().toString(),
                BriefCheck.orNone(document.likeCreators()),
                "",
                BriefCheck.orNone(document.excludeCreators()),
                "",
                BriefCheck.orNone(document.excludeNiches()),
                "",
                each(BriefWeights.CRITERIA, key -> {
                    var weight = weights.get(key);
                    return weight == null ? "" : TypedNumber.write(weight);
                }));
    }

    static BriefForm blank(NicheTree tree) {
        return of(
                new BriefDocument(
                        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
                tree);
    }

    /** The same with other rows of niches. */
    BriefForm withNiches(List<NicheRow> niches) {
        return new BriefForm(
                name,
                brandName,
                brandNiche,
                competitors,
                competitorsMore,
                brandValues,
                product,
                message,
                objective,
                niches,
                countries,
                countriesMore,
                ages,
                genders,
                languages,
                languagesMore,
                interests,
                interestsMore,
                platforms,
                followersMin,
                followersMax,
                deliverables,
                budgetAmount,
                budgetCurrency,
                competitorWindowDays,
                likeCreators,
                likeCreatorsMore,
                excludeCreators,
                excludeCreatorsMore,
                excludeNiches,
                excludeNichesMore,
                weights);
    }

    /** The same with other weights. */
    BriefForm withWeights(Map<String, String> weights) {
        return new BriefForm(
                name,
                brandName,
                brandNiche,
                competitors,
                competitorsMore,
                brandValues,
                product,
                message,
                objective,
                niches,
                countries,
                countriesMore,
                ages,
                genders,
                languages,
                languagesMore,
                interests,
                interestsMore,
                platforms,
                followersMin,
                followersMax,
                deliverables,
                budgetAmount,
                budgetCurrency,
                competitorWindowDays,
                likeCreators,
                likeCreatorsMore,
                excludeCreators,
                excludeCreatorsMore,
                excludeNiches,
                excludeNichesMore,
                weights);
    }

    /** The same with another follower band. */
    BriefForm withFollowers(String min, String max) {
        return new BriefForm(
                name,
                brandName,
                brandNiche,
                competitors,
                competitorsMore,
                brandValues,
                product,
                message,
                objective,
                niches,
                countries,
                countriesMore,
                ages,
                genders,
                languages,
                languagesMore,
                interests,
                interestsMore,
                platforms,
                min,
                max,
                deliverables,
                budgetAmount,
                budgetCurrency,
                competitorWindowDays,
                likeCreators,
                likeCreatorsMore,
                excludeCreators,
                excludeCreatorsMore,
                excludeNiches,
                excludeNichesMore,
                weights);
    }

    /** The same under another name. */
    BriefForm withName(String newName) {
        return new BriefForm(
                newName,
                brandName,
                brandNiche,
                competitors,
                competitorsMore,
                brandValues,
                product,
                message,
                objective,
                niches,
                countries,
                countriesMore,
                ages,
                genders,
                languages,
                languagesMore,
                interests,
                interestsMore,
                platforms,
                followersMin,
                followersMax,
                deliverables,
                budgetAmount,
                budgetCurrency,
                competitorWindowDays,
                likeCreators,
                likeCreatorsMore,
                excludeCreators,
                excludeCreatorsMore,
                excludeNiches,
                excludeNichesMore,
                weights);
    }

    /** How a niche is written in a field: by its name, or by its slug where the name would mean another one. */
    static String shown(String slug, NicheTree tree) {
        return tree.bySlug(slug)
                .filter(niche -> tree.resolve(niche.name())
                        .filter(found -> found.id() == niche.id())
                        .isPresent())
                .map(niche -> niche.name())
                .orElse(slug);
    }

    /** The words of what was typed into a list. */
    static List<String> words(String typed) {
        return SEPARATOR
                .splitAsStream(typed)
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static List<String> deliverableKeys() {
        return Arrays.stream(Deliverable.values()).map(BriefForm::key).toList();
    }

    static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String one(MultiValueMap<String, String> sent, String field) {
        var value = sent.getFirst(field);
        return value == null ? "" : readable(value);
    }

    private static List<String> many(MultiValueMap<String, String> sent, String field) {
        return sent.getOrDefault(field, List.of()).stream()
                .filter(value -> !value.isBlank())
                .map(BriefForm::readable)
                .toList();
    }

    /** With the line ends that everything else has, and without NUL, which no database keeps. */
    private static String readable(String value) {
        return value.replace("\r\n", "\n").replace("\0", "");
    }

    private static Map<String, String> each(List<String> keys, Function<String, String> value) {
        var map = new LinkedHashMap<String, String>();
        keys.forEach(key -> map.put(key, value.apply(key)));
        return map;
    }
}
