package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Outcome.Created;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Rejected;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Unchanged;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Updated;
import io.closeknit.database.GiveWay;
import io.closeknit.niche.NicheDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one way into the catalogue: reads what was sent, looks up what is there, merges in memory and writes the
 * difference, each step for the whole batch.
 */
@Component
class CatalogueIntake implements CatalogueWriter {
    private final CreatorTables tables;
    private final ChangeLog changes;
    private final Revisions revisions;
    private final Merges merges;
    private final NicheDirectory niches;
    private final Sentences sentences;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final GiveWay giveWay;
    private final Clock clock;

    CatalogueIntake(
            CreatorTables tables,
            ChangeLog changes,
            Revisions revisions,
            Merges merges,
            NicheDirectory niches,
            Sentences sentences,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            GiveWay giveWay,
            Clock clock) {
        this.tables = tables;
        this.changes = changes;
        this.revisions = revisions;
        this.merges = merges;
        this.niches = niches;
        this.sentences = sentences;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.giveWay = giveWay;
        this.clock = clock;
    }

    @Override
    public ReadCreator read(ObjectNode json) {
        var reading = new CreatorReading(sentences, niches.tree(), true, Set.of(), clock.instant());
        var sent = reading.read(json);
        return new ReadCreator(sent, reading.problems(), hash(json, sent));
    }

    /** Of the words and of the niches that were found for them: the taxonomy may say something else next time. */
    private static UUID hash(ObjectNode json, SentCreator sent) {
        var all = new StringBuilder(json.toString());
        var tags = sent.niches().value();
        if (tags != null) {
            tags.forEach(tag -> all.append(' ').append(tag.nicheId()));
        }
        var mentions = sent.mentions().value();
        if (mentions != null) {
            mentions.forEach(mention -> all.append(' ').append(mention.nicheId()));
        }
        sent.accounts().forEach(account -> {
            var audience = account.audience().value();
            if (audience != null && audience.interests().value() != null) {
                all.append(' ').append(audience.interests().value().keySet());
            }
        });
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Preview> previewRead(List<ReadCreator> batch, Origin origin) {
        return inTransaction(() -> new Batch(batch, new CreatorMerge(toMicros(origin), false)).preview());
    }

    @Override
    public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
        return inTransaction(() -> new Batch(batch, new CreatorMerge(toMicros(origin), false)).run());
    }

    /**
     * Creates or updates the one creator that an admin sent. Stricter than {@link #apply}: a niche must be one, and she
     * is found by the slug alone.
     *
     * @param expected what the admin believes to be stored
     * @throws StaleCreatorException if something else is
     * @throws AccountTakenException if one of the accounts is somebody else's
     */
    Outcome put(String slug, ObjectNode json, Origin origin, Expected expected) {
        var reading = new CreatorReading(sentences, niches.tree(), false, interests(slug), clock.instant());
        var named = json.deepCopy();
        if (!json.has("slug")) {
            named.put("slug", slug);
        }
        var sent = reading.read(named);
        if (reading.problems().isEmpty() && !slug.equals(sent.slug())) {
            return new Rejected(List.of(new Problem("slug", sentences.problem("slug.other", slug))));
        }
        if (!reading.problems().isEmpty()) {
            return new Rejected(reading.problems());
        }
        return inTransaction(() -> {
            changes.begin();
            var id = tables.slugs(List.of(slug)).get(slug);
            var stored = id == null ? null : tables.load(List.of(id)).getFirst();
            if (!expected.holds(stored)) {
                throw new StaleCreatorException(stored == null ? null : stored.toCreator());
            }
            for (var owner : tables.owners(keys(List.of(sent))).entrySet()) {
                if (!owner.getValue().equals(id)) {
                    var other = tables.load(List.of(owner.getValue())).getFirst();
                    throw new AccountTakenException(owner.getKey(), other.slug());
                }
            }
            return new Batch(List.of(new ReadCreator(sent, List.of(), null)), new CreatorMerge(toMicros(origin), true))
                    .run()
                    .getFirst();
        });
    }

