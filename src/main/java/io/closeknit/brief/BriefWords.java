package io.closeknit.brief;

import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.FollowerBand;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says in plain words what a brief asks for. */
@Component
class BriefWords implements BriefSummaries {
    /** More niches than this lower everybody's relevance; see 'Why these shapes' in the design's page on the fit. */
    static final int MANY_NICHES = 4;

    /** The parts of a brief in the order in which they are shown, by section. */
    private static final Map<String, List<String>> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("brand", List.of("brandName", "brandNiche", "competitors", "competitorWindowDays", "brandValues"));
        SECTIONS.put("product", List.of("product", "message", "objective"));
        SECTIONS.put("niches", List.of("niches", "excludeNiches"));
        SECTIONS.put("audience", List.of("countries", "languages", "ages", "genders", "interests"));
        SECTIONS.put(
                "creators",
                List.of("platforms", "followers", "deliverables", "budget", "likeCreators", "excludeCreators"));
        SECTIONS.put("weights", List.of("weights"));
    }

    private final NicheDirectory niches;
    private final CatalogueReader creators;
    private final Formats formats;
    private final MessageSource messages;

    BriefWords(NicheDirectory niches, CatalogueReader creators, Formats formats, MessageSource messages) {
        this.niches = niches;
        this.creators = creators;
        this.formats = formats;
        this.messages = messages;
    }

    /** A word of a line. @param url where it leads, null where it leads nowhere */
    record Word(String text, @Nullable String url) {}

    /**
     * What a brief says in one of its parts.
     *
     * @param key of the message that names the part, after {@code brief.part.}
     * @param words one for each thing it names; a text is one word
     * @param plain shown as a text; else as a list of words
     */
    record Line(String key, List<Word> words, boolean plain) {
        public String text() {
            return words.stream().map(Word::text).collect(Collectors.joining(", "));
        }
    }

    /** @param key of the message that names it, after {@code brief.section.} */
    record Section(String key, List<Line> lines) {}

    /** The sections in which the brief asks for something, with the lines that do. */
    List<Section> sections(BriefDocument document) {
        var lines = lines(document);
        return SECTIONS.entrySet().stream()
                .map(section -> new Section(
                        section.getKey(),
                        section.getValue().stream()
                                .map(lines::get)
                                .filter(Objects::nonNull)
                                .toList()))
                .filter(section -> !section.lines().isEmpty())
                .toList();
    }

    /** What the brief says, by part, in the order in which it is shown; a part that it leaves open is missing. */
    Map<String, Line> lines(BriefDocument document) {
        var brand = document.brand() == null ? new Brand(null, null, null, null) : document.brand();
        var audience =
                document.audience() == null ? new TargetAudience(null, null, null, null, null) : document.audience();
        var lines = new LinkedHashMap<String, Line>();
        prose(lines, "name", document.name());
        prose(lines, "brandName", brand.name());
        if (brand.niche() != null) {
            put(lines, "brandNiche", niche(brand.niche()));
        }
        put(lines, "competitors", plain(brand.competitors(), Function.identity()));
        if (document.competitorWindowDays() != null) {
            put(lines, "competitorWindowDays", text("brief.words.days", document.competitorWindowDays()));
        }
        prose(lines, "brandValues", brand.values());
        prose(lines, "product", document.product());
        prose(lines, "message", document.message());
        if (document.objective() != null) {
            put(lines, "objective", text("brief.objective." + BriefForm.key(document.objective())));
        }
        put(lines, "niches", wanted(document));
        put(lines, "excludeNiches", niches(document.excludeNiches()));
        put(lines, "countries", plain(audience.countries(), Places::countryName));
        put(lines, "languages", plain(audience.languages(), Places::languageName));
        if (!BriefCheck.orNone(audience.ages()).isEmpty()) {
            put(lines, "ages", ages(BriefCheck.orNone(audience.ages())));
        }
        put(lines, "genders", plain(audience.genders(), gender -> text("brief.gender." + gender)));
        put(lines, "interests", niches(audience.interests()));
        put(lines, "platforms", plain(document.platforms(), this::platform));
        var band = band(document.followers());
        if (band != null) {
            put(lines, "followers", band);
        }
        put(
                lines,
                "deliverables",
                plain(
                        document.deliverables(),
                        row -> text("brief.words.deliverable." + BriefForm.key(row.deliverable()), row.count())));
        if (document.budget() != null) {
            put(
                    lines,
                    "budget",
                    formats.money(document.budget().amount(), document.budget().currency()));
        }
        put(lines, "likeCreators", creators(document.likeCreators()));
        put(lines, "excludeCreators", creators(document.excludeCreators()));
        var weights = document.weights();
        if (weights != null && !weights.isEmpty()) {
            put(
                    lines,
                    "weights",
                    BriefWeights.CRITERIA.stream()
                            .filter(weights::containsKey)
                            .map(key -> new Word(
                                    text("brief.criterion." + key) + " "
                                            + formats.decimal(weights.getOrDefault(key, 0.0), 3),
                                    null))
                            .toList());
        }
        return lines;
    }

    /** The people to reach, in one line: 'women 18–34 in Croatia and Slovenia'; empty where anybody is. */
    String target(BriefDocument document) {
        var audience = document.audience();
        if (audience == null) {
            return "";
        }
        var parts = new ArrayList<String>();
        var genders = BriefCheck.orNone(audience.genders());
        if (!genders.isEmpty()) {
            parts.add(genders.stream()
                    .map(gender -> text("brief.target.gender." + gender))
                    .collect(Collectors.joining(" " + text("brief.words.or") + " ")));
        }
        var ages = BriefCheck.orNone(audience.ages());
        if (!ages.isEmpty()) {
            parts.add(ages(ages));
        }
        if (parts.isEmpty()) {
            parts.add(text("brief.target.people"));
        }
        var countries = BriefCheck.orNone(audience.countries());
        if (!countries.isEmpty()) {
            parts.add(text("brief.target.in", few(countries, Places::countryName)));
        }
        var languages = BriefCheck.orNone(audience.languages());
        if (!languages.isEmpty()) {
            parts.add(text("brief.target.speaking", few(languages, Places::languageName)));
        }
        var interests = BriefCheck.orNone(audience.interests());
        if (!interests.isEmpty()) {
            parts.add(text("brief.target.into", few(interests, slug -> niche(slug))));
        }
        var asked = !genders.isEmpty()
                || !ages.isEmpty()
                || !countries.isEmpty()
                || !languages.isEmpty()
                || !interests.isEmpty();
        return asked ? capital(String.join(" ", parts)) : "";
    }

    @Override
    public String summary(BriefDocument document) {
        var lines = lines(document);
        return Stream.of(
                        String.join(", ", nicheNames(document)),
                        target(document),
                        text(lines, "platforms"),
                        text(lines, "followers"),
                        text(lines, "budget"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String text(Map<String, Line> lines, String part) {
        var line = lines.get(part);
        return line == null ? "" : line.text();
    }

    /** The names of the niches to rank by. */
    List<String> nicheNames(BriefDocument document) {
        return BriefCheck.orNone(document.niches()).stream()
                .map(row -> niche(row.niche()))
                .toList();
    }

    /** What a good ranking would need and the brief does not say: keys after {@code brief.missing.}. */
    List<String> missing(BriefDocument document) {
        var missing = new ArrayList<String>();
        if (BriefCheck.orNone(document.niches()).isEmpty()
                && BriefCheck.orNone(document.likeCreators()).isEmpty()) {
            missing.add(document.brand() == null || document.brand().niche() == null ? "niches" : "nichesButCategory");
        }
        if (target(document).isEmpty()) {
            missing.add("audience");
        }
        return missing;
    }

    /** Ages as one says them: bands that touch are one, '18–34'. */
    static String ages(List<String> bands) {
        var known = bands.stream()
                .map(BriefCheck.AGES::indexOf)
                .filter(at -> at >= 0)
                .sorted()
                .distinct()
                .toList();
        var parts = new ArrayList<String>();
        for (var i = 0; i < known.size(); ) {
            var j = i;
            while (j + 1 < known.size() && known.get(j + 1) == known.get(j) + 1) {
                j++;
            }
            var from = BriefCheck.AGES.get(known.get(i)).split("-|\\+")[0];
            var last = BriefCheck.AGES.get(known.get(j));
            parts.add(last.endsWith("+") ? from + "+" : from + "–" + last.split("-")[1]);
            i = j + 1;
        }
        return String.join(", ", parts);
    }

    String niche(String slug) {
        return niches.tree().bySlug(slug).map(Niche::name).orElse(slug);
    }

    String platform(Platform platform) {
        return text("brief.platform." + platform.key());
    }

    String creator(String slug) {
        return creators.find(slug)
                .map(CatalogueCreator::document)
                .map(creator -> creator.name())
                .orElse(slug);
    }

    String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }

    private @Nullable String band(@Nullable FollowerBand band) {
        if (band == null || band.min() == null && band.max() == null) {
            return null;
        }
        if (band.max() == null) {
            return text("brief.words.followers.from", formats.count(band.min()));
        }
        return band.min() == null || band.min() == 0
                ? text("brief.words.followers.to", formats.count(band.max()))
                : text("brief.words.followers.between", formats.count(band.min()), formats.count(band.max()));
    }

    private List<Word> wanted(BriefDocument document) {
        var rows = BriefCheck.orNone(document.niches());
        var sum = rows.stream()
                .mapToDouble(row -> row.importance() == null ? 1 : row.importance())
                .sum();
        var even = rows.stream()
                        .map(row -> row.importance() == null ? 1 : row.importance())
                        .distinct()
                        .count()
                <= 1;
        return rows.stream()
                .map(row -> new Word(
                        even
                                ? niche(row.niche())
                                : text(
                                        "brief.words.niche",
                                        niche(row.niche()),
                                        formats.percent((row.importance() == null ? 1 : row.importance()) / sum)),
                        null))
                .toList();
    }

    private List<Word> niches(@Nullable List<String> slugs) {
        return plain(slugs, this::niche);
    }

    private List<Word> creators(@Nullable List<String> slugs) {
        return BriefCheck.orNone(slugs).stream()
                .map(slug -> new Word(creator(slug), "/creators/" + slug))
                .toList();
    }

    private static <T> List<Word> plain(@Nullable List<T> values, Function<T, String> name) {
        return BriefCheck.orNone(values).stream()
                .map(value -> new Word(name.apply(value), null))
                .toList();
    }

    /** 'A, B or C'; beyond four 'A, B, C and 5 more'. */
    private String few(List<String> codes, Function<String, String> name) {
        var names = codes.stream().map(name).sorted(Comparator.naturalOrder()).toList();
        if (names.size() > 4) {
            return text("brief.words.more", String.join(", ", names.subList(0, 3)), names.size() - 3);
        }
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " " + text("brief.words.or") + " "
                        + names.getLast();
    }

    private static void prose(Map<String, Line> lines, String key, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            lines.put(key, new Line(key, List.of(new Word(text, null)), true));
        }
    }

    private static void put(Map<String, Line> lines, String key, String text) {
        lines.put(key, new Line(key, List.of(new Word(text, null)), true));
    }

    private static void put(Map<String, Line> lines, String key, List<Word> words) {
        if (!words.isEmpty()) {
            lines.put(key, new Line(key, words, false));
        }
    }

    private static String capital(String text) {
        var first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(LocaleContextHolder.getLocale()) + text.substring(first);
    }

    /** Every part of a brief, in the order in which it is shown. */
    static List<String> parts() {
        return Stream.concat(Stream.of("name"), SECTIONS.values().stream().flatMap(List::stream))
                .toList();
    }
}
