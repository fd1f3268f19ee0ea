package io.closeknit.demo;

import io.closeknit.demo.Lists.Country;
import io.closeknit.demo.Lists.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who follows: the own country first, then neighbours, countries of the same language and a long tail; age and gender as
 * the topic draws them. Shares are cut to whole basis points, so no map passes 1 and the margins are the exact sums of
 * the joint map.
 */
final class InventedAudience {
    static final List<String> AGES = List.of("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+");
    /** Countries without demo creators that follow some all the same, with the languages spoken there. */
    private static final Map<String, Map<String, Double>> ELSEWHERE = elsewhere();

    private static final List<String> EVERYBODY_LIKES = List.of("music", "travel", "dining-out", "movies");

    private final Map<String, Country> countries;

    InventedAudience(List<Country> countries) {
        this.countries = countries.stream()
                .collect(Collectors.toMap(Country::code, country -> country, (a, _) -> a, LinkedHashMap::new));
    }

    /**
     * @param inEnglish publishes in English whatever the country speaks, and is followed from farther away
     * @param woman whether the creator is one: it moves the audience a little
     */
    ObjectNode invent(Topic topic, List<String> niches, Country home, boolean inEnglish, boolean woman, Dice dice) {
        var audience = JsonNodeFactory.instance.objectNode();
        var byCountry = countries(home, inEnglish, dice);
        if (!dice.chance(0.12)) {
            put(audience, "countries", byCountry);
        }
        var joint = agesByGender(topic, woman, dice);
        var jointSent = dice.chance(0.5);
        // Where the joint map is sent, a margin may be left out: it can be summed from the map.
        if (!dice.chance(0.13)) {
            put(audience, "ages", byAge(joint));
        }
        if (!dice.chance(0.1)) {
            put(audience, "genders", byGender(joint));
        }
        if (!dice.chance(0.22)) {
            put(audience, "languages", languages(byCountry, dice));
        }
        if (!dice.chance(0.2)) {
            put(audience, "interests", interests(topic, niches, dice));
        }
        if (jointSent) {
            var node = audience.putObject("agesByGender");
            joint.forEach((gender, ages) -> put(node, gender, ages));
        }
        return audience;
    }

    private Map<String, Integer> countries(Country home, boolean inEnglish, Dice dice) {
        var abroad = inEnglish && !home.language().equals("en");
        var atHome = dice.normal(home.homeShare() - (abroad ? 0.22 : 0), 0.1, 0.12, 0.94);
        var weights = new LinkedHashMap<String, Double>();
        home.neighbours().forEach((code, weight) -> weights.merge(code, weight * dice.around(1, 0.5), Double::sum));
        for (var other : countries.values()) {
            if (other != home && other.language().equals(abroad ? "en" : home.language())) {
                weights.merge(other.code(), 1.5 * dice.around(1, 0.5), Double::sum);
            }
        }
        var everywhere = new java.util.ArrayList<>(countries.keySet());
        everywhere.addAll(ELSEWHERE.keySet());
        for (var more = dice.whole(3, 8); more > 0; more--) {
            weights.putIfAbsent(dice.pick(everywhere), 0.4 * dice.around(1, 0.6));
        }
        weights.remove(home.code());
        var sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        var named = dice.between(0.9, 0.995); // the rest is 'other', which nobody reports
        var shares = new LinkedHashMap<String, Double>();
        shares.put(home.code(), atHome * named);
        weights.forEach((code, weight) -> shares.put(code, (1 - atHome) * named * weight / sum));
        return basisPoints(shares);
    }

    private Map<String, Integer> languages(Map<String, Integer> byCountry, Dice dice) {
        var shares = new LinkedHashMap<String, Double>();
        byCountry.forEach((code, share) -> {
            var country = countries.get(code);
            var speaks = country == null ? ELSEWHERE.getOrDefault(code, Map.of()) : country.speaks();
            speaks.forEach((language, part) -> shares.merge(language, share * part / 10_000.0, Double::sum));
        });
        shares.values().removeIf(share -> share < 0.005);
        shares.replaceAll((_, share) -> share * dice.between(0.96, 1));
        return basisPoints(shares);
    }

