package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.ImportField.Kind;
import io.closeknit.importing.NumberCell.UnclearNumberException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table of posts as records of creators: the posts of a handle are taken together, wherever in the file they stand. The
 * first record is given when the file has been read to its end; until then a few figures are held for each creator, never
 * the posts. Rows that say whose post it is in no way, or something that cannot be right, are records with a problem.
 */
final class PostRecords implements RecordReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_HASHTAGS = 400;
    private static final int HASHTAGS_SENT = 60;
    private static final int MOST_MENTIONS = 400;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Pattern WORDS = Pattern.compile("[\\s,;|#@]+");
    private static final Pattern HASHTAG = Pattern.compile("#([\\p{L}\\p{M}\\p{N}_]+)");
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{N}._])@([\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._]{0,28}[\\p{L}\\p{N}_])?)");

    /** Hashtags by which people say that a post was paid; see docs/importing.md. */
    private static final Set<String> PAID = Set.of(
            "ad",
            "ads",
            "advert",
            "advertising",
            "advertisement",
            "adv",
            "sponsored",
            "sponsoredpost",
            "sponsoredby",
            "sponsoredcontent",
            "spon",
            "paid",
            "paidpartnership",
            "paidpartner",
            "paidad",
            "paidpost",
            "paidpromotion",
            "werbung",
            "anzeige",
            "bezahltewerbung",
            "bezahlteanzeige",
            "sponsoredvideo",
            "publi",
            "publicidad",
            "publicidadpagada",
            "publicite",
            "publicité",
            "partenariatremunere",
            "partenariatrémunéré",
            "sponsorise",
            "sponsorisé",
            "pubblicita",
            "pubblicità",
            "publipost",
            "colaboracionpagada",
            "publicidade",
            "publipagada",
            "reklama",
            "reklam",
            "oglas",
            "annonce",
            "annons",
            "reklame",
            "betaaldesamenwerking",
            "gesponsord",
            "gesponsert",
            "patrocinado",
            "isbirligi",
            "işbirliği",
            "реклама",
            "協賛",
            "広告",
            "광고",
            "협찬");

    private final RecordReader rows;
    private final FileMapping mapping;
    private final char delimiter;
    private final Map<String, Creator> creators = new LinkedHashMap<>();
    private final Deque<RawRecord> ready = new ArrayDeque<>();
    private boolean read;

    PostRecords(RecordReader rows, FileMapping mapping, char delimiter) {
        this.rows = rows;
        this.mapping = mapping;
        this.delimiter = delimiter;
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        if (!read) {
            read = true;
            for (var row = rows.next(); row != null; row = rows.next()) {
                if (row.problem() != null) {
                    ready.add(row);
                } else {
                    take(row);
                }
            }
            creators.values().forEach(creator -> ready.add(creator.record()));
            creators.clear();
        }
        return ready.poll();
    }

    private void take(RawRecord row) {
        var cells = CsvCells.of(row.text(), delimiter);
        if (cells == null) {
            refuse(row, Sentence.of("importing.reject.quotes"));
            return;
        }
        if (cells.size() > mapping.columns().size()
                && cells.subList(mapping.columns().size(), cells.size()).stream()
                        .anyMatch(cell -> !cell.isBlank())) {
            refuse(
                    row,
                    Sentence.of(
                            "importing.reject.moreCells",
                            cells.size(),
                            mapping.columns().size()));
            return;
        }
        var post = new Post();
        post.saysTags = mapping.has(ImportField.HASHTAGS) || mapping.has(ImportField.CAPTION);
        post.saysMentions = mapping.has(ImportField.MENTIONS) || mapping.has(ImportField.CAPTION);
        for (var i = 0; i < mapping.columns().size() && i < cells.size(); i++) {
            var column = mapping.columns().get(i);
            var cell = cells.get(i).strip();
            if (column.field() == null || cell.isEmpty()) {
                continue;
            }
            if (NumberCell.isMissing(cell)) {
                post.leaveOut(column, cell, "importing.note.missing");
                continue;
            }
            try {
                post.take(column, column.field(), cell);
            } catch (UnclearNumberException e) {
                refuse(row, e.sentence(column.column()));
                return;
            }
        }
        if (post.handle == null) {
            refuse(row, Sentence.of("importing.reject.noHandle"));
            return;
        }
        creators.computeIfAbsent(
                        (post.platform == null ? "" : post.platform.key()) + "/" + post.handle.toLowerCase(Locale.ROOT),
                        key -> new Creator(post.handle == null ? "" : post.handle, post.platform, row.line()))
                .add(post);
    }

    private void refuse(RawRecord row, String problem) {
        ready.add(new RawRecord(row.line(), row.text(), problem));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /** One row. */
    private static final class Post {
        private @Nullable String handle;
        private @Nullable Platform platform;
        private @Nullable String name;
        private @Nullable String bio;
        private @Nullable String url;
        private @Nullable Instant at;
        private boolean paid;
        private boolean saysTags;
        private boolean saysMentions;
        private final Map<ImportField, BigDecimal> figures = new HashMap<>();
        private final Set<String> hashtags = new LinkedHashSet<>();
        private final Set<String> mentions = new LinkedHashSet<>();
        private final Map<String, String[]> notes = new LinkedHashMap<>();

        void take(ColumnMapping column, ImportField field, String cell) throws UnclearNumberException {
            switch (field) {
                case HANDLE -> {
                    var address = ProfileAddress.parse(cell);
                    handle = address.map(ProfileAddress::handle).orElse(cell.replaceFirst("^@+\\s*", ""));
                    address.ifPresent(found -> platform = found.platform());
                    platform = column.platform() == null ? platform : column.platform();
                }
                case URL -> {
                    var address = ProfileAddress.parse(cell);
                    if (address.isPresent()) {
                        handle = handle == null ? address.get().handle() : handle;
                        platform = platform == null ? address.get().platform() : platform;
                    } else {
                        url = cell; // of the post
                    }
                }
                case PLATFORM ->
                    HeaderWords.platformOfWord(cell)
                            .ifPresentOrElse(
                                    found -> platform = found, () -> leaveOut(column, cell, "importing.note.platform"));
                case POST_ID -> url = cell;
                case NAME -> name = cell;
                case BIO -> bio = cell;
                case POSTED_AT -> {
                    var moment = DateCell.parse(cell, column.unit());
                    if (moment.isPresent()) {
                        at = moment.get();
                    } else {
                        leaveOut(column, cell, "importing.note.date");
                    }
                }
                case CAPTION -> {
                    HASHTAG.matcher(cell).results().forEach(tag -> hashtags.add(tag.group(1)));
                    MENTION.matcher(cell).results().forEach(mention -> mentions.add(mention.group(1)));
                }
                case HASHTAGS -> words(cell, hashtags);
                case MENTIONS -> words(cell, mentions);
                case SPONSORED -> paid |= cell.matches("(?i)1|true|yes|ja|si|sí|oui|y|t|paid|sponsored");
                case FOLLOWERS, FOLLOWING, POSTS, LIKES, COMMENTS, SHARES, SAVES, VIEWS, REACH -> {
                    var number = NumberCell.parse(cell, column.decimal(), Kind.AMOUNT);
                    if (number.percent() || number.value().signum() < 0) {
                        leaveOut(column, cell, "importing.note.negative");
                    } else {
                        figures.put(field, number.value());
                    }
                }
                default -> leaveOut(column, cell, "importing.note.notOfPosts");
            }
        }

        private static void words(String cell, Set<String> into) {
            for (var word : WORDS.split(cell)) {
                if (!word.isBlank() && word.length() <= 100) {
                    into.add(word);
                }
            }
        }

        void leaveOut(ColumnMapping column, String cell, String key) {
            notes.put(column.column() + '\n' + cell, new String[] {
                column.column(), cell.length() > 80 ? cell.substring(0, 80) + "…" : cell, Sentence.of(key)
            });
        }

        boolean isPaid() {
            return paid || hashtags.stream().anyMatch(tag -> PAID.contains(tag.toLowerCase(Locale.ROOT)));
        }
    }

    private record Mention(
            String brand,
            @Nullable Instant at,
            boolean paid,
            @Nullable String url) {}

    /** What is held of a creator while the file is read. */
    private static final class Creator {
        private final String handle;
        private final @Nullable Platform platform;
        private final long line;
        private @Nullable String name;
        private @Nullable String bio;
        private long posts;
        private long paid;
        private long paidForNobody;
        private boolean saysTags;
        private boolean saysMentions;
        private @Nullable Instant first;
        private @Nullable Instant last;
        private final Map<ImportField, BigDecimal> sums = new HashMap<>();
        private final Map<ImportField, Integer> counts = new HashMap<>();
        private final Map<ImportField, BigDecimal> latest = new HashMap<>();
        private final Map<String, Integer> hashtags = new LinkedHashMap<>();
        private final Set<Mention> mentions = new LinkedHashSet<>();
        private final Set<String> urls = new HashSet<>();
        private final Map<String, String[]> notes = new LinkedHashMap<>();

        Creator(String handle, @Nullable Platform platform, long line) {
            this.handle = handle;
            this.platform = platform;
            this.line = line;
        }

        void add(Post post) {
            if (post.url != null && !urls.add(post.url)) {
                return; // the same post again
            }
            posts++;
            name = post.name == null ? name : post.name;
            bio = post.bio == null ? bio : post.bio;
            saysTags |= post.saysTags;
            saysMentions |= post.saysMentions;
            var at = post.at;
            var newest = at != null && (last == null || !at.isBefore(last));
            if (at != null) {
                first = first == null || at.isBefore(first) ? at : first;
                last = newest ? at : last;
            }
            post.figures.forEach((field, value) -> {
                if (field == ImportField.FOLLOWERS || field == ImportField.FOLLOWING || field == ImportField.POSTS) {
                    if (newest || !latest.containsKey(field)) {
                        latest.put(field, value);
                    }
                } else {
                    sums.merge(field, value, BigDecimal::add);
                    counts.merge(field, 1, Integer::sum);
                }
            });
            for (var tag : post.hashtags) {
                if (hashtags.size() < MOST_HASHTAGS || hashtags.containsKey(tag)) {
                    hashtags.merge(tag, 1, Integer::sum);
                }
            }
            var isPaid = post.isPaid();
            paid += isPaid ? 1 : 0;
            var brands = post.mentions.stream()
                    .filter(brand -> !brand.equalsIgnoreCase(handle))
                    .toList();
            paidForNobody += isPaid && brands.isEmpty() ? 1 : 0;
            for (var brand : brands) {
                if (mentions.size() < MOST_MENTIONS) {
                    mentions.add(new Mention(brand, at, isPaid, post.url));
                }
            }
            if (notes.size() < 100) {
                notes.putAll(post.notes);
            }
        }

        private @Nullable Double mean(ImportField field) {
            var sum = sums.get(field);
            return sum == null ? null : sum.doubleValue() / counts.getOrDefault(field, 1);
        }

        RawRecord record() {
            var creator = JSON.objectNode();
            if (name != null) {
                creator.put("name", name);
            }
            if (bio != null) {
                creator.put("bio", bio);
            }
            var account = creator.putArray("accounts").addObject();
            if (platform != null) {
                account.put("platform", platform.key());
            }
            account.put("handle", handle);
            latest.forEach((field, value) -> account.put(field.key(), value.longValue()));
            for (var field : List.of(
                    ImportField.LIKES,
                    ImportField.COMMENTS,
                    ImportField.SHARES,
                    ImportField.SAVES,
                    ImportField.VIEWS,
                    ImportField.REACH)) {
                var mean = mean(field);
                if (mean != null) {
                    account.put(field.key(), mean);
                }
            }
            rate(account);
            account.put("postsSampled", posts).put("engagementStatistic", "mean");
            dates(account);
            tags(creator);
            mentions(creator);
            var wrapped = JSON.objectNode();
            wrapped.set("creator", creator);
            var list = wrapped.putArray("notes");
            notes.values()
                    .forEach(note -> list.addArray().add(note[0]).add(note[1]).add(note[2]));
            if (paidForNobody > 0) {
                list.addArray()
                        .add("")
                        .add(Long.toString(paidForNobody))
                        .add(Sentence.of("importing.note.paidForNobody"));
            }
            return new RawRecord(line, wrapped.toString(), null);
        }

        /** Reactions by followers, where the file says how many they are. */
        private void rate(ObjectNode account) {
            var followers = latest.get(ImportField.FOLLOWERS);
            var likes = mean(ImportField.LIKES);
            var comments = mean(ImportField.COMMENTS);
            if (followers != null && followers.signum() > 0 && likes != null) {
                account.put("engagementRate", (likes + (comments == null ? 0 : comments)) / followers.doubleValue())
                        .put("engagementBasis", "followers");
            }
        }

        private void dates(ObjectNode account) {
            var from = first;
            var to = last;
            if (from == null || to == null) {
                return;
            }
            account.put("lastPostAt", to.toString()).put("observedAt", to.toString());
            var span = Duration.between(from, to);
            if (posts > 2 && span.compareTo(WEEK) >= 0) {
                // From the first post to the last there are so many gaps, one fewer than posts.
                account.put("postsPerWeek", (posts - 1) * (double) WEEK.toSeconds() / span.toSeconds());
            }
        }

        private void tags(ObjectNode creator) {
            if (!saysTags || hashtags.isEmpty()) {
                return;
            }
            var list = creator.putArray("hashtags");
            hashtags.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(HASHTAGS_SENT)
                    .forEach(tag -> list.addObject()
                            .put("tag", tag.getKey())
                            .put("weight", Math.round(10_000.0 * tag.getValue() / posts) / 10_000.0));
        }

        /** Looked, none found, is said where the file would have said them. */
        private void mentions(ObjectNode creator) {
            if (!saysMentions) {
                return;
            }
            var list = creator.putArray("mentions");
            mentions.stream()
                    .sorted(Comparator.comparing(Mention::at, Comparator.nullsLast(Comparator.reverseOrder()))
                            .thenComparing(Mention::brand))
                    .forEach(mention -> {
                        var item = list.addObject().put("brand", mention.brand());
                        if (mention.paid()) {
                            item.put("paid", true); // an unmarked post proves nothing
                        }
                        if (mention.at() != null) {
                            item.put(
                                    "on",
                                    mention.at()
                                            .atOffset(ZoneOffset.UTC)
                                            .toLocalDate()
                                            .toString());
                        }
                        if (platform != null) {
                            item.put("platform", platform.key());
                        }
                        if (mention.url() != null && mention.url().startsWith("http")) {
                            item.put("url", mention.url());
                        }
                    });
        }
    }
}
