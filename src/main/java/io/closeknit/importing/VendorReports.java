package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands what other services send about a creator: reports of the Modash API, creators and connections of the
 * HypeAuditor API, profiles of the InsightIQ API. Whatever of it the catalogue has no place for is noted.
 *
 * <p>The trap is the engagement rate: a fraction at Modash, a percentage at HypeAuditor, a fraction that can pass 1 at
 * InsightIQ (likes alone by followers). See docs/importing.md for where the shapes were seen.
 */
final class VendorReports {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{2})(?:-\\d{2}.*)?");
    private static final Set<String> AGES = Set.of("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+");
    private static final int SHOWN = 80;

    private final List<Translated.Note> notes;
    private final ObjectNode creator = JSON.objectNode();
    private final ObjectNode account = JSON.objectNode();

    private VendorReports(List<Translated.Note> notes) {
        this.notes = notes;
    }

    /**
     * @param chosen platform for the whole file
     * @param ofFileName what stands where neither the file nor the object says
     * @param notes gets what is left out or altered
     * @return empty where the object has none of the shapes
     */
    static Optional<Translated> read(
            ObjectNode object, @Nullable Platform chosen, @Nullable Platform ofFileName, List<Translated.Note> notes) {
        var report = new VendorReports(notes);
        if (object.has("accounts") && object.get("accounts").isArray()) {
            return Optional.empty(); // our own
        }
        Platform named = null;
        if (object.get("work_platform") instanceof ObjectNode || isInsightIq(object)) {
            SpecialData.remove(object, notes);
            named = report.insightIq(object);
        } else if (object.get("profile") instanceof ObjectNode profile
                && (profile.get("profile") instanceof ObjectNode || profile.has("userId") || profile.has("username"))) {
            SpecialData.remove(object, notes);
            named = report.modash(profile.get("profile") instanceof ObjectNode ? profile : object);
        } else if (object.get("accounts") instanceof ObjectNode accounts) {
            SpecialData.remove(object, notes);
            return Optional.of(report.hypeAuditorCreator(object, accounts, chosen));
        } else if (object.has("subscribers_count") && object.has("username")) {
            SpecialData.remove(object, notes);
            named = report.hypeAuditorConnection(object);
        } else {
            return Optional.empty();
        }
        var platform = chosen != null ? chosen : named != null ? named : ofFileName;
        if (!report.account.has("handle")) {
            return Optional.of(new Translated.Refused(Sentence.of("importing.reject.noHandle")));
        }
        if (platform == null) {
            return Optional.of(new Translated.Refused(Sentence.of("importing.reject.noPlatform")));
        }
        report.name(platform);
        report.creator.putArray("accounts").add(report.account.put("platform", platform.key()));
        return Optional.of(new Translated.Creator(report.creator, notes));
    }

    private static boolean isInsightIq(ObjectNode object) {
        return object.get("profile") instanceof ObjectNode profile && profile.has("platform_username")
                || object.has("platform_username");
    }

    /** History and mentions name the platform too. */
    private void name(Platform platform) {
        for (var list : List.of("history", "mentions")) {
            if (creator.get(list) != null) {
                creator.get(list).forEach(item -> ((ObjectNode) item).put("platform", platform.key()));
            }
        }
    }

    private @Nullable Platform modash(ObjectNode report) {
        var inner = report.get("profile");
        text(inner, "username", account, "handle");
        if (!account.has("handle")) {
            text(inner, "handle", account, "handle");
        }
        text(inner, "url", account, "url");
        text(inner, "fullname", creator, "name");
        count(inner, "followers", "followers");
        rate(inner, "engagementRate", false);
        text(report, "bio", creator, "bio");
        text(report, "city", creator, "city");
        country(report.get("country"), "country");
        languages(report.get("language"), "language");
        for (var contact : array(report, "contacts")) {
            var value = string(contact, "value");
            if (value != null && "email".equalsIgnoreCase(string(contact, "type")) && value.contains("@")) {
                creator.put("email", value);
            } else if (value != null) {
                leftOut("contacts", string(contact, "type") + " " + value, "importing.note.notKept");
            }
        }
        count(report, "postsCount", "posts");
        amount(report.path("stats").path("avgLikes"), "value", "likes", "stats.avgLikes");
        amount(report.path("stats").path("avgComments"), "value", "comments", "stats.avgComments");
        amount(report.path("stats").path("avgShares"), "value", "shares", "stats.avgShares");
        amount(report, "avgViews", "views", "avgViews");
        if (!account.has("views")) {
            amount(report, "avgReelsPlays", "views", "avgReelsPlays");
        }
        weighted(report, "hashtags", "tag", creator, "hashtags");
        history(report, "statHistory", "followers");
        modashMentions(report);
        modashAudience(report.get("audience"));
        unused(
                report,
                Set.of(
                        "profile",
                        "bio",
                        "city",
                        "country",
                        "language",
                        "contacts",
                        "postsCount",
                        "stats",
                        "avgViews",
                        "avgReelsPlays",
                        "hashtags",
                        "mentions",
                        "statHistory",
                        "sponsoredPosts",
                        "audience",
                        "userId",
                        "error",
                        "ethnicities"));
        if (account.has("engagementRate")) {
            account.put("engagementBasis", "followers");
        }
        return platform(string(report, "platform"), string(inner, "url"));
    }

    private void modashMentions(ObjectNode report) {
        if (!report.has("mentions") && !report.has("sponsoredPosts")) {
            return;
        }
        var mentions = creator.putArray("mentions");
        for (var post : array(report, "sponsoredPosts")) {
            for (var sponsor : array(post, "sponsors")) {
                var brand = Optional.ofNullable(string(sponsor, "fullname"))
                        .or(() -> Optional.ofNullable(string(sponsor, "username")))
                        .or(() -> Optional.ofNullable(string(sponsor, "domain")));
                brand.ifPresent(name -> {
                    var mention = mentions.addObject().put("brand", name).put("paid", true);
                    day(string(post, "created")).ifPresent(day -> mention.put("on", day.toString()));
                    var url = string(post, "url");
                    if (url != null && url.startsWith("http")) {
                        mention.put("url", url);
                    }
                });
            }
        }
        for (var mention : array(report, "mentions")) {
            var tag = string(mention, "tag");
            if (tag != null) {
                mentions.addObject().put("brand", tag);
            }
        }
    }

    private void modashAudience(@Nullable JsonNode audience) {
        if (!(audience instanceof ObjectNode shares)) {
            return;
        }
        fraction(shares, "credibility", account, "authenticity");
        var out = JSON.objectNode();
        map(shares, "geoCountries", "code", out, "countries", VendorReports::countryCode);
        map(shares, "genders", "code", out, "genders", VendorReports::gender);
        map(shares, "ages", "code", out, "ages", VendorReports::age);
        map(
                shares,
                "languages",
                "code",
                out,
                "languages",
                code -> LanguageNames.find(code).orElse(null));
        map(shares, "interests", "name", out, "interests", name -> name);
        var byGender = JSON.objectNode();
        for (var item : array(shares, "gendersPerAge")) {
            var code = string(item, "code");
            var band = code == null ? null : age(code);
            if (band == null) {
                leftOut("audience.gendersPerAge", String.valueOf(code), "importing.note.ageBand");
                continue;
            }
            for (var gender : List.of("female", "male")) {
                if (item.path(gender).isNumber()) {
                    byGender.withObject("/" + gender)
                            .put(band, item.path(gender).asDouble());
                }
            }
        }
        if (!byGender.isEmpty()) {
            out.set("agesByGender", byGender);
        }
        if (!out.isEmpty()) {
            account.set("audience", out);
        }
        for (var name : shares.propertyNames()) {
            if (!Set.of("credibility", "geoCountries", "genders", "ages", "languages", "interests", "gendersPerAge")
                    .contains(name)) {
                notes.add(Translated.Note.leftOut("audience." + name, "", Sentence.of("importing.note.notKept")));
            }
        }
    }

    private Translated hypeAuditorCreator(ObjectNode object, ObjectNode accounts, @Nullable Platform chosen) {
        var name = Optional.ofNullable(string(object, "full_name"))
                .orElse((orEmpty(string(object, "first_name")) + " " + orEmpty(string(object, "last_name"))).strip());
        if (!name.isEmpty()) {
            creator.put("name", name);
        }
        text(object, "bio", creator, "bio");
        country(
                object.path("country").has("code")
                        ? object.path("country").get("code")
                        : object.path("country").get("title"),
                "country");
        languages(object.get("language"), "language");
        for (var mail : array(object, "emails")) {
            if (!creator.has("email") && mail.isString() && mail.stringValue().contains("@")) {
                creator.put("email", mail.stringValue());
            }
        }
        var list = creator.putArray("accounts");
        for (var entry : accounts.properties()) {
            var platform = HeaderWords.platformOfWord(entry.getKey());
            var handle = string(entry.getValue(), "username");
            if (platform.isEmpty() || handle == null || chosen != null && chosen != platform.get()) {
                leftOut("accounts." + entry.getKey(), String.valueOf(handle), "importing.note.platform");
                continue;
            }
            var report = new VendorReports(notes);
            report.account.put("platform", platform.get().key()).put("handle", handle);
            report.count(entry.getValue(), "subscribers_count", "followers");
            report.percentage(entry.getValue(), platform.get());
            list.add(report.account);
        }
        unused(
                object,
                Set.of("first_name", "last_name", "full_name", "bio", "country", "language", "emails", "accounts"));
        return list.isEmpty()
                ? new Translated.Refused(Sentence.of("importing.reject.noHandle"))
                : new Translated.Creator(creator, notes);
    }

    private @Nullable Platform hypeAuditorConnection(ObjectNode object) {
        text(object, "username", account, "handle");
        text(object, "title", creator, "name");
        count(object, "subscribers_count", "followers");
        var platform = platform(string(object, "type"), string(object, "url"));
        percentage(object, platform);
        unused(
                object,
                Set.of("username", "title", "subscribers_count", "er", "type", "url", "social_id", "avatar_url"));
        return platform;
    }

    /** A percentage, and always 0 where HypeAuditor knows none (Twitch, Snapchat). */
    private void percentage(JsonNode object, @Nullable Platform platform) {
        var rate = number(object, "er");
        if (rate == null) {
            return;
        }
        if (rate == 0 && platform == Platform.TWITCH) {
            leftOut("er", "0", "importing.note.rateOfTwitch");
            return;
        }
        var fraction = java.math.BigDecimal.valueOf(rate).movePointLeft(2).doubleValue();
        account.put("engagementRate", fraction).put("engagementBasis", "followers");
        notes.add(new Translated.Note(
                "er", Double.toString(rate), Double.toString(fraction), Sentence.of("importing.made.percent")));
    }

    private @Nullable Platform insightIq(ObjectNode object) {
        var profile = object.get("profile") instanceof ObjectNode inner ? inner : object;
        text(profile, "platform_username", account, "handle");
        text(profile, "url", account, "url");
        text(profile, "full_name", creator, "name");
        text(profile, "introduction", creator, "bio");
        count(profile, "follower_count", "followers");
        if (!account.has("followers")) {
            count(profile, "subscriber_count", "followers");
        }
        count(profile, "content_count", "posts");
        amount(profile, "average_likes", "likes", "average_likes");
        amount(profile, "average_comments", "comments", "average_comments");
        amount(profile, "average_views", "views", "average_views");
        if (!account.has("views")) {
            amount(profile, "average_reels_views", "views", "average_reels_views");
        }
        rate(profile, "engagement_rate", true);
        if (account.has("engagementRate")) {
            account.put("engagementBasis", "followers").put("engagementStatistic", "mean");
        }
        languages(profile.get("language"), "language");
        var location = profile.path("location");
        text(location, "city", creator, "city");
        country(location.get("country"), "location.country");
        weighted(profile, "top_hashtags", "name", creator, "hashtags");
        history(profile, "reputation_history", "follower_count");
        contents(profile);
        var type = string(profile, "platform_account_type");
        if (type != null && type.equalsIgnoreCase("BUSINESS")) {
            leftOut("platform_account_type", type, "importing.note.notKept");
        }
        var platform = platform(
                Optional.ofNullable(string(object.path("work_platform"), "name"))
                        .orElse(string(profile, "platform")),
                string(profile, "url"));
        unused(
                profile,
                Set.of(
                        "platform_username",
                        "url",
                        "full_name",
                        "introduction",
                        "follower_count",
                        "subscriber_count",
                        "content_count",
                        "average_likes",
                        "average_comments",
                        "average_views",
                        "average_reels_views",
                        "engagement_rate",
                        "language",
                        "location",
                        "top_hashtags",
                        "reputation_history",
                        "top_contents",
                        "platform_account_type",
                        "external_id",
                        "image_url",
                        "work_platform",
                        "platform"));
        return platform;
    }

    private void contents(JsonNode profile) {
        Instant last = null;
        for (var content : array(profile, "top_contents")) {
            var published = string(content, "published_at");
            var moment = published == null ? null : DateCell.parse(published).orElse(null);
            if (moment != null && (last == null || moment.isAfter(last))) {
                last = moment;
            }
        }
        if (last != null) {
            account.put("lastPostAt", last.toString());
        }
    }

    // Single values

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String string(@Nullable JsonNode object, String name) {
        var value = object == null ? null : object.get(name);
        if (value == null || !value.isValueNode() || value.isNull()) {
            return null;
        }
        var text = value.asString().strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Double number(@Nullable JsonNode object, String name) {
        var value = object == null ? null : object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return value.asDouble();
        }
        if (!value.isString()) {
            return null;
        }
        try {
            return Double.valueOf(value.stringValue().strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static List<JsonNode> array(@Nullable JsonNode object, String name) {
        var items = new ArrayList<JsonNode>();
        var array = object == null ? null : object.get(name);
        if (array != null && array.isArray()) {
            array.forEach(items::add);
        }
        return items;
    }

    private static void text(@Nullable JsonNode from, String name, ObjectNode to, String as) {
        var value = string(from, name);
        if (value != null) {
            to.put(as, value);
        }
    }

    private void count(@Nullable JsonNode from, String name, String as) {
        var value = number(from, name);
        if (value == null || !Double.isFinite(value)) {
            return;
        }
        if (value < 0) {
            leftOut(name, value.toString(), "importing.note.negative");
            return;
        }
        account.put(as, Math.round(value));
        if (value != Math.rint(value)) {
            notes.add(new Translated.Note(
                    name, value.toString(), Long.toString(Math.round(value)), Sentence.of("importing.made.rounded")));
        }
    }

    private void amount(@Nullable JsonNode from, String name, String as, String path) {
        var value = number(from, name);
        if (value != null && Double.isFinite(value)) {
            if (value < 0) {
                leftOut(path, value.toString(), "importing.note.negative");
            } else {
                account.put(as, value);
            }
        }
    }

    private void rate(@Nullable JsonNode from, String name, boolean mayPassOne) {
        var value = number(from, name);
        if (value == null || !Double.isFinite(value)) {
            return;
        }
        if (value < 0) {
            leftOut(name, value.toString(), "importing.note.negative");
        } else {
            account.put("engagementRate", value);
            if (value > 1 && !mayPassOne) {
                notes.add(new Translated.Note(
                        name, value.toString(), value.toString(), Sentence.of("importing.made.rateAboveOne")));
            }
        }
    }

    private void fraction(JsonNode from, String name, ObjectNode to, String as) {
        var value = number(from, name);
        if (value != null) {
            if (value >= 0 && value <= 1) {
                to.put(as, value);
            } else {
                leftOut("audience." + name, value.toString(), "importing.note.noShare");
            }
        }
    }

    private void country(@Nullable JsonNode value, String path) {
        var word = value == null
                ? null
                : value.isString()
                        ? value.stringValue()
                        : Optional.ofNullable(string(value, "code")).orElse(string(value, "name"));
        if (word == null || word.isBlank()) {
            return;
        }
        CountryNames.find(word)
                .ifPresentOrElse(
                        code -> creator.put("country", code), () -> leftOut(path, word, "importing.note.country"));
    }

    private void languages(@Nullable JsonNode value, String path) {
        var words = new ArrayList<String>();
        if (value != null && value.isArray()) {
            value.forEach(item -> words.add(item.isString() ? item.stringValue() : orEmpty(string(item, "code"))));
        } else if (value != null && value.isString()) {
            words.add(value.stringValue());
        } else if (value != null) {
            words.add(Optional.ofNullable(string(value, "code")).orElse(orEmpty(string(value, "name"))));
        }
        var found = new java.util.LinkedHashSet<String>();
        for (var word : words) {
            if (!word.isBlank()) {
                LanguageNames.find(word)
                        .ifPresentOrElse(found::add, () -> leftOut(path, word, "importing.note.language"));
            }
        }
        if (!found.isEmpty()) {
            var array = creator.putArray("languages");
            found.forEach(array::add);
        }
    }

    private void weighted(JsonNode from, String name, String key, ObjectNode to, String as) {
        var items = new LinkedHashMap<String, @Nullable Double>();
        for (var item : array(from, name)) {
            var tag = item.isString() ? item.stringValue() : string(item, key);
            if (tag != null && !tag.isBlank()) {
                var weight = number(item, "weight");
                items.putIfAbsent(tag, weight == null ? number(item, "value") : weight);
            }
        }
        if (!items.isEmpty()) {
            var array = to.putArray(as);
            items.forEach((tag, weight) -> {
                var item = array.addObject().put("tag", tag.startsWith("#") ? tag.substring(1) : tag);
                if (weight != null && weight >= 0 && Double.isFinite(weight)) {
                    item.put("weight", weight);
                }
            });
        }
    }

    private void history(JsonNode from, String name, String followers) {
        var points = new LinkedHashMap<String, Long>();
        for (var item : array(from, name)) {
            var match = MONTH.matcher(orEmpty(string(item, "month")));
            var count = number(item, followers);
            if (match.matches() && count != null && count >= 0) {
                day(match.group(1) + "-" + match.group(2) + "-01")
                        .ifPresent(day -> points.put(day.toString(), Math.round(count)));
            } else {
                leftOut(name, item.toString(), "importing.note.date");
            }
        }
        if (!points.isEmpty()) {
            var array = creator.putArray("history");
            points.forEach((day, count) -> array.addObject().put("on", day).put("followers", count));
        }
    }

    private interface Coding {
        @Nullable
        String of(String code);
    }

    private void map(ObjectNode from, String name, String key, ObjectNode to, String as, Coding coding) {
        var shares = new LinkedHashMap<String, Double>();
        for (var item : array(from, name)) {
            var code = string(item, key);
            var weight = number(item, "weight");
            var value = code == null ? null : coding.of(code);
            if (value == null || weight == null || !(weight >= 0 && weight <= 1)) {
                leftOut(
                        "audience." + name,
                        code + " " + weight,
                        as.equals("ages") ? "importing.note.ageBand" : "importing.note.notKept");
                continue;
            }
            shares.merge(value, weight, Double::sum);
        }
        if (!shares.isEmpty()) {
            var object = to.putObject(as);
            shares.forEach(object::put);
        }
    }

    private static @Nullable String countryCode(String code) {
        return CountryNames.find(code).orElse(null);
    }

    private static @Nullable String gender(String code) {
        return switch (code.toLowerCase(Locale.ROOT)) {
            case "female", "f", "women", "w" -> "female";
            case "male", "m", "men" -> "male";
            case "other", "o", "unknown", "diverse" -> "other";
            default -> null;
        };
    }

    /** A band that spans two of ours (45-64) can't be split without inventing figures. */
    private static @Nullable String age(String code) {
        var band = code.replace("65-", "65+").replace("–", "-").replace(" ", "");
        return AGES.contains(band) ? band : null;
    }

    private static @Nullable Platform platform(@Nullable String name, @Nullable String url) {
        var named = name == null ? Optional.<Platform>empty() : HeaderWords.platformOfWord(name);
        return named.or(() -> ProfileAddress.parse(orEmpty(url)).map(ProfileAddress::platform))
                .orElse(null);
    }

    private static Optional<LocalDate> day(@Nullable String text) {
        return text == null
                ? Optional.empty()
                : DateCell.parse(text)
                        .map(moment -> moment.atOffset(java.time.ZoneOffset.UTC).toLocalDate());
    }

    private void unused(ObjectNode object, Set<String> used) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            var value = entry.getValue();
            if (!used.contains(entry.getKey()) && !value.isNull() && !(value.isContainer() && value.isEmpty())) {
                notes.add(Translated.Note.leftOut(entry.getKey(), "", Sentence.of("importing.note.notKept")));
            }
        }
    }

    private void leftOut(String path, String value, String key) {
        notes.add(Translated.Note.leftOut(
                path, value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value, Sentence.of(key)));
    }
}
