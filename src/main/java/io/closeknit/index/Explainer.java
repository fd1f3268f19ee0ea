package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.CreatorRow.Account;
import io.closeknit.index.Ranking.AudienceLine;
import io.closeknit.index.Ranking.Card;
import io.closeknit.index.Ranking.CriterionScore;
import io.closeknit.index.Ranking.Facts;
import io.closeknit.index.Ranking.Facts.NichePart;
import io.closeknit.index.Ranking.Item;
import io.closeknit.index.Ranking.Price;
import io.closeknit.index.Ranking.Share;
import io.closeknit.niche.Niche;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says why: takes the same evaluation that ranked a creator apart into criteria with what each was calculated from. Owned
 * by one thread.
 */
final class Explainer {
    /** Niches of a card; the rest is on the creator's page. */
    private static final int CARD_NICHES = 5;

    private final CompiledBrief brief;
    private final CompiledBrief.Scratch scratch = new CompiledBrief.Scratch();
    private final int platforms;

    Explainer(CompiledBrief brief) {
        this.brief = brief;
        platforms = brief.question().platforms() == 0 ? -1 : brief.question().platforms();
    }

    Item explain(CreatorRow row, int words, int rank, List<Ranking.Excerpt> excerpts) {
        var evaluation = brief.evaluate(row, words, scratch);
        var main = row.accounts[Math.max(0, evaluation.main)];
        var scores = Criterion.ALL.stream()
                .map(criterion -> score(criterion, row, main, words, evaluation))
                .toList();
        var share = evaluation.audienceShare;
        return new Item(
                rank,
                card(row, main, evaluation, excerpts),
                evaluation.score,
                evaluation.lowScore,
                evaluation.highScore,
                known(share),
                scores);
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static @Nullable LocalDate date(int day) {
        return day == CreatorRow.NO_DAY ? null : LocalDate.ofEpochDay(day);
    }

    // ---- the card

    private Card card(CreatorRow row, Account main, Evaluation evaluation, List<Ranking.Excerpt> excerpts) {
        var languages = new ArrayList<String>();
        for (var i = 0; i < row.languageCount; i++) {
            languages.add(Codes.languageTag(row.languages[i]));
        }
        return new Card(
                row.id,
                row.slug.toString(),
                row.name.toString(),
                row.demo,
                row.country == Codes.UNKNOWN ? null : Codes.country(row.country),
                languages,
                Platform.values()[main.platform],
                main.handle.toString(),
                main.followers < 0 ? null : main.followers,
                evaluation.tier < 0 ? null : brief.tiers().names().get(evaluation.tier),
                known(main.engagementRate),
                EngagementBasis.values()[main.basis],
                known(evaluation.engagementPlace),
                known(main.growth90d),
                niches(row, CARD_NICHES),
                price(row),
                date(RowFilter.lastPostDay(row, platforms)),
                date(row.observedDay),
                audienceLine(main),
                excerpts);
    }

    private List<Share> niches(CreatorRow row, int limit) {
        var shares = new ArrayList<Share>();
        for (var i = 0; i < row.nicheCount && shares.size() < limit; i++) {
            var share = (double) row.nicheWeight[i] / CreatorRow.ONE;
            brief.tree().byId(row.niches[i]).ifPresent(niche -> shares.add(new Share(niche.slug(), share)));
        }
        return shares;
    }

    private @Nullable Price price(CreatorRow row) {
        Price cheapest = null;
        var least = Double.POSITIVE_INFINITY;
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            for (var r = 0; (platforms >> account.platform & 1) != 0 && r < account.rateCount; r++) {
                var rate = brief.statistics().rates().get(account.rateCurrency[r]);
                if (rate != null && account.rateAmount[r] * rate < least) {
                    least = account.rateAmount[r] * rate;
                    cheapest = new Price(
                            account.rateAmount[r],
                            Codes.currency(account.rateCurrency[r]),
                            Deliverable.values()[account.rateDeliverable[r]]);
                }
            }
        }
        return cheapest;
    }

    private static @Nullable AudienceLine audienceLine(Account main) {
        var gender = main.gendersKnown ? largest(main.genders, 3, Codes.GENDERS::get) : null;
        var age = main.agesKnown ? largest(main.ages, 7, Codes.AGES::get) : null;
        var country = main.countryCount > 0
                ? largest(main.countryShare, main.countryCount, i -> Codes.country(main.countries[i]))
                : null;
        return gender == null && age == null && country == null ? null : new AudienceLine(gender, age, country);
    }

    private static @Nullable Share largest(int[] shares, int count, IntFunction<String> key) {
        var best = -1;
        for (var i = 0; i < count; i++) {
            if (shares[i] >= 0 && (best < 0 || shares[i] > shares[best])) {
                best = i;
            }
        }
        return best < 0 ? null : new Share(key.apply(best), (double) shares[best] / CreatorRow.ONE);
    }