    private static Map<String, Map<String, Integer>> agesByGender(Topic topic, boolean woman, Dice dice) {
        var odds = Math.log(topic.female() / (1 - topic.female())) + 0.45 * dice.normal() + (woman ? 0.25 : -0.25);
        var female = 1 / (1 + Math.exp(-odds));
        var other = dice.chance(0.6) ? dice.between(0.002, 0.02) : 0;
        var middle = topic.age() + 0.35 * dice.normal();
        var width = dice.between(0.7, 1.05);
        var genders = new LinkedHashMap<String, Map<String, Integer>>();
        genders.put("female", ages((1 - other) * female, middle - 0.08, width));
        genders.put("male", ages((1 - other) * (1 - female), middle + 0.08, width));
        if (other > 0) {
            genders.put("other", ages(other, middle - 0.2, width));
        }
        return genders;
    }

    private static Map<String, Integer> ages(double share, double middle, double width) {
        var weights = new LinkedHashMap<String, Double>();
        for (var band = 0; band < AGES.size(); band++) {
            var away = (band - middle) / width;
            weights.put(AGES.get(band), Math.exp(-away * away / 2) + 0.004);
        }
        var sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        weights.replaceAll((_, weight) -> share * weight / sum);
        return basisPoints(weights);
    }

    private static Map<String, Integer> interests(Topic topic, List<String> niches, Dice dice) {
        var shares = new LinkedHashMap<String, Double>();
        shares.put(topic.niche(), dice.between(0.22, 0.58));
        for (var niche : niches) {
            shares.putIfAbsent(niche, dice.between(0.03, 0.12));
        }
        shares.putIfAbsent(dice.pick(topic.also()), dice.between(0.04, 0.12));
        shares.putIfAbsent(dice.pick(EVERYBODY_LIKES), dice.between(0.02, 0.09));
        var sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 0.98) {
            shares.replaceAll((_, share) -> share * 0.98 / sum);
        }
        return basisPoints(shares);
    }

    private static Map<String, Integer> byGender(Map<String, Map<String, Integer>> joint) {
        var genders = new LinkedHashMap<String, Integer>();
        joint.forEach((gender, ages) -> genders.put(
                gender, ages.values().stream().mapToInt(Integer::intValue).sum()));
        return genders;
    }

    private static Map<String, Integer> byAge(Map<String, Map<String, Integer>> joint) {
        var ages = new LinkedHashMap<String, Integer>();
        joint.values().forEach(shares -> shares.forEach((age, share) -> ages.merge(age, share, Integer::sum)));
        return ages;
    }

    private static Map<String, Integer> basisPoints(Map<String, Double> shares) {
        var points = new LinkedHashMap<String, Integer>();
        shares.forEach((key, share) -> points.put(key, (int) Math.floor(share * 10_000)));
        points.values().removeIf(share -> share == 0);
        return points;
    }

    private static void put(ObjectNode into, String field, Map<String, Integer> shares) {
        var node = into.putObject(field);
        shares.forEach((key, share) -> node.put(key, share / 10_000.0));
    }

    private static Map<String, Map<String, Double>> elsewhere() {
        var languages = new LinkedHashMap<String, Map<String, Double>>();
        languages.put("BA", Map.of("bs", 0.94));
        languages.put("RS", Map.of("sr", 0.94));
        languages.put("BE", Map.of("nl", 0.55));
        languages.put("IE", Map.of("en", 0.97));
        languages.put("AU", Map.of("en", 0.92));
        languages.put("CA", Map.of("en", 0.74));
        languages.put("IN", Map.of("hi", 0.5));
        languages.put("MX", Map.of("es", 0.95));
        languages.put("AR", Map.of("es", 0.97));
        languages.put("CO", Map.of("es", 0.98));
        languages.put("BR", Map.of("pt", 0.97));
        languages.put("MA", Map.of("ar", 0.6));
        languages.put("CZ", Map.of("cs", 0.95));
        languages.put("UA", Map.of("uk", 0.8));
        languages.put("TR", Map.of("tr", 0.9));
        languages.put("SE", Map.of("sv", 0.9));
        languages.put("DK", Map.of("da", 0.92));
        return languages;
    }
}
