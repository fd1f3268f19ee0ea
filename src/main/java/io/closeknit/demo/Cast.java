package io.closeknit.demo;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo creators with a part to play, one for each claim of the fit. Search for them by name; the first brief of
 * the demo briefs is the stage of most.
 */
final class Cast {
    /** Three million followers, famous for football, and of no use to a skincare brand: size is no fit. */
    static final String CELEBRITY = "Leon Brandhorst";
    /** Promotes whatever pays: three dozen brands in a dozen categories. Credibility next to nothing. */
    static final String PROMOTES_EVERYTHING = "Vanessa Sommerfeldt";
    /** 1,200 followers who all write back, and she to them: the bond at its best. */
    static final String TINY_AND_DEVOTED = "Mira Tannhauer";
    /** Everything that the skincare brief asks for. */
    static final String FITS_SKINCARE = "Lena Aschbrunn";
    /** Everything that the trail shoe brief asks for, one of its past partners. */
    static final String FITS_TRAIL_SHOE = "Petra Orahović";
    /** Another past partner of the trail shoe brief. */
    static final String TRAIL_PARTNER = "Matic Gozdnik";
    /** Everything that the board game brief asks for. */
    static final String FITS_BOARD_GAME = "Tobias Quillfeather";
    /** The right topic and size, but six of ten followers were bought: the history shows the day, the engagement the rest. */
    static final String BOUGHT_FOLLOWERS = "Chiara Goldmann";
    /** A good fit who was paid by a competitor three weeks ago: belief 0. */
    static final String WORKED_FOR_COMPETITOR = "Sophie Rautenkranz";
    /** Praises the brand of the skincare brief without being paid: belief 1. */
    static final String LOVES_THE_BRAND = "Amelie Quendel";
    /** Twins in every figure: twelve posts for one partner … */
    static final String LOYAL_TWIN = "Nora Zwillbrock";
    /** … and twelve for twelve brands in nine categories. */
    static final String FICKLE_TWIN = "Nele Zwillbrock";

    private final LocalDate today;

    private Cast(LocalDate today) {
        this.today = today;
    }

    static List<ObjectNode> on(LocalDate today) {
        var cast = new Cast(today);
        return List.of(
                cast.celebrity(),
                cast.promotesEverything(),
                cast.tinyAndDevoted(),
                cast.fitsSkincare(),
                cast.fitsTrailShoe(),
                cast.trailPartner(),
                cast.fitsBoardGame(),
                cast.boughtFollowers(),
                cast.workedForCompetitor(),
                cast.lovesTheBrand(),
                cast.twin(LOYAL_TWIN, "nora.zwillbrock", sketch -> {
                    for (var post = 0; post < 12; post++) {
                        cast.paid(sketch, "Silkabraid", "hair-care", 25 + 28 * post, "nora.zwillbrock");
                    }
                }),
                cast.twin(FICKLE_TWIN, "nele.zwillbrock", sketch -> {
                    var day = 25;
                    for (var brand : TWELVE) {
                        cast.paid(sketch, brand.name(), brand.niche(), day, "nele.zwillbrock");
                        day += 28;
                    }
                }));
    }

    /** In nine top-level categories. */
    private static final List<Lists.Brand> TWELVE = List.of(
            new Lists.Brand("Silkabraid", "hair-care"),
            new Lists.Brand("Blinkberry", "makeup-and-accessories"),
            new Lists.Brand("Modrina Studio", "womens-fashion"),
            new Lists.Brand("Legumio", "vegan-diets"),
            new Lists.Brand("Fizzwillow", "non-alcoholic-beverages"),
            new Lists.Brand("Paceworthy", "running"),
            new Lists.Brand("Kissenmeer", "interior-decorating"),
            new Lists.Brand("Pennyorchard", "personal-investing"),
            new Lists.Brand("Kofferklee", "travel"),
            new Lists.Brand("Klangkiesel", "consumer-electronics"),
            new Lists.Brand("Waggersby", "dogs"),
            new Lists.Brand("Seitenweise", "books-and-literature"));

