package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a header say.
 *
 * @param full all of it, lower case, letters and digits only
 * @param key without platform, unit and words that say nothing
 * @param platform that it names, null where it names none
 * @param percent it says that the figures are percentages
 * @param total it speaks of a sum over all posts
 * @param mean it speaks of a mean
 * @param currency that it names (ISO 4217), null where it names none
 */
record HeaderWords(
        String full,
        String key,
        @Nullable Platform platform,
        boolean percent,
        boolean total,
        boolean mean,
        @Nullable String currency) {
    /** Capitals in the middle that begin no word. */
    private static final Pattern NAMES_WITH_CAPITALS = Pattern.compile("(?i)(tik|you)[ -]?(tok|tube)");

    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z][a-z])");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}%€$£]+");
    private static final Map<String, Platform> PLATFORMS = platforms();
    private static final List<String> LONG_NAMES =
            List.of("instagram", "tiktok", "youtube", "twitch", "twitter", "facebook", "pinterest");
    private static final Set<String> MEANS = Set.of(
            "ø",
            "avg",
            "average",
            "averages",
            "mean",
            "median",
            "durchschnitt",
            "avarage",
            "mittel",
            "mittelwert",
            "promedio",
            "moyenne",
            "moyen",
            "medio",
            "mittlere",
            "prosjek");
    private static final Set<String> FILLERS = Set.of(
            "count",
            "counts",
            "number",
            "num",
            "no",
            "nr",
            "anzahl",
            "of",
            "the",
            "de",
            "value",
            "values",
            "numero",
            "nombre",
            "total",
            "in",
            "current",
            "latest",
            "sum",
            "amount",
            "durchschnittliche");
    private static final Set<String> PERCENTS =
            Set.of("pct", "percent", "percentage", "prozent", "porcentaje", "%", "perc");
    private static final Map<String, String> CURRENCIES = Map.ofEntries(
            Map.entry("eur", "EUR"),
            Map.entry("euro", "EUR"),
            Map.entry("€", "EUR"),
            Map.entry("usd", "USD"),
            Map.entry("$", "USD"),
            Map.entry("dollar", "USD"),
            Map.entry("gbp", "GBP"),
            Map.entry("£", "GBP"),
            Map.entry("chf", "CHF"),
            Map.entry("pln", "PLN"),
            Map.entry("sek", "SEK"),
            Map.entry("nok", "NOK"),
            Map.entry("dkk", "DKK"),
            Map.entry("czk", "CZK"),
            Map.entry("brl", "BRL"),
            Map.entry("inr", "INR"));

    static HeaderWords of(String header) {
        var words = words(header);
        Platform platform = null;
        String currency = null;
        var percent = false;
        var total = false;
        var mean = false;
        var rest = new ArrayList<String>();
        for (var word : words) {
            if (PERCENTS.contains(word)) {
                percent = true;
            } else if (CURRENCIES.containsKey(word)) {
                currency = CURRENCIES.get(word);
            } else if (platform == null && PLATFORMS.containsKey(word)) {
                platform = PLATFORMS.get(word);
            } else if (MEANS.contains(word) && words.size() > 1) {
                mean = true;
            } else if (FILLERS.contains(word) && words.size() > 1) {
                total |= word.equals("total") || word.equals("sum");
            } else if (!word.chars().allMatch(Character::isDigit) || rest.isEmpty()) {
                rest.add(word); // 'Category_1' is a category
            }
        }
        return new HeaderWords(
                NicheTree.key(header), NicheTree.key(String.join("", rest)), platform, percent, total, mean, currency);
    }

    /** The platform that a name of a file speaks of, if it is exactly one. */
    static Optional<Platform> platformOfFileName(String fileName) {
        var named = words(fileName).stream()
                .filter(word -> word.length() > 2)
                .map(HeaderWords::platformIn)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** 'twitchdata' and 'topyoutubers' speak of a platform too; 'tt' and 'ig' only where they stand alone. */
    private static @Nullable Platform platformIn(String word) {
        var exact = PLATFORMS.get(word);
        if (exact != null) {
            return exact;
        }
        return LONG_NAMES.stream()
                .filter(word::contains)
                .map(PLATFORMS::get)
                .findFirst()
                .orElse(null);
    }

    /** The platform that a cell names, whatever its case. */
    static Optional<Platform> platformOfWord(String word) {
        var key = NicheTree.key(word);
        for (var platform : Platform.values()) {
            if (platform.key().equals(key)) {
                return Optional.of(platform);
            }
        }
        return Optional.ofNullable(PLATFORMS.get(key));
    }

    /** Lower case; a percent sign is a word. */
    static List<String> words(String header) {
        var names = NAMES_WITH_CAPITALS
                .matcher(header)
                .replaceAll(match ->
                        match.group(1).toLowerCase(Locale.ROOT) + match.group(2).toLowerCase(Locale.ROOT));
        var split = CAMEL.matcher(names)
                .replaceAll(" ")
                .replace("%", " % ")
                .replace("€", " € ")
                .replace("$", " $ ");
        var words = new ArrayList<String>();
        for (var word : BETWEEN_WORDS.split(split.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static Map<String, Platform> platforms() {
        var names = new HashMap<String, Platform>();
        for (var name : List.of("instagram", "insta", "ig", "instagramer", "instagrammer")) {
            names.put(name, Platform.INSTAGRAM);
        }
        for (var name : List.of("tiktok", "tt", "tiktoker", "tiktokers")) {
            names.put(name, Platform.TIKTOK);
        }
        for (var name : List.of("youtube", "yt", "youtuber", "youtubers")) {
            names.put(name, Platform.YOUTUBE);
        }
        for (var name : List.of("twitch", "streamer")) {
            names.put(name, Platform.TWITCH);
        }
        for (var name : List.of("twitter", "x", "xtwitter", "twitterx")) {
            names.put(name, Platform.X);
        }
        for (var name : List.of("facebook", "fb")) {
            names.put(name, Platform.FACEBOOK);
        }
        names.put("pinterest", Platform.PINTEREST);
        names.put("blogger", Platform.BLOG);
        return Map.copyOf(names);
    }
}