    private Set<String> interests(String slug) {
        var words = new HashSet<String>();
        for (var creator : tables.load(tables.slugs(List.of(slug)).values())) {
            for (var account : creator.accounts()) {
                var audience = account.document().audience();
                if (audience != null && audience.interests() != null) {
                    words.addAll(audience.interests().keySet());
                }
            }
        }
        return words;
    }

    /** What somebody who changes a creator believes to be stored. */
    sealed interface Expected {
        record Nothing() implements Expected {}

        record Version(long number) implements Expected {}

        default boolean holds(@Nullable StoredCreator stored) {
            return switch (this) {
                case Nothing() -> stored == null;
                case Version(var number) -> stored != null && stored.version() == number;
            };
        }
    }

    @Override
    @Transactional
    public int removeDemo() {
        changes.begin();
        var removed = jdbc.query("delete from creator where demo returning id", (row, _) -> row.getLong(1));
        changes.append(removed, clock.instant());
        return removed.size();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }

    /** PostgreSQL keeps microseconds; what is compared with it must not have more. */
    private static Origin toMicros(Origin origin) {
        return new Origin(
                origin.source(), origin.receivedAt().truncatedTo(ChronoUnit.MICROS), origin.demo(), origin.importId());
    }

    private static Set<AccountKey> keys(Collection<SentCreator> sent) {
        var keys = new LinkedHashSet<AccountKey>();
        sent.forEach(creator -> creator.accounts().forEach(account -> keys.add(account.key())));
        return keys;
    }

    /** A creator that the batch is about. */
    private static final class Touched {
        final @Nullable StoredCreator before;
        StoredCreator now;
        /** Her state before the object that was taken last; null where that one made her. */
        @Nullable
        StoredCreator previous;
        /** Of what was sent last; null where the same again might change something. */
        @Nullable
        UUID hash;

        Touched(@Nullable StoredCreator before, StoredCreator now) {
            this.before = before;
            this.now = now;
        }
    }

    /** Two entries that became one within a batch. */
    private record Joined(StoredCreator gone, StoredCreator keptBefore, StoredCreator keptAfter, String account) {}

    /** One run of {@link #apply}, within its transaction. */
    private final class Batch {
        private final List<ReadCreator> batch;
        private final CreatorMerge merge;
        private final Map<Long, Touched> touched = new LinkedHashMap<>();
        private final Map<String, Touched> bySlug = new HashMap<>();
        private final Map<AccountKey, Touched> byAccount = new HashMap<>();
        private final Deque<Long> freshIds = new ArrayDeque<>();
        private Map<AccountKey, Instant> erased = Map.of();
        private Map<Long, Set<String>> edited = Map.of();
        private final Map<ReadCreator, Unchanged> same = new IdentityHashMap<>();
        private final List<Joined> joins = new ArrayList<>();
        private Slugs slugs = new Slugs(Set.of(), tables::lastNumber);

        Batch(List<ReadCreator> batch, CreatorMerge merge) {
            this.batch = batch;
            this.merge = merge;
        }

        List<Outcome> run() {
            changes.begin();
            lookUp(true);
            var outcomes = new ArrayList<Outcome>(batch.size());
            for (var read : batch) {
                giveWay.rest();
                var unchanged = same.get(read);
                if (unchanged != null) {
                    outcomes.add(unchanged);
                } else {
                    outcomes.add(read.problems().isEmpty() ? take(read) : new Rejected(read.problems()));
                }
            }
            write();
            return outcomes;
        }

        /** The same up to the write. Nobody waits for it: what others change meanwhile it may miss. */
        List<Preview> preview() {
            lookUp(false);
            var previews = new ArrayList<Preview>(batch.size());
            for (var read : batch) {
                giveWay.rest();
                var outcome = read.problems().isEmpty() ? take(read) : new Rejected(read.problems());
                var creator = switch (outcome) {
                    case Created created -> touched.get(created.id());
                    case Updated updated -> touched.get(updated.id());
                    case Unchanged unchanged -> touched.get(unchanged.id());
                    case Rejected _ -> null;
                };
                var before = creator == null || creator.previous == null ? null : creator.previous.toDocument();
                var after = creator == null ? null : creator.now.toDocument();
                var unknown = creator == null
                        ? List.<String>of()
                        : read.sent().unknownNiches().stream()
                                .map(CreatorDocument.HashtagWeight::tag)
                                .toList();
                previews.add(new Preview(outcome, before, after, unknown));
            }
            return previews;
        }