    private ObjectNode celebrity() {
        var sketch = person(
                        CELEBRITY, "DE", "Dortmund", "Professional footballer. Goals, family, gratitude.", "de", "en")
                .niche("soccer", 0.85)
                .niche("sports", 0.1)
                .niche("mens-fashion", 0.05)
                .hashtag("football", 0.6)
                .hashtag("matchday", 0.4)
                .lookedForMentions()
                .rate("instagram", "post", 24_000, "EUR")
                .rate("instagram", "story", 9_000, "EUR")
                .rate("instagram", "reel", 32_000, "EUR");
        account(sketch, "instagram", "leon.brandhorst", 3_040_000, 0.0121, 36_100, 420, 0.01, 0.79, 3.4)
                .audience(audience(
                        Map.of("DE", 0.31, "TR", 0.09, "BR", 0.08, "GB", 0.07, "ES", 0.06, "IN", 0.06, "PL", 0.05),
                        Map.of("13-17", 0.19, "18-24", 0.42, "25-34", 0.27, "35-44", 0.08, "45-54", 0.03),
                        Map.of("female", 0.17, "male", 0.82),
                        Map.of("de", 0.3, "en", 0.28, "tr", 0.09, "pt", 0.08, "es", 0.07),
                        Map.of("soccer", 0.71, "sports", 0.1, "pc-games", 0.06)));
        for (var month = 0; month < 12; month++) {
            paid(
                    sketch,
                    month % 3 == 0 ? "Torquanta Sport" : "Golazzito",
                    month % 3 == 0 ? "sports-equipment" : "soccer",
                    12 + 30 * month,
                    "leon.brandhorst");
        }
        grows(sketch, "instagram", 3_040_000, 0.02);
        return sketch.json();
    }

    private ObjectNode promotesEverything() {
        var sketch = person(
                        PROMOTES_EVERYTHING,
                        "DE",
                        "Köln",
                        "Lifestyle · codes · favourites · deals. Business: mail me!",
                        "de")
                .niche("lifestyle", 0.2)
                .niche("beauty", 0.2)
                .niche("fashion", 0.15)
                .niche("travel", 0.12)
                .niche("interior-decorating", 0.11)
                .niche("cooking", 0.12)
                .niche("consumer-electronics", 0.1)
                .hashtag("ad", 0.5)
                .hashtag("favourites", 0.3)
                .lookedForMentions()
                .rate("instagram", "post", 640, "EUR")
                .rate("instagram", "story", 280, "EUR")
                .rate("instagram", "reel", 890, "EUR");
        account(sketch, "instagram", "vanessa.tries.all", 86_500, 0.0074, 620, 14, 0.05, 0.81, 5.5)
                .audience(germanWomen(0.66, 0.09, 0.7));
        var day = 3;
        for (var brand : Lists.load().brands()) {
            // Every third of the list, which goes through all categories; each brand twice.
            if (Math.floorMod(brand.name().hashCode(), 3) == 0) {
                paid(sketch, brand.name(), brand.niche(), day % 360, "vanessa.tries.all");
                paid(sketch, brand.name(), brand.niche(), (day + 3) % 360, "vanessa.tries.all");
                day += 8;
            }
        }
        grows(sketch, "instagram", 86_500, 0.01);
        return sketch.json();
    }

    private ObjectNode tinyAndDevoted() {
        var sketch = person(
                        TINY_AND_DEVOTED,
                        "DE",
                        "Freiburg",
                        "Neurodermitis, Hautbarriere, viel Geduld. Ich antworte jeder von euch. Hautpflege ohne Duftstoffe.",
                        "de")
                .niche("skin-care", 0.9)
                .niche("wellness", 0.1)
                .hashtag("skinbarrier", 0.6)
                .hashtag("hautpflege", 0.4)
                .lookedForMentions()
                .rate("instagram", "post", 20, "EUR")
                .rate("instagram", "story", 10, "EUR")
                .rate("instagram", "reel", 30, "EUR");
        account(sketch, "instagram", "mira.hautnah", 1_200, 0.142, 128, 42, 0.97, 0.98, 3)
                .audience(germanWomen(0.84, 0.1, 0.93));
        grows(sketch, "instagram", 1_200, 0.08);
        return sketch.json();
    }

