package io.closeknit.importing;

import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.catalogue.CatalogueWriter.Preview;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.ReadCreator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an import would do, found out with the import's own reading, translating and merging, and written nowhere but
 * here: how many creators would change by field, the words no niche has, and the first creators that would be new or changed.
 */
@Component
class DryRuns {
    /** Creators that are kept to look at; the counts are of all. */
    static final int MOST_CHANGES = 2_000;

    private static final int MOST_WORDS = 5_000;
    private static final int LONGEST_SHOWN = 200;

    private final CatalogueWriter catalogue;
    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final JsonMapper json;
    /** Accounts that were found new: when they come again, in a later chunk or file of the same trial, they are not new any more. */
    private final Map<UUID, Set<String>> seen = new HashMap<>();

    DryRuns(CatalogueWriter catalogue, JdbcClient jdbc, JdbcTemplate template, JsonMapper json) {
        this.catalogue = catalogue;
        this.jdbc = jdbc;
        this.template = template;
        this.json = json;
    }

    /** @param old as text; null where nothing was there, like {@code now} where nothing would be */
    record FieldChange(
            String field, @Nullable String old, @Nullable String now) {}

    /** @param slug null where she would be new */
    record Change(long line, String creator, @Nullable String slug, String kind, List<FieldChange> changes) {}

    /**
     * @param kept creators that can be looked at one by one
     * @param fields how many creators would change, by field, the most frequent first
     * @param unknownNiches rows by word, likewise
     */
    record Summary(long kept, Map<String, Long> fields, Map<String, Long> unknownNiches) {}

    /** A record's place, beside its object. */
    record Place(long position, long line) {}

    /** What would become of the creators of a chunk; what is found is written in the caller's transaction. */
    List<Outcome> outcomes(ImportRun run, List<Place> places, List<ReadCreator> creators, Origin origin) {
        var runId = run.id();
        var previews = catalogue.previewRead(creators, origin);
        var before = seen(run);
        var outcomes = new ArrayList<Outcome>();
        var changes = new ArrayList<Change>();
        var positions = new ArrayList<Long>();
        var fields = new HashMap<String, Long>();
        var words = new HashMap<String, Long>();
        for (var i = 0; i < previews.size(); i++) {
            var preview = previews.get(i);
            preview.unknownNiches().forEach(word -> words.merge(word.toLowerCase(Locale.ROOT), 1L, Long::sum));
            var outcome = preview.outcome();
            if (outcome instanceof Outcome.Created created && !before.add(key(preview))) {
                outcome = new Outcome.Updated(created.id(), created.slug()); // an earlier row would have made her
            }
            outcomes.add(outcome);
            var after = preview.after();
            if (after != null && !(outcome instanceof Outcome.Unchanged)) {
                var diff = diff(preview.before(), after);
                if (preview.before() != null) {
                    diff.stream()
                            .map(change -> change.field().replaceFirst("^[a-z]+ @.* › ", ""))
                            .distinct()
                            .forEach(field -> fields.merge(field, 1L, Long::sum));
                }
                changes.add(new Change(
                        places.get(i).line(),
                        after.name() == null ? "" : after.name(),
                        preview.before() == null ? null : preview.before().slug(),
                        preview.before() == null ? "NEW" : "CHANGED",
                        diff));
                positions.add(places.get(i).position());
            }
        }
        keep(runId, changes, positions);
        count(runId, "FIELD", fields, Integer.MAX_VALUE);
        count(runId, "UNKNOWN_NICHE", words, MOST_WORDS);
        return outcomes;
    }

    /** Forgets what is only needed while the run works, or another one of its trial. */
    void done(ImportRun run) {
        synchronized (seen) {
            if (run.together() == null || !otherUnderWay(run)) {
                seen.remove(trial(run));
            }
        }
    }

    private boolean otherUnderWay(ImportRun run) {
        return jdbc.sql("""
                        select exists (select from import_run where together = :together and id <> :id
                            and state in ('DRAFT', 'QUEUED', 'RUNNING', 'PAUSED'))""")
                .param("together", run.together())
                .param("id", run.id())
                .query(Boolean.class)
                .single();
    }

    private static UUID trial(ImportRun run) {
        var together = run.together();
        return together == null ? run.id() : together;
    }

    private Set<String> seen(ImportRun run) {
        synchronized (seen) {
            return seen.computeIfAbsent(trial(run), id -> new HashSet<>());
        }
    }

    private static String key(Preview preview) {
        var after = preview.after();
        var accounts = after == null ? null : after.accounts();
        return accounts == null || accounts.isEmpty()
                ? String.valueOf(after == null ? null : after.slug())
                : accounts.getFirst().platform().key()
                        + '/'
                        + accounts.getFirst().handle().toLowerCase(Locale.ROOT);
    }

    private List<FieldChange> diff(@Nullable CreatorDocument before, CreatorDocument after) {
        var old = flat(before);
        var now = flat(after);
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        var changes = new ArrayList<FieldChange>();
        for (var name : names) {
            var one = old.get(name);
            var other = now.get(name);
            if (one == null ? other != null : !one.equals(other)) {
                changes.add(new FieldChange(name, shortened(one), shortened(other)));
            }
        }
        return changes;
    }