        private void lookUp(boolean passOverSame) {
            var valid = batch.stream().filter(read -> read.problems().isEmpty()).toList();
            var owners =
                    tables.owners(keys(valid.stream().map(ReadCreator::sent).toList()));
            if (passOverSame) {
                leaveOutSame(valid, owners);
            }
            var sent = valid.stream()
                    .filter(read -> !same.containsKey(read))
                    .map(ReadCreator::sent)
                    .toList();
            var keys = keys(sent);
            erased = tables.erased(keys);
            if (!same.isEmpty()) {
                owners.keySet().retainAll(keys);
            }
            var wantedSlugs = new HashSet<String>();
            for (var creator : sent) {
                if (creator.slug() != null) {
                    wantedSlugs.add(creator.slug());
                } else if (!creator.accounts().isEmpty()
                        && creator.accounts().stream().noneMatch(account -> owners.containsKey(account.key()))) {
                    wantedSlugs.addAll(Slugs.candidates(creator));
                }
            }
            var slugOwners = tables.slugs(wantedSlugs);
            slugs = new Slugs(slugOwners.keySet(), tables::lastNumber);
            var ids = new TreeSet<>(owners.values());
            sent.forEach(creator -> {
                var id = creator.slug() == null ? null : slugOwners.get(creator.slug());
                if (id != null) {
                    ids.add(id);
                }
            });
            var loaded = tables.load(ids);
            loaded.forEach(stored -> register(new Touched(stored, stored)));
            if (merge.origin().importId() != null && !loaded.isEmpty()) {
                edited = revisions.editedSince(merge.origin().receivedAt(), loaded);
            }
        }

        /** What was the last thing to change a creator changes nothing when it is sent again: she need not be looked at. */
        private void leaveOutSame(List<ReadCreator> valid, Map<AccountKey, Long> owners) {
            var candidates = new HashMap<Long, List<ReadCreator>>();
            for (var read : valid) {
                for (var account : read.sent().accounts()) {
                    var owner = owners.get(account.key());
                    if (owner != null) {
                        var about = candidates.computeIfAbsent(owner, _ -> new ArrayList<>());
                        if (about.isEmpty() || about.getLast() != read) {
                            about.add(read);
                        }
                    }
                }
            }
            var known = tables.sentLast(candidates.keySet());
            var slugs = new HashMap<String, Integer>();
            valid.forEach(read -> {
                if (read.sent().slug() != null) {
                    slugs.merge(read.sent().slug(), 1, Integer::sum);
                }
            });
            candidates.forEach((id, about) -> {
                var last = known.get(id);
                var read = about.getFirst();
                if (last != null
                        && about.size() == 1
                        && last.hash().equals(read.hash())
                        && read.sent().accounts().stream().allMatch(account -> id.equals(owners.get(account.key())))
                        && slugs.getOrDefault(last.slug(), 0) == (read.sent().slug() == null ? 0 : 1)
                        && (read.sent().slug() == null
                                || last.slug().equals(read.sent().slug()))) {
                    same.put(read, new Unchanged(id, last.slug()));
                }
            });
        }

        private void register(Touched creator) {
            touched.put(creator.now.id(), creator);
            bySlug.put(creator.now.slug(), creator);
            creator.now.accounts().forEach(account -> byAccount.put(account.key(), creator));
        }

