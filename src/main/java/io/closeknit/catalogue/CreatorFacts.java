package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.catalogue.StoredCreator.Day;
import io.closeknit.catalogue.StoredCreator.Provenance;
import io.closeknit.catalogue.StoredCreator.StoredAccount;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.catalogue.StoredCreator.StoredNiche;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A creator taken apart into facts that change on their own (her country, the followers of an account, her figures on a
 * day), and put together again. A fact is named by a path whose parts are separated by tabs, which no handle has.
 */
@Component
class CreatorFacts {
    private static final String TAB = "\t";
    private static final String ACCOUNTS = "accounts" + TAB;
    private static final String HISTORY = "history" + TAB;
    private static final String RATES = "rates" + TAB;
    private static final String OTHERS = "olderFigures";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonMapper json;

    CreatorFacts(JsonMapper json) {
        this.json = json;
    }

    /** What she consists of; what is not known is left out. Values compare as they will after having been stored. */
    Map<String, JsonNode> of(StoredCreator creator) {
        var facts = NODES.objectNode();
        put(facts, "name", creator.name());
        put(facts, "kind", creator.kind());
        put(facts, "bio", creator.bio());
        put(facts, "country", creator.country());
        put(facts, "city", creator.city());
        put(facts, "email", creator.email());
        put(facts, "website", creator.website());
        put(facts, "demo", creator.demo() ? Boolean.TRUE : null);
        put(facts, "languages", list(creator.languages()));
        put(facts, "niches", list(creator.niches()));
        put(facts, "hashtags", list(creator.hashtags()));
        put(facts, "mentions", creator.mentions());
        for (var account : creator.accounts()) {
            var path = ACCOUNTS
                    + account.key().platform().key()
                    + TAB
                    + account.key().handleKey();
            json.<ObjectNode>valueToTree(account.document()).forEachEntry((name, value) -> {
                if (!name.equals("platform") && !name.equals("handle") && !value.isNull()) {
                    facts.set(path + TAB + name, value);
                }
            });
            put(facts, path, account.document().handle());
            put(facts, path + TAB + "receivedAt", account.receivedAt());
            put(facts, path + TAB + OTHERS, account.others().isEmpty() ? null : account.others());
        }
        creator.history().forEach((day, point) -> {
            var path = HISTORY + day.platform().key() + TAB + day.on();
            put(facts, path + TAB + "followers", point.followers());
            put(facts, path + TAB + "engagementRate", point.engagementRate());
        });
        for (var rate : creator.rates()) {
            put(
                    facts,
                    RATES + rate.platform().key() + TAB + rate.deliverable().name(),
                    rate.price().amount().toPlainString() + " " + rate.price().currency());
        }
        return read(facts.toString());
    }

    private void put(ObjectNode facts, String path, @Nullable Object value) {
        if (value != null) {
            facts.set(path, json.valueToTree(value));
        }
    }

    private static @Nullable List<?> list(List<?> items) {
        return items.isEmpty() ? null : items;
    }

    private Map<String, JsonNode> read(String text) {
        var facts = new LinkedHashMap<String, JsonNode>();
        json.readTree(text).forEachEntry(facts::put);
        return facts;
    }

    /** What a change replaced, and by what. */
    record Change(@Nullable JsonNode before, @Nullable JsonNode after) {}

    Map<String, Change> between(StoredCreator before, StoredCreator after) {
        var old = of(before);
        var now = of(after);
        var changes = new LinkedHashMap<String, Change>();
        var paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        for (var path : paths) {
            if (!Objects.equals(old.get(path), now.get(path))) {
                changes.put(path, new Change(old.get(path), now.get(path)));
            }
        }
        return changes;
    }

    String write(Map<String, Change> changes) {
        var all = NODES.objectNode();
        changes.forEach((path, change) -> {
            var pair = NODES.arrayNode(2);
            pair.add(change.before());
            pair.add(change.after());
            all.set(path, pair);
        });
        return all.toString();
    }

    Map<String, Change> changes(String text) {
        var changes = new LinkedHashMap<String, Change>();
        json.readTree(text)
                .forEachEntry((path, pair) -> changes.put(path, new Change(known(pair.get(0)), known(pair.get(1)))));
        return changes;
    }

    private static @Nullable JsonNode known(JsonNode node) {
        return node.isNull() ? null : node;
    }

