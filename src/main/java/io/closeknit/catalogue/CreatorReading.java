package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.EngagementStatistic;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.catalogue.SentCreator.SentAccount;
import io.closeknit.catalogue.SentCreator.SentAudience;
import io.closeknit.catalogue.SentCreator.SentPoint;
import io.closeknit.catalogue.StoredCreator.Day;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.catalogue.StoredCreator.StoredNiche;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON object as a creator and says, field by field, what is wrong with it. Nothing is mended silently but the
 * notation: the case of codes, a leading '@' or '#', white space around words.
 */
final class CreatorReading {
    /** More are not listed: whoever sends an object that wrong has one cause to find. */
    static final int MOST_PROBLEMS = 20;

    static final double MOST = 1e10; // ten billion: more than there are people
    static final double MOST_SAMPLED = 1e9;
    static final double MOST_RATE = 100; // 10,000 %
    /** What was wanted, see {@link Sentences}. */
    private static final String A_COUNT = "wanted.count";

    private static final String A_SAMPLE = "wanted.sample";
    static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    /** Rounding aside, shares of one whole sum to 1. */
    static final double MOST_SUM = 1.02;

    private static final SequencedSet<String> CREATOR = fields(
            "slug",
            "name",
            "kind",
            "bio",
            "country",
            "city",
            "languages",
            "email",
            "website",
            "niches",
            "hashtags",
            "accounts",
            "history",
            "mentions",
            "rates");
    private static final SequencedSet<String> ACCOUNT = fields(
            "platform",
            "handle",
            "url",
            "followers",
            "following",
            "posts",
            "postsPerWeek",
            "engagementRate",
            "engagementBasis",
            "engagementStatistic",
            "postsSampled",
            "likes",
            "comments",
            "shares",
            "saves",
            "views",
            "reach",
            "replyRate",
            "authenticity",
            "growth90d",
            "lastPostAt",
            "audience",
            "observedAt",
            "source");
    private static final SequencedSet<String> AUDIENCE =
            fields("countries", "ages", "genders", "languages", "interests", "agesByGender");
    private static final SequencedSet<String> NICHE = fields("niche", "weight", "source");
    private static final SequencedSet<String> HASHTAG = fields("tag", "weight");
    private static final SequencedSet<String> POINT = fields("platform", "on", "followers", "engagementRate");
    private static final SequencedSet<String> MENTION = fields("brand", "niche", "paid", "on", "platform", "url");
    private static final SequencedSet<String> RATE = fields("platform", "deliverable", "price");
    private static final SequencedSet<String> MONEY = fields("amount", "currency");