        private Outcome take(ReadCreator read) {
            var sent = read.sent();
            var found = sent.slug() == null ? null : bySlug.get(sent.slug());
            for (var i = 0; i < sent.accounts().size(); i++) {
                var account = sent.accounts().get(i);
                var erasedAt = erased.get(account.key());
                if (erasedAt != null) {
                    return rejected(
                            "accounts[" + i + "]",
                            "erased",
                            CreatorReading.shown(account.handle()),
                            account.key().platform().key(),
                            erasedAt.atOffset(ZoneOffset.UTC).toLocalDate().toString());
                }
                var owner = byAccount.get(account.key());
                if (owner != null && found != null && owner != found && sent.slug() == null) {
                    found = join(found, owner, named(account));
                    continue;
                }
                if (owner != null && found != null && owner != found) {
                    return rejected(
                            "accounts[" + i + "]",
                            "owner",
                            CreatorReading.shown(account.handle()),
                            account.key().platform().key(),
                            owner.now.slug(),
                            found.now.slug());
                }
                found = found == null ? owner : found;
            }
            if (found != null) {
                return update(found, read);
            }
            if (sent.accounts().isEmpty()) {
                return rejected("accounts", "noAccount");
            }
            return create(read);
        }

        /** Accounts of two creators in one object say that they are one: the older entry takes the other in. */
        private Touched join(Touched one, Touched other, String account) {
            var kept = one.now.id() < other.now.id() ? one : other;
            var gone = kept == one ? other : one;
            var before = kept.now;
            kept.now = Merges.joined(before, gone.now);
            kept.hash = null;
            touched.remove(gone.now.id());
            register(kept);
            bySlug.put(gone.now.slug(), kept);
            if (gone.before != null) { // else she was never written
                joins.add(new Joined(gone.now, before, kept.now, account));
            }
            return kept;
        }

        private static String named(SentCreator.SentAccount account) {
            return "@%s on %s"
                    .formatted(
                            CreatorReading.shown(account.handle()),
                            account.key().platform().key());
        }

        private Rejected rejected(String field, String key, Object... arguments) {
            return new Rejected(List.of(new Problem(field, sentences.problem(key, arguments))));
        }

        private Outcome create(ReadCreator read) {
            var sent = read.sent();
            if (freshIds.isEmpty()) {
                freshIds.addAll(tables.newIds(Math.max(1, batch.size() - touched.size() - same.size())));
            }
            var slug = sent.slug();
            if (slug == null) {
                slug = slugs.next(sent);
            } else {
                slugs.take(slug);
            }
            var creator = new Touched(null, merge.create(freshIds.remove(), slug, sent));
            creator.hash = read.hash();
            register(creator);
            return new Created(creator.now.id(), slug);
        }

        private Outcome update(Touched creator, ReadCreator read) {
            var now = merge.update(creator.now, read.sent());
            creator.hash = read.hash();
            creator.previous = creator.now;
            var kept = edited.get(creator.now.id());
            if (kept != null && !now.equals(creator.now)) {
                now = revisions.keeping(kept, creator.now, now); // a person's word since the import began
                creator.hash = null;
            }
            if (now.equals(creator.now)) {
                return new Unchanged(now.id(), now.slug());
            }
            creator.now = now;
            register(creator);
            return new Updated(now.id(), now.slug());
        }

        private void write() {
            var created = new ArrayList<StoredCreator>();
            var hashes = new HashMap<Long, UUID>();
            var updated = new LinkedHashMap<StoredCreator, StoredCreator>();
            var ids = new ArrayList<Long>();
            for (var creator : touched.values()) {
                if (creator.before == null) {
                    created.add(creator.now);
                } else if (!creator.now.equals(creator.before)) {
                    updated.put(
                            creator.before,
                            creator.now.changed(
                                    creator.before.version() + 1, merge.origin().receivedAt()));
                } else {
                    continue;
                }
                ids.add(creator.now.id());
                if (creator.hash != null && !creator.now.demo()) {
                    hashes.put(creator.now.id(), creator.hash);
                }
            }
            for (var join : joins) {
                merges.takeOut(
                        join.gone(),
                        join.keptBefore(),
                        join.keptAfter(),
                        "Linked by " + join.account(),
                        merge.origin().source(),
                        merge.origin().importId(),
                        merge.origin().receivedAt());
                ids.add(join.gone().id());
            }
            if (!created.isEmpty()) {
                tables.insert(created, hashes);
            }
            if (!updated.isEmpty()) {
                tables.update(updated, hashes);
            }
            revisions.note(created, updated, merge.origin());
            changes.append(ids, clock.instant());
        }
    }
}
