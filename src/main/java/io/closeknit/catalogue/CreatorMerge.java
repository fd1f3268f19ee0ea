package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.SentCreator.SentAccount;
import io.closeknit.catalogue.SentCreator.SentPoint;
import io.closeknit.catalogue.StoredCreator.Day;
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
        return new StoredAccount(sent.key(), document, origin.receivedAt());
    }

    private StoredAccount account(StoredAccount stored, SentAccount sent) {
        var old = stored.document();
        var older = isOlder(stored, sent);
        var audience = sent.audience().value();
        var document = new AccountDocument(
                old.platform(),
                edit ? sent.handle() : old.handle(),
                pick(sent.url(), old.url(), older),
                pick(sent.followers(), old.followers(), older),
                pick(sent.following(), old.following(), older),
                pick(sent.posts(), old.posts(), older),
                pick(sent.postsPerWeek(), old.postsPerWeek(), older),
                pick(sent.engagementRate(), old.engagementRate(), older),
                pick(sent.engagementBasis(), old.engagementBasis(), older),
                pick(sent.engagementStatistic(), old.engagementStatistic(), older),
                pick(sent.postsSampled(), old.postsSampled(), older),
                pick(sent.likes(), old.likes(), older),
                pick(sent.comments(), old.comments(), older),
                pick(sent.shares(), old.shares(), older),
                pick(sent.saves(), old.saves(), older),
                pick(sent.views(), old.views(), older),
                pick(sent.reach(), old.reach(), older),
                pick(sent.replyRate(), old.replyRate(), older),
                pick(sent.authenticity(), old.authenticity(), older),
                pick(sent.growth90d(), old.growth90d(), older),
                pick(sent.lastPostAt(), old.lastPostAt(), older),
                audience == null
                        ? (sent.audience().present() && !older ? null : old.audience())
                        : audience.over(old.audience(), older),
                old.observedAt(),
                old.source());
        var changed = !document.equals(old);
        if (older) {
            return changed ? new StoredAccount(stored.key(), document, origin.receivedAt()) : stored;
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
        return dated.equals(old) ? stored : new StoredAccount(stored.key(), dated, origin.receivedAt());
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
