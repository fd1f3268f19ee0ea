package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorDocument.Rate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A creator as the tables hold her: what the document says, and what only we need. Every list is in the one order that
 * the comparators here give, so that two states are equal when they say the same.
 *
 * @param mentions null: nobody looked; empty: looked, none found
 */
record StoredCreator(
        long id,
        boolean demo,
        long version,
        Instant createdAt,
        Instant updatedAt,
        String slug,
        String name,
        @Nullable Kind kind,
        @Nullable String bio,
        @Nullable String country,
        @Nullable String city,
        List<String> languages,
        @Nullable String email,
        @Nullable String website,
        List<StoredNiche> niches,
        List<HashtagWeight> hashtags,
        List<StoredAccount> accounts,
        SortedMap<Day, HistoryPoint> history,
        @Nullable List<StoredMention> mentions,
        List<Rate> rates) {

    /** The heaviest first, those without a weight last. */
    static final Comparator<StoredNiche> BY_WEIGHT = Comparator.comparing(
                    (StoredNiche niche) -> niche.tag().weight(), Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(niche -> niche.tag().niche());

    static final Comparator<HashtagWeight> HASHTAGS_BY_WEIGHT = Comparator.comparing(
                    HashtagWeight::weight, Comparator.nullsLast(Comparator.<Double>reverseOrder()))
            .thenComparing(hashtag -> hashtag.tag().toLowerCase(Locale.ROOT))
            .thenComparing(HashtagWeight::tag);

    /** The main account first: most followers, unknown last. */
    static final Comparator<StoredAccount> BY_FOLLOWERS = Comparator.comparing(
                    (StoredAccount account) -> account.document().followers(),
                    Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(
                    StoredAccount::key,
                    Comparator.comparing(AccountKey::platform).thenComparing(AccountKey::handleKey));

    static final Comparator<StoredMention> YOUNGEST_FIRST = Comparator.comparing(
                    (StoredMention mention) -> mention.mention().on(), Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(mention -> mention.mention().brand())
            .thenComparing(mention -> mention.mention().platform(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(mention -> mention.mention().url(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(mention -> mention.mention().paid(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(mention -> mention.mention().niche(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(StoredMention::word, Comparator.nullsLast(Comparator.naturalOrder()));

    static final Comparator<Rate> RATES = Comparator.comparing(Rate::platform).thenComparing(Rate::deliverable);

    record StoredNiche(int nicheId, NicheWeight tag) {}

    /**
     * @param document with observedAt only where one was sent
     * @param receivedAt stands for observedAt where that is not known
     * @param others figures of another date or source than the account, by their names in the API
     */
    record StoredAccount(
            AccountKey key, AccountDocument document, Instant receivedAt, SortedMap<String, Provenance> others) {
        /** When the figures were true, as far as it is known. */
        Instant dated() {
            var observed = document.observedAt();
            return observed == null ? receivedAt : observed;
        }
    }

    /** @param observedAt when a figure was true, as far as it is known */
    record Provenance(Instant observedAt, @Nullable String source) {}

    /** @param word the category as it was sent, where no niche has it; the mention's own niche is null then */
    record StoredMention(
            @Nullable Integer nicheId, @Nullable String word, Mention mention) {}

    record Day(Platform platform, LocalDate on) implements Comparable<Day> {
        private static final Comparator<Day> ORDER =
                Comparator.comparing(Day::platform).thenComparing(Day::on);

        @Override
        public int compareTo(Day other) {
            return ORDER.compare(this, other);
        }
    }

    static <T> List<T> sorted(Collection<T> items, Comparator<? super T> order) {
        return switch (items.size()) {
            case 0 -> List.of();
            case 1 -> List.of(items.iterator().next());
            default -> {
                var sorted = new ArrayList<T>(items);
                sorted.sort(order);
                yield Collections.unmodifiableList(sorted);
            }
        };
    }

    /** The same facts under another version. */
    StoredCreator changed(long newVersion, Instant at) {
        return new StoredCreator(
                id,
                demo,
                newVersion,
                createdAt,
                at,
                slug,
                name,
                kind,
                bio,
                country,
                city,
                languages,
                email,
                website,
                niches,
                hashtags,
                accounts,
                history,
                mentions,
                rates);
    }

    CatalogueCreator toCreator() {
        return new CatalogueCreator(id, demo, version, createdAt, updatedAt, toDocument());
    }

    CreatorDocument toDocument() {
        return new CreatorDocument(
                slug,
                name,
                kind,
                bio,
                country,
                city,
                languages,
                email,
                website,
                niches.stream().map(StoredNiche::tag).toList(),
                hashtags,
                accounts.stream().map(StoredCreator::dated).toList(),
                List.copyOf(history.values()),
                mentions == null
                        ? null
                        : mentions.stream().map(StoredMention::mention).toList(),
                rates);
    }

    private static AccountDocument dated(StoredAccount account) {
        var it = account.document();
        return it.observedAt() != null
                ? it
                : new AccountDocument(
                        it.platform(),
                        it.handle(),
                        it.url(),
                        it.followers(),
                        it.following(),
                        it.posts(),
                        it.postsPerWeek(),
                        it.engagementRate(),
                        it.engagementBasis(),
                        it.engagementStatistic(),
                        it.postsSampled(),
                        it.likes(),
                        it.comments(),
                        it.shares(),
                        it.saves(),
                        it.views(),
                        it.reach(),
                        it.replyRate(),
                        it.authenticity(),
                        it.growth90d(),
                        it.lastPostAt(),
                        it.audience(),
                        account.receivedAt(),
                        it.source());
    }
}
