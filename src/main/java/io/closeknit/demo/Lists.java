package io.closeknit.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the invented creators are made of: the lists below {@code resources/demo}, all written for this purpose. Brands
 * are invented words; first and family names are put together by chance.
 */
record Lists(
        List<Topic> topics,
        List<Country> countries,
        Map<String, Names> names,
        Map<String, List<String>> bios,
        List<Brand> brands) {

    /**
     * Something to publish about.
     *
     * @param niche slug of its niche
     * @param popularity how many choose it, relative to the others
     * @param female share of women in a typical audience
     * @param age middle of a typical audience as an index of the age bands, 0 for 13-17
     * @param also slugs of niches that go with it, nearest first
     * @param words what it is called, by language
     */
    record Topic(
            String key,
            String niche,
            double popularity,
            double female,
            double age,
            List<String> also,
            List<String> hashtags,
            List<String> handleWords,
            Map<String, Double> platforms,
            Map<String, String> words) {
        /** What it is called; in English where there is no word in the language. */
        String word(String language) {
            return Objects.requireNonNull(words.getOrDefault(language, words.get("en")));
        }
    }

    /**
     * @param homeShare typical share of a creator's audience that lives here
     * @param speaks the languages of its people with their shares
     * @param neighbours where else its creators are followed, with relative weights
     */
    record Country(
            String code,
            double weight,
            String language,
            String currency,
            double homeShare,
            Map<String, Double> speaks,
            Map<String, Double> neighbours,
            List<String> cities) {}

    record Names(List<String> female, List<String> male, List<String> family) {}

    /** @param niche slug of its category */
    record Brand(String name, String niche) {}

    static Lists load() {
        var words = rows("topic-words").stream().collect(Collectors.toMap(row -> row.getField("key"), Lists::words));
        var topics = rows("topics").stream()
                .map(row -> new Topic(
                        row.getField("key"),
                        row.getField("niche"),
                        number(row, "popularity"),
                        number(row, "female"),
                        number(row, "age"),
                        list(row, "also"),
                        list(row, "hashtags"),
                        list(row, "handle_words"),
                        weights(row, "platforms"),
                        Objects.requireNonNull(words.get(row.getField("key")))))
                .toList();
        var countries = rows("countries").stream()
                .map(row -> new Country(
                        row.getField("code"),
                        number(row, "weight"),
                        row.getField("language"),
                        row.getField("currency"),
                        number(row, "home_share"),
                        weights(row, "speaks"),
                        weights(row, "neighbours"),
                        list(row, "cities")))
                .toList();
        var brands = rows("brands").stream()
                .map(row -> new Brand(row.getField("name"), row.getField("niche")))
                .toList();
        return new Lists(topics, countries, readNames(), readBios(), brands);
    }

    private static Map<String, Names> readNames() {
        var byLanguage = new LinkedHashMap<String, Map<String, List<String>>>();
        for (var row : rows("names")) {
            byLanguage
                    .computeIfAbsent(row.getField("language"), _ -> new LinkedHashMap<>())
                    .put(row.getField("part"), list(row, "names"));
        }
        var names = new LinkedHashMap<String, Names>();
        byLanguage.forEach((language, parts) -> names.put(
                language,
                new Names(
                        Objects.requireNonNull(parts.get("female")),
                        Objects.requireNonNull(parts.get("male")),
                        Objects.requireNonNull(parts.get("family")))));
        return names;
    }

    private static Map<String, List<String>> readBios() {
        return rows("bios").stream()
                .collect(Collectors.groupingBy(
                        row -> row.getField("language"),
                        LinkedHashMap::new,
                        Collectors.mapping(row -> row.getField("text"), Collectors.toList())));
    }

    private static Map<String, String> words(NamedCsvRecord row) {
        var words = new LinkedHashMap<>(row.getFieldsAsMap());
        words.remove("key");
        return words;
    }

    private static double number(NamedCsvRecord row, String field) {
        return Double.parseDouble(row.getField(field));
    }

    /** Words with spaces between them; an underscore stands for a space within a word. */
    private static List<String> list(NamedCsvRecord row, String field) {
        return List.of(row.getField(field).split(" ")).stream()
                .map(word -> word.replace('_', ' '))
                .toList();
    }

    /** {@code instagram:5 tiktok:4}, in this order. */
    private static Map<String, Double> weights(NamedCsvRecord row, String field) {
        Function<String, String[]> parts = word -> word.split(":");
        var weights = new LinkedHashMap<String, Double>();
        list(row, field).stream().map(parts).forEach(part -> weights.put(part[0], Double.parseDouble(part[1])));
        return weights;
    }

    private static List<NamedCsvRecord> rows(String name) {
        var stream = Objects.requireNonNull(
                Lists.class.getResourceAsStream("/demo/" + name + ".csv"), () -> "demo/" + name + ".csv is missing");
        try (var csv = CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