    /** Fields with their values as text; those of an account behind its platform and handle. */
    private Map<String, String> flat(@Nullable CreatorDocument document) {
        var flat = new LinkedHashMap<String, String>();
        if (document == null) {
            return flat;
        }
        JsonNode tree = json.valueToTree(document);
        for (var field : tree.properties()) {
            var value = field.getValue();
            switch (field.getKey()) {
                case "slug" -> {
                    // a name of ours
                }
                case "accounts" ->
                    value.forEach(account -> {
                        var name = account.path("platform").asString() + " @"
                                + account.path("handle").asString();
                        account.properties().forEach(figure -> {
                            if (!Set.of("platform", "handle", "source", "observedAt")
                                    .contains(figure.getKey())) {
                                flat.put(name + " › " + figure.getKey(), text(figure.getValue()));
                            }
                        });
                    });
                default -> {
                    if (!value.isEmpty() || value.isValueNode()) {
                        flat.put(field.getKey(), text(value));
                    }
                }
            }
        }
        return flat;
    }

    /** For people: {@code fashion 0.5, travel}, {@code countries: HR 0.7, SI 0.1}. */
    private static String text(JsonNode value) {
        if (value.isNumber()) { // 13500000, never 1.35E7 or 13500000.0
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        if (value.isValueNode()) {
            return value.asString();
        }
        if (value.isArray()) {
            return value.valueStream().map(DryRuns::text).collect(Collectors.joining(", "));
        }
        if (!NAMED.stream().anyMatch(value::has)) { // shares by key, or such by kind
            return value.properties().stream()
                    .map(entry ->
                            entry.getKey() + (entry.getValue().isValueNode() ? " " : ": ") + text(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .map(entry -> entry.getKey().equals("source")
                        ? "(" + text(entry.getValue()) + ")"
                        : entry.getValue().isBoolean()
                                ? entry.getValue().booleanValue() ? entry.getKey() : "not " + entry.getKey()
                                : text(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** Fields of which an entry of a list has one; keys of shares are none of them. */
    private static final Set<String> NAMED = Set.of("niche", "tag", "brand", "platform", "amount");

    private static @Nullable String shortened(@Nullable String text) {
        return text != null && text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }

    private void keep(UUID runId, List<Change> changes, List<Long> positions) {
        var room = MOST_CHANGES
                - jdbc.sql("select count(*) from import_change where run_id = :id")
                        .param("id", runId)
                        .query(Integer.class)
                        .single();
        var kept = Math.max(0, Math.min(room, changes.size()));
        var rows = new ArrayList<Object[]>();
        for (var i = 0; i < kept; i++) {
            var change = changes.get(i);
            rows.add(new Object[] {
                runId,
                positions.get(i),
                change.line(),
                change.creator(),
                change.slug(),
                change.kind(),
                json.writeValueAsString(change.changes())
            });
        }
        template.batchUpdate(
                "insert into import_change (run_id, position, line, creator, slug, kind, changes) values (?, ?, ?, ?, ?, ?, ?::jsonb)",
                rows);
    }

    private void count(UUID runId, String kind, Map<String, Long> counts, int most) {
        if (counts.isEmpty()
                || jdbc.sql("select count(*) from import_count where run_id = :id and kind = :kind")
                                .param("id", runId)
                                .param("kind", kind)
                                .query(Integer.class)
                                .single()
                        >= most) {
            return;
        }
        template.batchUpdate(
                "insert into import_count as c (run_id, kind, name, occurrences) values (?, ?, ?, ?) on conflict (run_id, kind, name) do update set occurrences = c.occurrences + excluded.occurrences",
                counts.entrySet().stream()
                        .map(entry -> new Object[] {runId, kind, entry.getKey(), entry.getValue()})
                        .toList());
    }

    /** In the order of the file. */
    List<Change> changes(UUID runId, int limit, long offset) {
        return jdbc.sql("""
                        select line, creator, slug, kind, changes::text from import_change
                        where run_id = :id order by kind, position limit :limit offset :offset""")
                .param("id", runId)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> new Change(
                        row.getLong("line"),
                        row.getString("creator"),
                        row.getString("slug"),
                        row.getString("kind"),
                        List.of(json.readValue(row.getString("changes"), FieldChange[].class))))
                .list();
    }

    /**
     * Of several dry runs: what of their creators would change by field, and rows by word that no niche has. A creator who is
     * in two of the files counts in both.
     */
    Summary summary(List<ImportRun> runs) {
        var fields = new HashMap<String, Long>();
        var words = new HashMap<String, Long>();
        var kept = 0L;
        for (var run : runs) {
            var one = summary(run.id());
            kept += one.kept();
            one.fields().forEach((name, count) -> fields.merge(name, count, Long::sum));
            one.unknownNiches().forEach((name, count) -> words.merge(name, count, Long::sum));
        }
        return new Summary(kept, mostFirst(fields), mostFirst(words));
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        var sorted = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    int pages(UUID runId, int size) {
        return (int) ((summary(runId).kept() + size - 1) / size);
    }

    Summary summary(UUID runId) {
        return new Summary(
                jdbc.sql("select count(*) from import_change where run_id = :id")
                        .param("id", runId)
                        .query(Long.class)
                        .single(),
                counts(runId, "FIELD"),
                counts(runId, "UNKNOWN_NICHE"));
    }

    /** How many different words no niche has; null where it is no dry run. */
    @Nullable
    Long unknownNiches(ImportRun run) {
        return !run.dryRun()
                ? null
                : jdbc.sql("select count(*) from import_count where run_id = :id and kind = 'UNKNOWN_NICHE'")
                        .param("id", run.id())
                        .query(Long.class)
                        .single();
    }

    private Map<String, Long> counts(UUID runId, String kind) {
        var counts = new LinkedHashMap<String, Long>();
        jdbc.sql("""
                        select name, occurrences from import_count where run_id = :id and kind = :kind
                        order by occurrences desc, name limit 500""")
                .param("id", runId)
                .param("kind", kind)
                .query((row, number) -> counts.put(row.getString("name"), row.getLong("occurrences")))
                .list();
        return counts;
    }
}