    /** The creator with these facts and no others; id, slug, version and times are those of {@code frame}. */
    StoredCreator creator(StoredCreator frame, Map<String, JsonNode> facts) {
        var accounts = new TreeMap<String, ObjectNode>();
        var history = new TreeMap<Day, HistoryPoint>();
        var rates = new ArrayList<Rate>();
        facts.forEach((path, value) -> {
            if (path.startsWith(ACCOUNTS)) {
                account(path, value, accounts);
            } else if (path.startsWith(HISTORY)) {
                point(path.split(TAB), value, history);
            } else if (path.startsWith(RATES)) {
                var parts = path.split(TAB);
                var price = value.stringValue().split(" ");
                rates.add(new Rate(
                        platform(parts[1]),
                        Deliverable.valueOf(parts[2]),
                        new Money(new BigDecimal(price[0]), price[1])));
            }
        });
        return new StoredCreator(
                frame.id(),
                facts.containsKey("demo"),
                frame.version(),
                frame.createdAt(),
                frame.updatedAt(),
                frame.slug(),
                orElse(text(facts, "name"), frame.name()),
                facts.containsKey("kind") ? json.treeToValue(facts.get("kind"), Kind.class) : null,
                text(facts, "bio"),
                text(facts, "country"),
                text(facts, "city"),
                items(facts, "languages", String.class),
                text(facts, "email"),
                text(facts, "website"),
                StoredCreator.sorted(
                        items(facts, "niches", JsonNode.class).stream()
                                .map(this::niche)
                                .toList(),
                        StoredCreator.BY_WEIGHT),
                items(facts, "hashtags", HashtagWeight.class),
                StoredCreator.sorted(
                        accounts.entrySet().stream()
                                .map(entry -> account(entry.getKey(), entry.getValue()))
                                .toList(),
                        StoredCreator.BY_FOLLOWERS),
                Collections.unmodifiableSortedMap(history),
                facts.containsKey("mentions")
                        ? items(facts, "mentions", JsonNode.class).stream()
                                .map(this::mention)
                                .toList()
                        : null,
                StoredCreator.sorted(rates, StoredCreator.RATES));
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static @Nullable String text(Map<String, JsonNode> facts, String path) {
        var node = facts.get(path);
        return node == null ? null : node.stringValue();
    }

    private <T> List<T> items(Map<String, JsonNode> facts, String path, Class<T> type) {
        var items = new ArrayList<T>();
        if (facts.get(path) instanceof ArrayNode array) {
            array.forEach(item -> items.add(json.treeToValue(item, type)));
        }
        return List.copyOf(items);
    }

    private StoredNiche niche(JsonNode node) {
        return new StoredNiche(node.get("nicheId").intValue(), json.treeToValue(node.get("tag"), NicheWeight.class));
    }

    private StoredMention mention(JsonNode node) {
        var niche = node.get("nicheId");
        var word = node.get("word");
        return new StoredMention(
                niche == null || niche.isNull() ? null : niche.intValue(),
                word == null || word.isNull() ? null : word.stringValue(),
                json.treeToValue(node.get("mention"), Mention.class));
    }

    private static void account(String path, JsonNode value, Map<String, ObjectNode> accounts) {
        var parts = path.split(TAB);
        var fields = accounts.computeIfAbsent(parts[1] + TAB + parts[2], _ -> NODES.objectNode());
        fields.set(parts.length == 3 ? "handle" : parts[3], value);
    }

    private StoredAccount account(String name, ObjectNode fields) {
        var parts = name.split(TAB);
        var receivedAt = fields.remove("receivedAt");
        var others = fields.remove(OTHERS);
        fields.put("platform", parts[0]);
        if (!fields.has("handle")) {
            fields.put("handle", parts[1]); // its arrival was taken back, figures that came later stay
        }
        return new StoredAccount(
                new AccountKey(platform(parts[0]), parts[1]),
                json.treeToValue(fields, AccountDocument.class),
                receivedAt == null ? Instant.EPOCH : json.treeToValue(receivedAt, Instant.class),
                others == null
                        ? Collections.emptySortedMap()
                        : Collections.unmodifiableSortedMap(json.readValue(
                                others.toString(), new TypeReference<TreeMap<String, Provenance>>() {})));
    }

    private static void point(String[] parts, JsonNode value, Map<Day, HistoryPoint> history) {
        var day = new Day(platform(parts[1]), LocalDate.parse(parts[2]));
        var before = history.get(day);
        var isFollowers = parts[3].equals("followers");
        history.put(
                day,
                new HistoryPoint(
                        day.platform(),
                        day.on(),
                        isFollowers ? Long.valueOf(value.longValue()) : before == null ? null : before.followers(),
                        isFollowers
                                ? (before == null ? null : before.engagementRate())
                                : Double.valueOf(value.doubleValue())));
    }

    private static Platform platform(String key) {
        return Platform.valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The account that a fact belongs to; null where it belongs to none. */
    static @Nullable String accountOf(String path) {
        if (!path.startsWith(ACCOUNTS)) {
            return null;
        }
        var parts = path.split(TAB);
        return ACCOUNTS + parts[1] + TAB + parts[2];
    }

    /** A fact's name for people and programs, such as {@code instagram/ana.trails followers}. */
    static String shown(String path) {
        var parts = path.split(TAB);
        return switch (parts.length) {
            case 1 -> parts[0];
            case 3 -> parts[1] + "/" + parts[2].toLowerCase(Locale.ROOT);
            default -> parts[1] + "/" + parts[2] + " " + parts[3];
        };
    }
}