    private ObjectNode fitsSkincare() {
        var sketch = person(
                        FITS_SKINCARE,
                        "DE",
                        "Leipzig",
                        "Hautpflege, die man versteht: Wirkstoffe, Hautbarriere, Ceramide. Ehrlich getestet.",
                        "de",
                        "en")
                .niche("skin-care", 0.75)
                .niche("beauty", 0.2)
                .niche("natural-and-organic-beauty", 0.05)
                .hashtag("skincare", 0.4)
                .hashtag("skinbarrier", 0.35)
                .hashtag("ceramide", 0.25)
                .lookedForMentions()
                .rate("instagram", "post", 190, "EUR")
                .rate("instagram", "story", 80, "EUR")
                .rate("instagram", "reel", 260, "EUR")
                .rate("tiktok", "video", 120, "EUR");
        account(sketch, "instagram", "lena.aschbrunn", 18_400, 0.052, 890, 67, 0.82, 0.95, 3.6)
                .audience(germanWomen(0.72, 0.14, 0.91));
        account(sketch, "tiktok", "lena.aschbrunn", 9_600, 0.061, 560, 26, 0.7, 0.94, 2.5)
                .audience(germanWomen(0.7, 0.12, 0.9));
        paid(sketch, "Ohmelia Skin", "skin-care", 210, "lena.aschbrunn");
        paid(sketch, "Ohmelia Skin", "skin-care", 118, "lena.aschbrunn");
        unpaid(sketch, "Tauhaut", "skin-care", 64, "lena.aschbrunn");
        grows(sketch, "instagram", 18_400, 0.06);
        grows(sketch, "tiktok", 9_600, 0.1);
        return sketch.json();
    }

    private ObjectNode fitsTrailShoe() {
        var sketch = person(
                        FITS_TRAIL_SHOE,
                        "HR",
                        "Zagreb",
                        "Trail trčanje na Medvednici i dalje. Staze, cipele, utrke: grip, stijene i blato.",
                        "hr",
                        "en")
                .niche("trail-running", 0.7)
                .niche("running", 0.2)
                .niche("hiking", 0.1)
                .hashtag("trailrunning", 0.5)
                .hashtag("trailshoes", 0.3)
                .hashtag("ultratrail", 0.2)
                .lookedForMentions()
                .rate("instagram", "post", 130, "EUR")
                .rate("instagram", "reel", 170, "EUR")
                .rate("instagram", "story", 60, "EUR");
        account(sketch, "instagram", "petra.stazama", 12_300, 0.057, 640, 61, 0.78, 0.96, 3.1)
                .audience(audience(
                        Map.of("HR", 0.66, "SI", 0.16, "BA", 0.07, "AT", 0.03, "IT", 0.02),
                        Map.of("18-24", 0.11, "25-34", 0.46, "35-44", 0.31, "45-54", 0.09, "55-64", 0.02),
                        Map.of("female", 0.49, "male", 0.5),
                        Map.of("hr", 0.71, "sl", 0.15, "en", 0.08, "bs", 0.04),
                        Map.of("trail-running", 0.53, "running", 0.18, "hiking", 0.13)));
        paid(sketch, "Divokozi", "outdoor-gear", 240, "petra.stazama");
        unpaid(sketch, "Divokozi", "outdoor-gear", 40, "petra.stazama");
        grows(sketch, "instagram", 12_300, 0.05);
        return sketch.json();
    }

