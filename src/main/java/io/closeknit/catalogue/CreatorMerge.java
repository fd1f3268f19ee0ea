package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Audience;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.SentCreator.SentAccount;
import io.closeknit.catalogue.SentCreator.SentPoint;
import io.closeknit.catalogue.StoredCreator.Day;
import io.closeknit.catalogue.StoredCreator.Provenance;
import io.closeknit.catalogue.StoredCreator.StoredAccount;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.catalogue.StoredCreator.StoredNiche;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a creator when something about her is sent. Pure: the same answer for the same input, and a state that
 * is equal to the stored one where nothing new was said.
 *
 * @param edit a person's own word (PUT): it counts also where it is dated before what is stored, and respells a handle
 */
record CreatorMerge(Origin origin, boolean edit) {

    /** A creator that is not there yet. The version is that of her first state. */
    StoredCreator create(long id, String slug, SentCreator sent) {
        var at = origin.receivedAt();
        var nobody = new StoredCreator(
                id,
                origin.demo(),
                1,
                at,
                at,
                slug,
                "",
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                Collections.emptySortedMap(),
                null,
                List.of());
        return update(nobody, sent);
    }

    StoredCreator update(StoredCreator stored, SentCreator sent) {
        var accounts = stored.accounts();
        SortedMap<Day, HistoryPoint> history = stored.history();
        if (sent.history().present() && sent.history().value() == null) {
            history = Collections.emptySortedMap();
        }
        if (!sent.accounts().isEmpty()) {
            var past = new TreeMap<>(history);
            accounts = accounts(stored.accounts(), sent.accounts(), past);
            history = past.equals(history) ? history : Collections.unmodifiableSortedMap(past);
        }
        var points = sent.history().value();
        if (points != null && !points.isEmpty()) {
            history = history(history, points);
        }
        var name = sent.name().over(stored.name());
        return new StoredCreator(
                stored.id(),
                stored.demo()
                        && origin.demo(), // real figures make a real creator, whom a removal of the demo must spare
                stored.version(),
                stored.createdAt(),
                stored.updatedAt(),
                stored.slug(),
                name == null || name.isEmpty() ? accounts.getFirst().document().handle() : name,
                sent.kind().over(stored.kind()),
                sent.bio().over(stored.bio()),
                sent.country().over(stored.country()),
                sent.city().over(stored.city()),
                orNone(sent.languages().over(stored.languages())),
                sent.email().over(stored.email()),
                sent.website().over(stored.website()),
                niches(stored.niches(), sent.niches()),
                hashtags(stored.hashtags(), sent),
                accounts,
                history,
                mentions(stored.mentions(), sent.mentions()),
                orNone(sent.rates().over(stored.rates())));
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** A tag that is sent again without a source keeps the one it came from. */
    private List<StoredNiche> niches(List<StoredNiche> stored, Sent<List<StoredNiche>> sent) {
        if (!sent.present()) {
            return stored;
        }
        var before = stored.stream().collect(Collectors.toMap(StoredNiche::nicheId, StoredNiche::tag));
        if (!edit && isDerived(orNone(sent.value())) && !stored.isEmpty() && !isDerived(stored)) {
            return stored; // what somebody said stands before what was only read out of words
        }
        var after = new ArrayList<StoredNiche>();
        for (var niche : orNone(sent.value())) {
            var tag = niche.tag();
            if (tag.source() == null) {
                var known = before.get(niche.nicheId());
                tag = new NicheWeight(tag.niche(), tag.weight(), known == null ? origin.source() : known.source());
            }
            after.add(new StoredNiche(niche.nicheId(), tag));
        }
        return StoredCreator.sorted(after, StoredCreator.BY_WEIGHT);
    }

    private static boolean isDerived(List<StoredNiche> niches) {
        return !niches.isEmpty()
                && niches.stream().allMatch(niche -> {
                    var source = niche.tag().source();
                    return source != null && source.startsWith(NicheWeight.DERIVED);
                });
    }

    /** The document does not show a category that no niche has; who sends the document back does not clear it. */
    private static @Nullable List<StoredMention> mentions(
            @Nullable List<StoredMention> stored, Sent<List<StoredMention>> sent) {
        var mentions = sent.value();
        if (mentions == null || stored == null || stored.stream().allMatch(mention -> mention.word() == null)) {
            return sent.over(stored);
        }
        var words = new HashMap<Mention, @Nullable String>();
        stored.forEach(mention -> words.put(mention.mention(), mention.word()));
        return StoredCreator.sorted(
                mentions.stream()
                        .map(mention -> mention.word() == null && mention.nicheId() == null
                                ? new StoredMention(null, words.get(mention.mention()), mention.mention())
                                : mention)
                        .toList(),
                StoredCreator.YOUNGEST_FIRST);
    }

    private static List<HashtagWeight> hashtags(List<HashtagWeight> stored, SentCreator sent) {
        var base = orNone(sent.hashtags().over(stored));
        if (sent.unknownNiches().isEmpty()) {
            return base;
        }
        // The words' own weights stand, so that the same object sent again changes nothing.
        var words = CreatorReading.distinct(sent.unknownNiches());
        var all = new ArrayList<>(words);
        base.stream()
                .filter(hashtag -> words.stream().noneMatch(word -> word.tag().equalsIgnoreCase(hashtag.tag())))
                .forEach(all::add);
        return CreatorReading.distinct(all);
    }

    private List<StoredAccount> accounts(
            List<StoredAccount> stored, List<SentAccount> sent, SortedMap<Day, HistoryPoint> past) {
        var byKey = new HashMap<AccountKey, StoredAccount>();
        stored.forEach(account -> byKey.put(account.key(), account));
        for (var account : sent) {
            var before = byKey.get(account.key());
            byKey.put(account.key(), before == null ? account(account) : account(before, account));
        }
        var after = StoredCreator.sorted(byKey.values(), StoredCreator.BY_FOLLOWERS);
        for (var account : sent) {
            var platform = account.key().platform();
            if (after.stream().filter(it -> it.key().platform() == platform).count() == 1) {
                for (var before : stored) { // the history does not tell two accounts on one platform apart
                    if (before.key().equals(account.key())) {
                        remember(platform, before, account, byKey.get(account.key()), past);
                    }
                }
            }
        }
        return after;
    }

    /** Keeps the followers and the rate that were replaced, or came too late to replace, on the day they were true. */
    private void remember(
            Platform platform,
            StoredAccount before,
            SentAccount sent,
            @Nullable StoredAccount after,
            SortedMap<Day, HistoryPoint> past) {
        var old = before.document();
        if (isOlder(before, sent)) {
            var observedAt = sent.observedAt().value();
            if (observedAt != null) {
                point(
                        platform,
                        day(observedAt),
                        sent.followers().value(),
                        sent.engagementRate().value(),
                        past);
            }
        } else if (after != null
                && day(before.dated()).isBefore(day(after.dated()))
                && (replaced(old.followers(), after.document().followers())
                        || replaced(old.engagementRate(), after.document().engagementRate()))) {
            point(platform, day(before.dated()), old.followers(), old.engagementRate(), past);
        }
    }

    private static boolean replaced(@Nullable Object old, @Nullable Object now) {
        return old != null && !old.equals(now);
    }

    private static void point(
            Platform platform,
            LocalDate on,
            @Nullable Long followers,
            @Nullable Double rate,
            SortedMap<Day, HistoryPoint> past) {
        if (followers != null || rate != null) {
            past.merge(
                    new Day(platform, on),
                    new HistoryPoint(platform, on, followers, rate),
                    (known, more) -> new HistoryPoint(
                            platform,
                            on,
                            known.followers() == null ? more.followers() : known.followers(),
                            known.engagementRate() == null ? more.engagementRate() : known.engagementRate()));
        }
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private StoredAccount account(SentAccount sent) {
        var audience = sent.audience().value();
        var document = new AccountDocument(
                sent.key().platform(),
                sent.handle(),
                sent.url().value(),
                sent.followers().value(),
                sent.following().value(),
                sent.posts().value(),
                sent.postsPerWeek().value(),
                sent.engagementRate().value(),
                sent.engagementBasis().value(),
                sent.engagementStatistic().value(),
                sent.postsSampled().value(),
                sent.likes().value(),
                sent.comments().value(),
                sent.shares().value(),
                sent.saves().value(),
                sent.views().value(),
                sent.reach().value(),
                sent.replyRate().value(),
                sent.authenticity().value(),
                sent.growth90d().value(),
                sent.lastPostAt().value(),
                audience == null ? null : audience.over(null, false),
                sent.observedAt().value(),
                sent.source().value() == null ? origin.source() : sent.source().value());
        return new StoredAccount(sent.key(), document, origin.receivedAt(), Collections.emptySortedMap());
    }

    private StoredAccount account(StoredAccount stored, SentAccount sent) {
        var old = stored.document();
        var older = isOlder(stored, sent);
        var figures = new Figures(stored, sent, older);
        var audience = sent.audience().value();
        var document = new AccountDocument(
                old.platform(),
                edit ? sent.handle() : old.handle(),
                pick(sent.url(), old.url(), older),
                figures.pick("followers", sent.followers(), old.followers()),
                figures.pick("following", sent.following(), old.following()),
                figures.pick("posts", sent.posts(), old.posts()),
                figures.pick("postsPerWeek", sent.postsPerWeek(), old.postsPerWeek()),
                figures.pick("engagementRate", sent.engagementRate(), old.engagementRate()),
                figures.with("engagementRate", sent.engagementBasis(), old.engagementBasis()),
                figures.with("engagementRate", sent.engagementStatistic(), old.engagementStatistic()),
                figures.with("engagementRate", sent.postsSampled(), old.postsSampled()),
                figures.pick("likes", sent.likes(), old.likes()),
                figures.pick("comments", sent.comments(), old.comments()),
                figures.pick("shares", sent.shares(), old.shares()),
                figures.pick("saves", sent.saves(), old.saves()),
                figures.pick("views", sent.views(), old.views()),
                figures.pick("reach", sent.reach(), old.reach()),
                figures.pick("replyRate", sent.replyRate(), old.replyRate()),
                figures.pick("authenticity", sent.authenticity(), old.authenticity()),
                figures.pick("growth90d", sent.growth90d(), old.growth90d()),
                figures.pick("lastPostAt", sent.lastPostAt(), old.lastPostAt()),
                audience == null
                        ? figures.pick(
                                "audience", Sent.<Audience>absent(), clearedAudience(sent, old.audience(), older))
                        : figures.pick(
                                "audience",
                                Sent.of(audience.over(old.audience(), figures.isOlder("audience"))),
                                old.audience()),
                old.observedAt(),
                old.source());
        var changed = !document.equals(old);
        if (older) {
            var others = figures.others(old.observedAt(), old.source());
            return changed || !others.equals(stored.others())
                    ? new StoredAccount(stored.key(), document, origin.receivedAt(), others)
                    : stored;
        }
        // Figures that changed without a date are as old as their arrival; figures that did not stay as old as they
        // were.
        var observedAt = changed && !sent.observedAt().present()
                ? null
                : sent.observedAt().over(old.observedAt());
        if (!changed && stored.dated().equals(observedAt)) {
            observedAt = old.observedAt(); // the day they came in, as the document shows it
        }
        var source = sent.source().value() != null
                ? sent.source().value()
                : changed || sent.source().present() ? origin.source() : old.source();
        var dated = new AccountDocument(
                document.platform(),
                document.handle(),
                document.url(),
                document.followers(),
                document.following(),
                document.posts(),
                document.postsPerWeek(),
                document.engagementRate(),
                document.engagementBasis(),
                document.engagementStatistic(),
                document.postsSampled(),
                document.likes(),
                document.comments(),
                document.shares(),
                document.saves(),
                document.views(),
                document.reach(),
                document.replyRate(),
                document.authenticity(),
                document.growth90d(),
                document.lastPostAt(),
                document.audience(),
                observedAt,
                source);
        if (dated.equals(old)) {
            return stored;
        }
        return new StoredAccount(
                stored.key(),
                dated,
                origin.receivedAt(),
                figures.others(observedAt == null ? origin.receivedAt() : observedAt, source));
    }

    private static @Nullable Audience clearedAudience(SentAccount sent, @Nullable Audience stored, boolean older) {
        return sent.audience().present() && !older ? null : stored;
    }

    /**
     * Which of an account's figures are taken, and what date and source those have that are not of the account's own: a
     * file that is newer on the whole leaves a figure that it does not have as old as it was, so that a file between the
     * two may still bring a newer one.
     */
    private final class Figures {
        private final StoredAccount stored;
        private final SentAccount sent;
        private final boolean older;
        private final TreeMap<String, Provenance> kept = new TreeMap<>();
        private final TreeMap<String, Provenance> taken = new TreeMap<>();

        Figures(StoredAccount stored, SentAccount sent, boolean older) {
            this.stored = stored;
            this.sent = sent;
            this.older = older;
        }

        private Provenance known(String name) {
            var other = stored.others().get(name);
            return other == null
                    ? new Provenance(stored.dated(), stored.document().source())
                    : other;
        }

        /** Whether the sent figure is the older one. */
        boolean isOlder(String name) {
            var observedAt = sent.observedAt().value();
            return older
                    && observedAt != null
                    && observedAt.isBefore(known(name).observedAt());
        }

        <T> @Nullable T pick(String name, Sent<T> figure, @Nullable T old) {
            var now = with(name, figure, old);
            if (now == null) {
                return null;
            }
            var observedAt = sent.observedAt().value();
            var isTaken = figure.present() && figure.value() != null && (old == null || !isOlder(name));
            if (isTaken && observedAt != null) {
                var source = sent.source().value();
                taken.put(name, new Provenance(observedAt, source == null ? origin.source() : source));
            } else if (!isTaken) {
                kept.put(name, known(name));
            }
            return now;
        }

        /** What belongs to a figure goes with it. */
        <T> @Nullable T with(String name, Sent<T> figure, @Nullable T old) {
            return isOlder(name) ? figure.under(old) : figure.over(old);
        }

        /** Those that are not of this date and source. */
        SortedMap<String, Provenance> others(@Nullable Instant observedAt, @Nullable String source) {
            var others = new TreeMap<>(kept);
            others.putAll(taken);
            var own = observedAt == null ? stored.dated() : observedAt;
            others.values().removeIf(it -> it.observedAt().equals(own) && Objects.equals(it.source(), source));
            return others.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(others);
        }
    }

    /** Importing files out of order is normal: figures dated before the stored ones fill gaps and become history. */
    private boolean isOlder(StoredAccount stored, SentAccount sent) {
        var observedAt = sent.observedAt().value();
        var known = stored.document().observedAt();
        return !edit && observedAt != null && known != null && observedAt.isBefore(known);
    }

    private static <T> @Nullable T pick(Sent<T> sent, @Nullable T stored, boolean older) {
        return older ? sent.under(stored) : sent.over(stored);
    }

    private static SortedMap<Day, HistoryPoint> history(SortedMap<Day, HistoryPoint> stored, List<SentPoint> sent) {
        var after = new TreeMap<>(stored);
        for (var point : sent) {
            var day = new Day(point.platform(), point.on());
            var before = after.get(day);
            var followers = point.followers().over(before == null ? null : before.followers());
            var rate = point.engagementRate().over(before == null ? null : before.engagementRate());
            if (followers == null && rate == null) {
                after.remove(day);
            } else {
                after.put(day, new HistoryPoint(point.platform(), point.on(), followers, rate));
            }
        }
        return after.equals(stored) ? stored : Collections.unmodifiableSortedMap(after);
    }
}