    private static final Map<String, Platform> PLATFORMS = names(Platform.values());
    private static final Map<String, Kind> KINDS = names(Kind.values());
    private static final Map<String, EngagementBasis> BASES = names(EngagementBasis.values());
    private static final Map<String, EngagementStatistic> STATISTICS = names(EngagementStatistic.values());
    private static final Map<String, Deliverable> DELIVERABLES = names(Deliverable.values());

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Pattern CONTROL_BUT_LINES = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]+");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>()\",;:]+@[^\\s@.<>()\",;:]+(\\.[^\\s@.<>()\",;:]+)+");

    private final Sentences sentences;
    private final NicheTree niches;
    private final boolean unknownNichesKept;
    private final Set<String> knownWords;
    private final Instant latest;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param sentences what is wrong, in words
     * @param unknownNichesKept whether a word that no niche has is kept (as a hashtag, as a word) or a problem
     * @param knownWords words that no niche has but that stand as interests already, so that they may stay
     * @param now nothing can have been observed more than a day later
     */
    CreatorReading(
            Sentences sentences, NicheTree niches, boolean unknownNichesKept, Set<String> knownWords, Instant now) {
        this.sentences = sentences;
        this.knownWords = knownWords;
        this.niches = niches;
        this.unknownNichesKept = unknownNichesKept;
        this.latest = now.plus(1, ChronoUnit.DAYS);
    }

    /** What is wrong; empty where {@link #read} may be relied on. */
    List<Problem> problems() {
        return problems;
    }

    /** Reads the object; the result is worth something only where there are no {@link #problems}. */
    SentCreator read(ObjectNode json) {
        known(json, CREATOR, "");
        var unknownNiches = new ArrayList<HashtagWeight>();
        var tags = niches(json, unknownNiches);
        return new SentCreator(
                slug(json),
                text(json, "name", "", 200),
                choice(json, "kind", "", KINDS),
                field(json, "bio", "", (node, path) -> text(node, path, 10_000, CONTROL_BUT_LINES)),
                field(json, "country", "", this::country),
                text(json, "city", "", 200),
                languages(json),
                field(json, "email", "", this::email),
                field(json, "website", "", this::url),
                tags,
                unknownNiches,
                hashtags(json),
                accounts(json),
                history(json),
                mentions(json),
                rates(json));
    }

    private @Nullable String slug(ObjectNode json) {
        var slug = field(json, "slug", "", (node, path) -> text(node, path, 120, CONTROL))
                .value();
        if (slug != null && !SLUG.matcher(slug).matches()) {
            problem("slug", "slug", shown(slug));
        }
        return slug;
    }

    private Sent<List<StoredNiche>> niches(ObjectNode json, List<HashtagWeight> unknown) {
        return list(json, "niches", "", 500, items -> {
            var found = new LinkedHashMap<Integer, StoredNiche>();
            each(items, "niches", (node, path) -> {
                var item = object(node, path, NICHE);
                var word = item == null ? null : required(item, "niche", path + ".", this::word);
                if (item == null || word == null) {
                    return;
                }
                var weight = weight(item, path);
                var source = text(item, "source", path + ".", 500).value();
                var niche = niche(word, path + ".niche");
                if (niche != null) {
                    found.merge(
                            niche.id(),
                            new StoredNiche(niche.id(), new NicheWeight(niche.slug(), weight, source)),
                            (one, other) -> new StoredNiche(
                                    niche.id(),
                                    new NicheWeight(
                                            niche.slug(),
                                            sum(one.tag().weight(), other.tag().weight()),
                                            one.tag().source() == null
                                                    ? other.tag().source()
                                                    : one.tag().source())));
                } else {
                    unknown.add(new HashtagWeight(withoutHash(word), weight));
                }
            });
            return List.copyOf(found.values());
        });
    }

    private @Nullable Niche niche(String word, String path) {
        var niche = niches.resolve(word);
        if (niche.isEmpty() && !unknownNichesKept) {
            problem(path, "niche", shown(word));
        }
        return niche.orElse(null);
    }

    private Sent<List<HashtagWeight>> hashtags(ObjectNode json) {
        return list(json, "hashtags", "", 2_000, items -> {
            var found = new ArrayList<HashtagWeight>();
            each(items, "hashtags", (node, path) -> {
                var item = object(node, path, HASHTAG);
                var tag = item == null ? null : required(item, "tag", path + ".", this::word);
                if (item != null && tag != null) {
                    found.add(new HashtagWeight(withoutHash(tag), weight(item, path)));
                }
            });
            return distinct(found);
        });
    }

    /** One entry for each tag whatever its case, in the catalogue's order. */
    static List<HashtagWeight> distinct(List<HashtagWeight> hashtags) {
        var byKey = new LinkedHashMap<String, HashtagWeight>();
        for (var hashtag : hashtags) {
            byKey.merge(
                    hashtag.tag().toLowerCase(Locale.ROOT),
                    hashtag,
                    (one, other) -> new HashtagWeight(one.tag(), sum(one.weight(), other.weight())));
        }
        return StoredCreator.sorted(byKey.values(), StoredCreator.HASHTAGS_BY_WEIGHT);
    }

    private static @Nullable Double sum(@Nullable Double one, @Nullable Double other) {
        return one == null ? other : other == null ? one : Double.valueOf(one + other);
    }

    private @Nullable Double weight(ObjectNode item, String path) {
        return field(item, "weight", path + ".", (node, at) -> number(node, at, 0, Double.MAX_VALUE, "wanted.weight"))
                .value();
    }

    private List<SentAccount> accounts(ObjectNode json) {
        var sent = json.get("accounts");
        if (sent != null && sent.isNull()) {
            problem("accounts", "accounts.cleared");
            return List.of();
        }
        var found = list(json, "accounts", "", 50, items -> {
            var accounts = new ArrayList<SentAccount>();
            var places = new HashMap<AccountKey, String>();
            each(items, "accounts", (node, path) -> {
                var account = account(node, path);
                if (account != null) {
                    var before = places.putIfAbsent(account.key(), path);
                    if (before == null) {
                        accounts.add(account);
                    } else {
                        problem(path, "account.twice", path, before);
                    }
                }
            });
            return accounts;
        });
        var accounts = found.value();
        return accounts == null ? List.of() : accounts;
    }

    private @Nullable SentAccount account(JsonNode node, String path) {
        var json = object(node, path, ACCOUNT);
        if (json == null) {
            return null;
        }
        var in = path + ".";
        var platform = required(json, "platform", in, (at, name) -> choice(at, name, PLATFORMS));
        var handle = required(json, "handle", in, this::handle);
        var account = new SentAccount(
                AccountKey.of(platform == null ? Platform.OTHER : platform, handle == null ? "" : handle),
                handle == null ? "" : handle,
                field(json, "url", in, this::url),
                count(json, "followers", in),
                count(json, "following", in),
                count(json, "posts", in),
                number(json, "postsPerWeek", in, 0, 10_000, "wanted.posts"),
                rate(json, in),
                choice(json, "engagementBasis", in, BASES),
                choice(json, "engagementStatistic", in, STATISTICS),
                field(json, "postsSampled", in, (at, name) -> {
                    var posts = whole(at, name, MOST_SAMPLED);
                    return posts == null ? null : posts.intValue();
                }),
                mean(json, "likes", in),
                mean(json, "comments", in),
                mean(json, "shares", in),
                mean(json, "saves", in),
                mean(json, "views", in),
                mean(json, "reach", in),
                share(json, "replyRate", in),
                share(json, "authenticity", in),
                number(json, "growth90d", in, -1, 1_000, "wanted.growth"),
                field(json, "lastPostAt", in, this::instant),
                field(json, "audience", in, this::audience),
                field(json, "observedAt", in, this::instant),
                text(json, "source", in, 500));
        return platform == null || handle == null ? null : account;
    }

    private @Nullable String handle(JsonNode node, String path) {
        if (!isText(node, path)) {
            return null;
        }
        var handle = node.stringValue().strip();
        while (handle.startsWith("@")) {
            handle = handle.substring(1).strip();
        }
        if (handle.isEmpty() || handle.length() > 200) {
            problem(path, "handle.length", handle.length());
            return null;
        }
        if (CONTROL.matcher(handle).find()) {
            problem(path, "handle.control");
            return null;
        }
        return handle;
    }

    private @Nullable SentAudience audience(JsonNode node, String path) {
        var json = object(node, path, AUDIENCE);
        if (json == null) {
            return null;
        }
        var in = path + ".";
        return new SentAudience(
                field(json, "countries", in, (at, name) -> shares(at, name, this::countryKey)),
                field(json, "ages", in, (at, name) -> shares(at, name, key -> oneOf(key, Codes.AGES, "age"))),
                field(json, "genders", in, (at, name) -> shares(at, name, key -> oneOf(key, Codes.GENDERS, "gender"))),
                field(json, "languages", in, (at, name) -> shares(at, name, this::languageKey)),
                field(json, "interests", in, (at, name) -> shares(at, name, this::interestKey)),
                field(json, "agesByGender", in, this::agesByGender));
    }

    private @Nullable Map<String, Map<String, Double>> agesByGender(JsonNode node, String path) {
        if (!isObject(node, path)) {
            return null;
        }
        var found = new TreeMap<String, Map<String, Double>>();
        var sum = 0.0;
        for (var entry : node.properties()) {
            var in = path + "." + entry.getKey();
            if (take(oneOf(entry.getKey(), Codes.GENDERS, "gender"), in) == null) {
                continue;
            }
            var ages = shares(entry.getValue(), in, key -> oneOf(key, Codes.AGES, "age"));
            if (ages != null && !ages.isEmpty()) {
                found.put(entry.getKey(), ages);
                sum += total(ages);
            }
        }
        checkSum(sum, path);
        return found.isEmpty() ? null : found;
    }

    /** What a key of a share map becomes, or the sentence that says what is wrong with it. */
    private record Key(@Nullable String value, Supplier<String> reason) {}

    private Key oneOf(String key, List<String> allowed, String what) {
        return new Key(
                allowed.contains(key) ? key : null,
                () -> sentences.problem(what, shown(key), String.join(", ", allowed)));
    }

    private Key countryKey(String key) {
        return new Key(Codes.country(key).orElse(null), () -> noCountry(key));
    }

    private Key languageKey(String key) {
        return new Key(Codes.language(key).orElse(null), () -> sentences.problem("language", shown(key)));
    }

    private Key interestKey(String key) {
        var niche = niches.resolve(key).map(Niche::slug).orElse(null);
        if (niche == null) {
            var word = plain(key, CONTROL);
            if ((unknownNichesKept || knownWords.contains(word)) && !word.isEmpty() && word.length() <= 200) {
                niche = word;
            }
        }
        return new Key(niche, () -> sentences.problem("interest", shown(key)));
    }

    private @Nullable String take(Key key, String path) {
        if (key.value() == null) {
            add(path, key.reason().get());
        }
        return key.value();
    }

    /** @return by key in the order of the alphabet; null where nothing is in it */
    private @Nullable Map<String, Double> shares(JsonNode node, String path, Function<String, Key> keys) {
        if (!isObject(node, path)) {
            return null;
        }
        if (node.size() > 500) {
            problem(path, "entries", path, node.size(), 500);
            return null;
        }
        var found = new TreeMap<String, Double>();
        for (var entry : node.properties()) {
            var in = path + "." + shown(entry.getKey());
            var key = take(keys.apply(entry.getKey()), in);
            var share = number(entry.getValue(), in, 0, 1, "wanted.shareOfAudience");
            if (key != null && share != null) {
                found.merge(key, share, Double::sum);
            }
        }
        checkSum(total(found), path);
        return found.isEmpty() ? null : Collections.unmodifiableMap(found);
    }

    private static double total(Map<String, Double> shares) {
        return shares.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private void checkSum(double sum, String path) {
        if (sum > MOST_SUM) {
            problem(path, "sum", path, plain(Math.round(sum * 10_000) / 10_000.0));
        }
    }

    private Sent<List<SentPoint>> history(ObjectNode json) {
        return list(json, "history", "", 10_000, items -> {
            var points = new ArrayList<SentPoint>();
            var places = new HashMap<Day, String>();
            each(items, "history", (node, path) -> {
                var item = object(node, path, POINT);
                if (item == null) {
                    return;
                }
                var platform = required(item, "platform", path + ".", (at, name) -> choice(at, name, PLATFORMS));
                var on = required(item, "on", path + ".", this::day);
                var point = new SentPoint(
                        platform == null ? Platform.OTHER : platform,
                        on == null ? FIRST_DAY : on,
                        count(item, "followers", path + "."),
                        rate(item, path + "."));
                if (platform == null || on == null) {
                    return;
                }
                var before = places.putIfAbsent(new Day(platform, on), path);
                if (before == null) {
                    points.add(point);
                } else {
                    problem(path, "history.twice", path, before);
                }
            });
            return points;
        });
    }

    private Sent<List<StoredMention>> mentions(ObjectNode json) {
        return list(json, "mentions", "", 20_000, items -> {
            var mentions = new ArrayList<StoredMention>();
            each(items, "mentions", (node, path) -> {
                var item = object(node, path, MENTION);
                var brand = item == null ? null : required(item, "brand", path + ".", this::word);
                if (item == null || brand == null) {
                    return;
                }
                var in = path + ".";
                var word = field(item, "niche", in, this::word).value();
                var niche = word == null ? null : niche(word, in + "niche");
                mentions.add(new StoredMention(
                        niche == null ? null : niche.id(),
                        niche == null ? word : null,
                        new Mention(
                                brand,
                                niche == null ? null : niche.slug(),
                                field(item, "paid", in, this::truth).value(),
                                field(item, "on", in, this::day).value(),
                                choice(item, "platform", in, PLATFORMS).value(),
                                field(item, "url", in, this::url).value())));
            });
            return StoredCreator.sorted(mentions, StoredCreator.YOUNGEST_FIRST);
        });
    }

    private Sent<List<Rate>> rates(ObjectNode json) {
        return list(json, "rates", "", 500, items -> {
            var rates = new ArrayList<Rate>();
            var places = new HashSet<List<Object>>();
            each(items, "rates", (node, path) -> {
                var item = object(node, path, RATE);
                if (item == null) {
                    return;
                }
                var platform = required(item, "platform", path + ".", (at, name) -> choice(at, name, PLATFORMS));
                var deliverable =
                        required(item, "deliverable", path + ".", (at, name) -> choice(at, name, DELIVERABLES));
                var price = required(item, "price", path + ".", this::money);
                if (platform == null || deliverable == null || price == null) {
                    return;
                }
                if (places.add(List.of(platform, deliverable))) {
                    rates.add(new Rate(platform, deliverable, price));
                } else {
                    problem(path, "price.twice", path);
                }
            });
            return StoredCreator.sorted(rates, StoredCreator.RATES);
        });
    }

    private @Nullable Money money(JsonNode node, String path) {
        var json = object(node, path, MONEY);
        if (json == null) {
            return null;
        }
        var amount = required(json, "amount", path + ".", (at, name) -> {
            if (number(at, name, 0, 1e9, "wanted.amount") == null) {
                return null;
            }
            var exact = at.decimalValue().stripTrailingZeros();
            if (exact.scale() > 6) {
                problem(name, "decimals", name);
                return null;
            }
            return exact.scale() < 0 ? exact.setScale(0) : exact;
        });
        var currency = required(json, "currency", path + ".", (at, name) -> {
            var code = text(at, name, 20, CONTROL);
            var known = code == null ? null : Codes.currency(code).orElse(null);
            if (code != null && known == null) {
                problem(name, "currency", name, shown(code));
            }
            return known;
        });
        return amount == null || currency == null ? null : new Money(amount, currency);
    }

    private Sent<List<String>> languages(ObjectNode json) {
        return list(json, "languages", "", 100, items -> {
            var found = new LinkedHashSet<String>();
            each(items, "languages", (node, path) -> {
                var tag = text(node, path, 100, CONTROL);
                var known = tag == null ? null : Codes.language(tag).orElse(null);
                if (known != null) {
                    found.add(known);
                } else if (tag != null) {
                    problem(path, "language", shown(tag));
                }
            });
            return List.copyOf(found);
        });
    }

    private @Nullable String country(JsonNode node, String path) {
        var code = text(node, path, 100, CONTROL);
        var known = code == null ? null : Codes.country(code).orElse(null);
        if (code != null && known == null) {
            add(path, noCountry(code));
        }
        return known;
    }

    private String noCountry(String code) {
        return code.equalsIgnoreCase("UK")
                ? sentences.problem("country.uk", shown(code))
                : sentences.problem("country", shown(code));
    }

    private @Nullable String email(JsonNode node, String path) {
        var email = text(node, path, 254, CONTROL);
        if (email != null && !EMAIL.matcher(email).matches()) {
            problem(path, "email", path, shown(email));
            return null;
        }
        return email;
    }

    private @Nullable String url(JsonNode node, String path) {
        var url = text(node, path, 2_000, CONTROL);
        if (url == null) {
            return null;
        }
        try {
            var parsed = new URI(url);
            var scheme = parsed.getScheme();
            if (scheme != null
                    && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                    && parsed.getRawAuthority() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        problem(path, "url", path, shown(url));
        return null;
    }

    private @Nullable LocalDate day(JsonNode node, String path) {
        if (!isText(node, path)) {
            return null;
        }
        try {
            var day = LocalDate.parse(node.stringValue().strip());
            return inTime(day.atStartOfDay(ZoneOffset.UTC).toInstant(), path) ? day : null;
        } catch (DateTimeException e) {
            problem(path, "day", path, shown(node.stringValue()));
            return null;
        }
    }

    private @Nullable Instant instant(JsonNode node, String path) {
        if (!isText(node, path)) {
            return null;
        }
        var text = node.stringValue().strip();
        try {
            var instant = text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            // PostgreSQL keeps microseconds.
            return inTime(instant, path) ? instant.truncatedTo(ChronoUnit.MICROS) : null;
        } catch (DateTimeException e) {
            problem(path, "time", path, shown(text));
            return null;
        }
    }

    private boolean inTime(Instant instant, String path) {
        if (instant.isAfter(latest)) {
            problem(path, "future", path);
            return false;
        }
        if (instant.isBefore(FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant())) {
            problem(path, "past", path);
            return false;
        }
        return true;
    }

    // The plain kinds of values, each with the sentence for what it is not.

    private Sent<Long> count(ObjectNode json, String name, String in) {
        return field(json, name, in, (node, path) -> whole(node, path, MOST));
    }

    private @Nullable Long whole(JsonNode node, String path, double most) {
        var wanted = most == MOST ? A_COUNT : A_SAMPLE;
        var value = number(node, path, 0, most, wanted);
        if (value == null) {
            return null;
        }
        if (value != Math.rint(value)) {
            problem(path, "value", path, plain(value), sentences.problem(wanted));
            return null;
        }
        return value.longValue();
    }

    private Sent<Double> mean(ObjectNode json, String name, String in) {
        return number(json, name, in, 0, MOST, "wanted.mean");
    }

    private Sent<Double> share(ObjectNode json, String name, String in) {
        return number(json, name, in, 0, 1, "wanted.share");
    }

    private Sent<Double> rate(ObjectNode json, String in) {
        return number(json, "engagementRate", in, 0, MOST_RATE, "wanted.rate");
    }

    private Sent<Double> number(ObjectNode json, String name, String in, double least, double most, String wanted) {
        return field(json, name, in, (node, path) -> number(node, path, least, most, wanted));
    }

    private @Nullable Double number(JsonNode node, String path, double least, double most, String wanted) {
        if (!node.isNumber()) {
            problem(path, "kind", path, sentences.problem(wanted), kind(node));
            return null;
        }
        var value = node.doubleValue(Double.NaN); // not a number also where no double is as large
        if (!(value >= least && value <= most)) {
            problem(
                    path,
                    "value",
                    path,
                    Double.isFinite(value) ? plain(value) : sentences.problem("tooLarge"),
                    sentences.problem(wanted));
            return null;
        }
        return value == 0 ? 0.0 : value; // -0.0 is no figure
    }

    private @Nullable Boolean truth(JsonNode node, String path) {
        if (!node.isBoolean()) {
            problem(path, "kind", path, sentences.problem("kind.truth"), kind(node));
            return null;
        }
        return node.booleanValue();
    }

    private @Nullable String word(JsonNode node, String path) {
        return text(node, path, 200, CONTROL);
    }

    private Sent<String> text(ObjectNode json, String name, String in, int most) {
        return field(json, name, in, (node, path) -> text(node, path, most, CONTROL));
    }

    /** @return null where it is blank */
    private @Nullable String text(JsonNode node, String path, int most, Pattern unwanted) {
        if (!isText(node, path)) {
            return null;
        }
        var sent = node.stringValue();
        if (sent.length() > most) {
            problem(path, "characters", path, sent.length(), most);
            return null;
        }
        var text = plain(sent, unwanted);
        return text.isEmpty() ? null : text;
    }

    /** Without control characters and white space around it; most texts have neither. */
    private static String plain(String sent, Pattern unwanted) {
        for (var i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) < ' ' || sent.charAt(i) == 127) {
                return unwanted.matcher(sent).replaceAll(" ").strip();
            }
        }
        return sent.strip();
    }

    private static String withoutHash(String word) {
        var tag = word;
        while (tag.startsWith("#") && tag.length() > 1) {
            tag = tag.substring(1).strip();
        }
        return tag.isEmpty() ? word : tag;
    }

    private <T> Sent<T> choice(ObjectNode json, String name, String in, Map<String, T> choices) {
        return field(json, name, in, (node, path) -> choice(node, path, choices));
    }

    private <T> @Nullable T choice(JsonNode node, String path, Map<String, T> choices) {
        if (!isText(node, path)) {
            return null;
        }
        var chosen = choices.get(node.stringValue());
        if (chosen == null) {
            problem(path, "choice", path, shown(node.stringValue()), String.join(", ", choices.keySet()));
        }
        return chosen;
    }

    private boolean isText(JsonNode node, String path) {
        return is(node.isString(), node, path, "kind.text");
    }

    private boolean isObject(JsonNode node, String path) {
        return is(node.isObject(), node, path, "kind.object");
    }

    private boolean is(boolean right, JsonNode node, String path, String wanted) {
        if (!right) {
            problem(path, "kind", path, sentences.problem(wanted), kind(node));
        }
        return right;
    }

    private String kind(JsonNode node) {
        return sentences.problem(
                switch (node.getNodeType()) {
                    case STRING -> "kind.text";
                    case NUMBER -> "kind.number";
                    case BOOLEAN -> "kind.truth";
                    case ARRAY -> "kind.list";
                    case NULL -> "kind.null";
                    default -> "kind.object";
                });
    }

    // Objects and lists.

    private interface Reader<T> {
        @Nullable
        T read(JsonNode node, String path);
    }

    private interface Item {
        void read(JsonNode node, String path);
    }

    private <T> Sent<T> field(ObjectNode json, String name, String in, Reader<T> reader) {
        var node = json.get(name);
        if (node == null) {
            return Sent.absent();
        }
        return Sent.of(node.isNull() ? null : reader.read(node, in + name));
    }

    private <T> @Nullable T required(ObjectNode json, String name, String in, Reader<T> reader) {
        var node = json.get(name);
        var before = problems.size();
        var value = node == null || node.isNull() ? null : reader.read(node, in + name);
        if (value == null && problems.size() == before) {
            problem(in + name, "missing", in + name);
        }
        return value;
    }

    private <T> Sent<List<T>> list(
            ObjectNode json, String name, String in, int most, Function<JsonNode, List<T>> reader) {
        return field(json, name, in, (node, path) -> {
            if (!is(node.isArray(), node, path, "kind.list")) {
                return null;
            }
            if (node.size() > most) {
                problem(path, "entries", path, node.size(), most);
                return null;
            }
            return reader.apply(node);
        });
    }

    private void each(JsonNode items, String path, Item reader) {
        for (var i = 0; i < items.size() && problems.size() < MOST_PROBLEMS; i++) {
            reader.read(items.get(i), path + "[" + i + "]");
        }
    }

    private @Nullable ObjectNode object(JsonNode node, String path, Set<String> fields) {
        if (!isObject(node, path)) {
            return null;
        }
        var json = (ObjectNode) node;
        known(json, fields, path + ".");
        return json;
    }

    private void known(ObjectNode json, Set<String> fields, String in) {
        for (var name : json.propertyNames()) {
            if (!fields.contains(name)) {
                problem(in + shown(name), "field", shown(name), String.join(", ", fields));
            }
        }
    }

    private void problem(String path, String key, Object... arguments) {
        if (problems.size() < MOST_PROBLEMS) {
            add(path, sentences.problem(key, arguments));
        }
    }

    private void add(String path, String reason) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(path, reason));
        }
    }

    /** The beginning of what was sent, fit for a sentence. */
    static String shown(String sent) {
        var line = CONTROL.matcher(sent).replaceAll(" ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static SequencedSet<String> fields(String... names) {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(Arrays.asList(names)));
    }

    private static <E extends Enum<E>> Map<String, E> names(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toMap(
                        value -> value.name().toLowerCase(Locale.ROOT),
                        value -> value,
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