    private ObjectNode trailPartner() {
        var sketch = person(TRAIL_PARTNER, "SI", "Kranj", "Gorski tek in dolge razdalje. Oprema, ki zdrži.", "sl", "en")
                .niche("trail-running", 0.6)
                .niche("outdoor-gear", 0.25)
                .niche("running", 0.15)
                .hashtag("trailrunning", 0.6)
                .hashtag("ultratrail", 0.4)
                .lookedForMentions()
                .rate("youtube", "video", 310, "EUR")
                .rate("instagram", "reel", 120, "EUR")
                .rate("instagram", "post", 90, "EUR");
        account(sketch, "youtube", "maticteka", 8_100, 0.031, 214, 37, 0.66, 0.94, 0.9)
                .audience(audience(
                        Map.of("SI", 0.61, "HR", 0.17, "AT", 0.06, "IT", 0.05),
                        Map.of("18-24", 0.14, "25-34", 0.41, "35-44", 0.3, "45-54", 0.11),
                        Map.of("female", 0.31, "male", 0.68),
                        Map.of("sl", 0.64, "hr", 0.16, "en", 0.14),
                        Map.of("trail-running", 0.47, "running", 0.17, "outdoor-gear", 0.14)));
        account(sketch, "instagram", "matic.teka", 4_700, 0.062, 270, 21, 0.7, 0.95, 2);
        paid(sketch, "Divokozi", "outdoor-gear", 95, "maticteka");
        grows(sketch, "youtube", 8_100, 0.04);
        return sketch.json();
    }

    private ObjectNode fitsBoardGame() {
        var sketch = person(
                        FITS_BOARD_GAME,
                        "GB",
                        "Sheffield",
                        "Board games for families and game night: cooperative, clever, under an hour. Rules taught with patience.",
                        "en")
                .niche("board-games-and-puzzles", 0.85)
                .niche("games-and-puzzles", 0.15)
                .hashtag("boardgames", 0.5)
                .hashtag("gamenight", 0.3)
                .hashtag("cooperativegames", 0.2)
                .lookedForMentions()
                .rate("youtube", "video", 340, "GBP")
                .rate("youtube", "short", 120, "GBP")
                .rate("instagram", "reel", 110, "GBP");
        account(sketch, "youtube", "quillfeatherplays", 21_700, 0.024, 462, 59, 0.74, 0.96, 1.2)
                .audience(britishFamilies());
        account(sketch, "instagram", "quillfeather.plays", 7_900, 0.049, 358, 29, 0.8, 0.95, 2.8)
                .audience(britishFamilies());
        paid(sketch, "Würfelwald", "board-games-and-puzzles", 150, "quillfeatherplays");
        unpaid(sketch, "Hedgewick Games", "board-games-and-puzzles", 33, "quillfeatherplays");
        grows(sketch, "youtube", 21_700, 0.07);
        return sketch.json();
    }

    private ObjectNode boughtFollowers() {
        var sketch = person(BOUGHT_FOLLOWERS, "DE", "Düsseldorf", "Skincare & glow. PR friendly.", "de", "en")
                .niche("skin-care", 0.6)
                .niche("beauty", 0.4)
                .hashtag("skincare", 0.5)
                .hashtag("glowingskin", 0.5)
                .lookedForMentions()
                .rate("instagram", "post", 450, "EUR")
                .rate("instagram", "story", 180, "EUR")
                .rate("instagram", "reel", 600, "EUR");
        account(sketch, "instagram", "chiara.glow.goldmann", 64_200, 0.0031, 195, 4, 0.12, 0.39, 2.9)
                .audience(audience(
                        Map.of("IN", 0.24, "BR", 0.19, "DE", 0.17, "TR", 0.12, "MX", 0.08, "AT", 0.02),
                        Map.of("18-24", 0.44, "25-34", 0.33, "35-44", 0.12, "13-17", 0.06),
                        Map.of("female", 0.48, "male", 0.51),
                        Map.of("en", 0.27, "de", 0.18, "pt", 0.19, "tr", 0.11, "es", 0.09),
                        Map.of("skin-care", 0.14, "beauty", 0.12)));
        paid(sketch, "Dewlark", "skin-care", 77, "chiara.glow.goldmann");
        // 20,000 for months, 63,000 the month after.
        var first = today.withDayOfMonth(1);
        for (var back = 8; back >= 1; back--) {
            sketch.history(
                    "instagram",
                    first.minusMonths(back),
                    back > 3 ? 20_300 + 90L * (8 - back) : 63_000 + 350L * (3 - back),
                    back > 3 ? 0.0096 : 0.0032);
        }
        return sketch.json();
    }