    // ---- the criteria

    private CriterionScore score(Criterion criterion, CreatorRow row, Account main, int words, Evaluation evaluation) {
        if (!brief.isAsked(criterion)) {
            return new CriterionScore(criterion, false, false, null, null, null, 0, 0, null, null, null, null);
        }
        var i = criterion.ordinal();
        var median = brief.peerMedian(criterion, main.platform, evaluation.tier, row.country);
        var personal = criterion == Criterion.RELEVANCE || criterion == Criterion.FOCUS;
        var source = main.source.toString();
        return new CriterionScore(
                criterion,
                true,
                evaluation.isKnown(criterion),
                evaluation.value[i],
                evaluation.low[i],
                evaluation.high[i],
                brief.weight(criterion),
                brief.points(criterion, evaluation.value[i]),
                known(median),
                facts(criterion, row, main, words, evaluation),
                personal || source.isEmpty() ? null : source,
                date(personal ? row.observedDay : main.observedDay));
    }

    private Facts facts(Criterion criterion, CreatorRow row, Account main, int words, Evaluation evaluation) {
        return switch (criterion) {
            case RELEVANCE -> relevance(row);
            case AUDIENCE -> audience(evaluation);
            case BOND -> bond(main, evaluation);
            case CREDIBILITY ->
                new Facts.Credibility(
                        row.mentionsKnown,
                        row.sponsoredPosts,
                        known(row.windowPosts),
                        row.credibility >= 0
                                && !Quality.isCredibilityKnown(
                                        row, brief.statistics().today()));
            case BELIEF -> belief(row, words, evaluation);
            case FOCUS -> new Facts.Focus(topics(row));
            case AUTHENTICITY -> new Facts.Authenticity(known(evaluation.realFollowers));
            case VALUE ->
                evaluation.valueAccount < 0
                        ? new Facts.Value(null, null, null)
                        : new Facts.Value(
                                evaluation.price,
                                evaluation.engagedTarget,
                                evaluation.engagedTarget > 0
                                        ? evaluation.price / evaluation.engagedTarget
                                        : Double.POSITIVE_INFINITY);
        };
    }

    private Facts relevance(CreatorRow row) {
        if (row.nicheCount == 0) {
            return new Facts.Relevance(List.of());
        }
        return new Facts.Relevance(brief.relevanceParts(row, scratch).stream()
                .map(part -> new NichePart(
                        slug(part.niche()),
                        part.part(),
                        part.by().stream()
                                .map(served -> new Share(slug(served.niche()), served.weight()))
                                .toList()))
                .toList());
    }

    private String slug(int niche) {
        return brief.tree().byId(niche).map(Niche::slug).orElse("?");
    }

    private Facts audience(Evaluation evaluation) {
        var shares = new LinkedHashMap<String, Double>();
        var missing = new ArrayList<String>();
        for (var d = 0; d < Audiences.DIMENSIONS; d++) {
            if (brief.audiences().isAsked(d)) {
                if (Double.isNaN(evaluation.dimensions[d])) {
                    missing.add(Audiences.NAMES[d]);
                } else {
                    shares.put(Audiences.NAMES[d], evaluation.dimensions[d]);
                }
            }
        }
        return new Facts.Audience(shares, missing, brief.audiences().best());
    }

    private Facts bond(Account main, Evaluation evaluation) {
        var peers = brief.statistics().peers();
        return new Facts.Bond(
                known(main.engagementRate),
                known(evaluation.engagementPlace),
                known(main.commentsPerLike),
                known(evaluation.commentsPlace),
                main.replyRate < 0 ? null : (double) main.replyRate / CreatorRow.ONE,
                main.postsSampled < 0 ? null : main.postsSampled,
                known(peers.medianEngagement(main)),
                peers.isPublished(main));
    }

    private Facts belief(CreatorRow row, int words, Evaluation evaluation) {
        var mention = evaluation.beliefMention;
        var ofWords = brief.question().belief().words().size();
        return mention < 0
                ? new Facts.Belief(evaluation.belief.name(), null, null, null, words, ofWords)
                : new Facts.Belief(
                        evaluation.belief.name(),
                        row.mentionBrand[mention],
                        row.mentionNiche[mention] < 0 ? null : slug(row.mentionNiche[mention]),
                        date(row.mentionDay[mention]),
                        words,
                        ofWords);
    }

    private List<Share> topics(CreatorRow row) {
        var byTop = new HashMap<Integer, Double>();
        for (var i = 0; i < row.nicheCount; i++) {
            byTop.merge(
                    brief.tree().topLevel(row.niches[i]), (double) row.nicheWeight[i] / CreatorRow.ONE, Double::sum);
        }
        return byTop.entrySet().stream()
                .map(entry -> new Share(slug(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::key))
                .toList();
    }
}
