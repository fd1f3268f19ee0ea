package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an audience a column is about, as its header says: {@code Female %}, {@code 18–24},
 * {@code Women 25-34}, {@code Audience: US}, {@code Top country 1}, {@code Top country 1 %}.
 *
 * @param key what the API calls it, {@code female/25-34} of {@link Part#AGES_BY_GENDER}; of the top countries their number,
 *     empty where there is none
 */
record AudienceColumn(Part part, String key) {
    enum Part {
        GENDERS("genders"),
        AGES("ages"),
        AGES_BY_GENDER("agesByGender"),
        COUNTRIES("countries"),
        LANGUAGES("languages"),
        /** Its cells name the country. */
        TOP_COUNTRY(""),
        /** The share of the country that another column names. */
        TOP_COUNTRY_SHARE("");

        private final String field;

        Part(String field) {
            this.field = field;
        }

        /** Of the audience in the API's creator. */
        String field() {
            return field;
        }

        boolean isTop() {
            return this == TOP_COUNTRY || this == TOP_COUNTRY_SHARE;
        }
    }

    private static final Pattern BAND = Pattern.compile(
            "(?<![\\d.])(?:(13|18|25|35|45|55)\\s*(?:[-–—_]|to|bis)\\s*(17|24|34|44|54|64)|65\\s*(?:\\+|plus|and over|and older|und älter|-?100))(?![\\d.])");
    private static final Map<String, String> BANDS =
            Map.of("13", "13-17", "18", "18-24", "25", "25-34", "35", "35-44", "45", "45-54", "55", "55-64");
    private static final Set<String> OF_THE_AUDIENCE =
            Set.of("audience", "audiences", "zielgruppe", "audiencia", "publikum", "publico", "follower", "followers");
    private static final Set<String> SHARES =
            Set.of("share", "pct", "percent", "percentage", "prozent", "anteil", "%", "weight", "perc", "porcentaje");
    private static final Set<String> FILLERS =
            Set.of("of", "the", "in", "from", "age", "ages", "aged", "alter", "gender", "geschlecht", "years", "split");
    private static final Set<String> COUNTRY =
            Set.of("country", "countries", "geo", "location", "locations", "land", "länder", "pais", "paises", "pays");
    private static final Set<String> LANGUAGE = Set.of("language", "languages", "lang", "sprache", "idioma", "langue");
    private static final Set<String> FEMALE = Set.of(
            "female", "females", "women", "woman", "frauen", "weiblich", "mujeres", "femmes", "femme", "donne", "žene");
    private static final Set<String> MALE = Set.of(
            "male", "males", "men", "man", "männer", "männlich", "hombres", "hommes", "homme", "uomini", "muškarci");
    private static final Set<String> OTHER = Set.of("other", "nonbinary", "divers", "diverse");

    static Optional<AudienceColumn> of(String header) {
        var text = header.replaceFirst(" \\(\\d+\\)$", "").toLowerCase(java.util.Locale.ROOT);
        var band = BAND.matcher(text);
        var age = band.find() ? BANDS.getOrDefault(String.valueOf(band.group(1)), "65+") : null;
        if (age != null) {
            var bounds = band.group(1) == null ? "65+" : band.group(1) + "-" + band.group(2);
            if (!bounds.equals(age)) {
                return Optional.empty(); // a band that spans two of the catalogue's
            }
            text = text.substring(0, band.start()) + " " + text.substring(band.end());
        }
        var audience = false;
        var share = false;
        var top = false;
        var country = false;
        var language = false;
        String gender = null;
        var rest = new ArrayList<String>();
        for (var word : HeaderWords.words(text)) {
            if (OF_THE_AUDIENCE.contains(word)) {
                audience = true;
            } else if (SHARES.contains(word)) {
                share = true;
            } else if (word.equals("top") || word.equals("main")) {
                top = true;
            } else if (COUNTRY.contains(word)) {
                country = true;
            } else if (LANGUAGE.contains(word)) {
                language = true;
            } else if (FEMALE.contains(word) || MALE.contains(word) || OTHER.contains(word)) {
                gender =
                        gender != null ? "" : FEMALE.contains(word) ? "female" : MALE.contains(word) ? "male" : "other";
            } else if (!FILLERS.contains(word)
                    && HeaderWords.platformOfWord(word).isEmpty()) {
                rest.add(word);
            }
        }
        return found(age, gender, rest, audience, share, top, country, language);
    }

    private static Optional<AudienceColumn> found(
            @Nullable String age,
            @Nullable String gender,
            List<String> rest,
            boolean audience,
            boolean share,
            boolean top,
            boolean country,
            boolean language) {
        if (age != null || gender != null) {
            if (!rest.isEmpty() || country || language || top || "".equals(gender)) {
                return Optional.empty();
            }
            if (age != null) {
                return Optional.of(
                        gender == null
                                ? new AudienceColumn(Part.AGES, age)
                                : new AudienceColumn(Part.AGES_BY_GENDER, gender + "/" + age));
            }
            return gender == null || gender.equals("other") && !audience
                    ? Optional.empty()
                    : Optional.of(new AudienceColumn(Part.GENDERS, gender));
        }
        var number = rest.size() == 1 && rest.getFirst().matches("\\d{1,2}");
        if (country && (top || audience) && (rest.isEmpty() || number)) {
            return Optional.of(new AudienceColumn(
                    share ? Part.TOP_COUNTRY_SHARE : Part.TOP_COUNTRY, number ? rest.getFirst() : ""));
        }
        if ((audience || share) && !top && !rest.isEmpty()) {
            var word = NicheTree.key(String.join("", rest));
            if (language) {
                return LanguageNames.find(String.join(" ", rest)).map(tag -> new AudienceColumn(Part.LANGUAGES, tag));
            }
            // 'ER %' is a rate and 'PH %' nothing: two letters are a country only where the audience is named.
            return word.length() > 2 || audience
                    ? CountryNames.find(String.join(" ", rest)).map(code -> new AudienceColumn(Part.COUNTRIES, code))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