    private ObjectNode workedForCompetitor() {
        var sketch = person(
                        WORKED_FOR_COMPETITOR,
                        "AT",
                        "Graz",
                        "Hautpflege mit Wissen dahinter. Routinen, Wirkstoffe, Sonnenschutz.",
                        "de")
                .niche("skin-care", 0.7)
                .niche("beauty", 0.2)
                .niche("wellness", 0.1)
                .hashtag("skincare", 0.5)
                .hashtag("skincareroutine", 0.5)
                .lookedForMentions()
                .rate("instagram", "post", 210, "EUR")
                .rate("instagram", "story", 90, "EUR")
                .rate("instagram", "reel", 290, "EUR");
        account(sketch, "instagram", "sophie.rautenkranz", 22_900, 0.044, 920, 60, 0.71, 0.94, 3.2)
                .audience(germanWomen(0.52, 0.33, 0.9));
        paid(sketch, "Glasklee", "skin-care", 21, "sophie.rautenkranz");
        paid(sketch, "Glasklee", "skin-care", 49, "sophie.rautenkranz");
        grows(sketch, "instagram", 22_900, 0.04);
        return sketch.json();
    }

    private ObjectNode lovesTheBrand() {
        var sketch = person(LOVES_THE_BRAND, "DE", "Bremen", "Hautpflege im Alltag, zwei Kinder, wenig Zeit.", "de")
                .niche("skin-care", 0.55)
                .niche("beauty", 0.25)
                .niche("parenting", 0.2)
                .hashtag("skincare", 0.6)
                .hashtag("selfcare", 0.4)
                .lookedForMentions()
                .rate("instagram", "post", 70, "EUR")
                .rate("instagram", "story", 30, "EUR")
                .rate("instagram", "reel", 95, "EUR");
        account(sketch, "instagram", "amelie.quendel", 6_300, 0.058, 342, 24, 0.75, 0.95, 2.6)
                .audience(germanWomen(0.79, 0.08, 0.89));
        unpaid(sketch, "Tauhaut", "skin-care", 17, "amelie.quendel");
        unpaid(sketch, "Tauhaut", "skin-care", 83, "amelie.quendel");
        grows(sketch, "instagram", 6_300, 0.03);
        return sketch.json();
    }

    private ObjectNode twin(String name, String handle, Consumer<Sketch> mentions) {
        var sketch = person(name, "DE", "Münster", "Haut und Haar, jeden Tag ein bisschen besser.", "de")
                .niche("skin-care", 0.5)
                .niche("hair-care", 0.4)
                .niche("beauty", 0.1)
                .hashtag("skincare", 0.5)
                .hashtag("haircare", 0.5)
                .lookedForMentions()
                .rate("instagram", "post", 140, "EUR")
                .rate("instagram", "story", 60, "EUR")
                .rate("instagram", "reel", 190, "EUR");
        account(sketch, "instagram", handle, 14_000, 0.031, 410, 24, 0.6, 0.92, 3)
                .audience(germanWomen(0.74, 0.1, 0.86));
        mentions.accept(sketch);
        grows(sketch, "instagram", 14_000, 0.03);
        return sketch.json();
    }

    private static Sketch person(String name, String country, String city, String bio, String... languages) {
        var plain = java.text.Normalizer.normalize(
                        name.toLowerCase(java.util.Locale.ROOT), java.text.Normalizer.Form.NFKD)
                .replaceAll("[^a-z ]", "")
                .replace(' ', '.');
        return new Sketch(name)
                .put("kind", "person")
                .put("bio", bio)
                .from(country, city)
                .languages(languages)
                .put("email", plain + "@example.com")
                .put("website", "https://" + plain.replace('.', '-') + ".example");
    }

    /** Looked at yesterday, over thirty posts. */
    private Sketch.Account account(
            Sketch sketch,
            String platform,
            String handle,
            long followers,
            double engagementRate,
            long likes,
            long comments,
            double replyRate,
            double authenticity,
            double postsPerWeek) {
        var observed = today.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return sketch.account(platform, handle)
                .put("url", "https://" + platform + ".example/" + handle)
                .put("followers", followers)
                .put("following", 420)
                .put("posts", Math.round(postsPerWeek * 140))
                .share("postsPerWeek", postsPerWeek)
                .share("engagementRate", engagementRate)
                .put("engagementBasis", "followers")
                .put("engagementStatistic", "median")
                .put("postsSampled", 30)
                .put("likes", likes)
                .put("comments", comments)
                .share("replyRate", replyRate)
                .share("authenticity", authenticity)
                .at("lastPostAt", observed.minusSeconds(40 * 3_600))
                .at("observedAt", observed);
    }

    private void paid(Sketch sketch, String brand, String niche, int daysAgo, String handle) {
        mention(sketch, brand, niche, true, daysAgo, handle);
    }

    private void unpaid(Sketch sketch, String brand, String niche, int daysAgo, String handle) {
        mention(sketch, brand, niche, false, daysAgo, handle);
    }

    private void mention(Sketch sketch, String brand, String niche, boolean paid, int daysAgo, String handle) {
        var platform = sketch.accounts().get(0).get("platform").asString();
        var post = Integer.toString((brand + daysAgo).hashCode() & 0x3fffffff, 36);
        sketch.mention(
                brand,
                niche,
                paid,
                today.minusDays(1L + daysAgo),
                platform,
                "https://" + platform + ".example/" + handle + "/p/" + post);
    }

    /** Ten months on the way to today's followers. @param growth in 90 days */
    private void grows(Sketch sketch, String platform, long followers, double growth) {
        var first = today.withDayOfMonth(1);
        for (var account : sketch.accounts()) {
            if (account.get("platform").asString().equals(platform)) {
                ((ObjectNode) account).put("growth90d", growth);
            }
        }
        for (var back = 10; back >= 1; back--) {
            sketch.history(
                    platform, first.minusMonths(back), Math.round(followers / Math.pow(1 + growth, back / 3.0)), null);
        }
    }

    /** @param female share of women, of whom three in four are 18–34 */
    private static ObjectNode germanWomen(double inGermany, double inAustria, double female) {
        return audience(
                Map.of("DE", inGermany, "AT", inAustria, "CH", 0.04, "NL", 0.01),
                Map.of("13-17", 0.06, "18-24", 0.36, "25-34", 0.39, "35-44", 0.13, "45-54", 0.05),
                Map.of("female", female, "male", Sketch.rounded(0.99 - female)),
                Map.of("de", Sketch.rounded(inGermany + inAustria - 0.03), "en", 0.06, "tr", 0.02),
                Map.of("skin-care", 0.46, "beauty", 0.19, "wellness", 0.08));
    }

    private static ObjectNode britishFamilies() {
        return audience(
                Map.of("GB", 0.72, "US", 0.1, "IE", 0.05, "AU", 0.04, "CA", 0.03),
                Map.of("13-17", 0.02, "18-24", 0.11, "25-34", 0.41, "35-44", 0.34, "45-54", 0.09),
                Map.of("female", 0.46, "male", 0.52, "other", 0.01),
                Map.of("en", 0.95),
                Map.of("board-games-and-puzzles", 0.58, "sci-fi-and-fantasy", 0.12, "books-and-literature", 0.1));
    }

    /** The entries of each map in the order of their keys, so that they come out the same every time. */
    private static ObjectNode audience(
            Map<String, Double> countries,
            Map<String, Double> ages,
            Map<String, Double> genders,
            Map<String, Double> languages,
            Map<String, Double> interests) {
        var audience = JsonNodeFactory.instance.objectNode();
        put(audience, "countries", countries);
        put(audience, "ages", ages);
        put(audience, "genders", genders);
        put(audience, "languages", languages);
        put(audience, "interests", interests);
        return audience;
    }

    private static void put(ObjectNode audience, String field, Map<String, Double> shares) {
        var node = audience.putObject(field);
        new TreeMap<>(shares).forEach((key, share) -> node.put(key, Sketch.rounded(share)));
    }
}
