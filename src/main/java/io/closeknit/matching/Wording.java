package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import io.closeknit.index.CreatorIndex;
import io.closeknit.index.Criterion;
import io.closeknit.index.Ranking;
import io.closeknit.index.Ranking.CriterionScore;
import io.closeknit.index.Ranking.Facts;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import io.closeknit.web.Formats;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says in words what a fit was calculated from, the same for pages, API and exports. */
@Component
class Wording {
    /** Topics that a sentence names. */
    private static final int FEW = 2;

    private static final int SEVERAL = 4;

    private final Sentences sentences;
    private final Formats formats;
    private final NicheDirectory niches;
    private final CreatorIndex index;

    Wording(Sentences sentences, Formats formats, NicheDirectory niches, CreatorIndex index) {
        this.sentences = sentences;
        this.formats = formats;
        this.niches = niches;
        this.index = index;
    }

    /** The words for one brief. */
    Spoken forBrief(@Nullable BriefDocument brief) {
        var names = new HashMap<Long, String>();
        var brand = brief == null ? null : brief.brand();
        if (brand != null) {
            var competitors = brand.competitors();
            if (competitors != null) {
                competitors.forEach(name -> index.brandCodes(name).forEach(code -> names.put(code, name)));
            }
            var own = brand.name();
            if (own != null) {
                index.brandCodes(own).forEach(code -> names.put(code, own));
            }
        }
        return new Spoken(names, niches.tree());
    }

    /** Speaks of creators as one brief sees them. */
    final class Spoken {
        private final Map<Long, String> brands;
        private final NicheTree tree;

        private Spoken(Map<Long, String> brands, NicheTree tree) {
            this.brands = brands;
            this.tree = tree;
        }

        /** What a criterion's value was calculated from; null where it is not asked. */
        @Nullable
        String evidence(CriterionScore score) {
            return switch (score.facts()) {
                case null -> null;
                case Facts.Relevance facts -> relevance(facts);
                case Facts.Audience facts -> audience(facts);
                case Facts.Bond facts -> bond(facts);
                case Facts.Credibility facts -> credibility(facts);
                case Facts.Belief facts -> belief(facts);
                case Facts.Focus facts ->
                    facts.topics().isEmpty()
                            ? sentences.of("matching.evidence.focus.unknown")
                            : score.known()
                                    ? shares(facts.topics(), SEVERAL)
                                    : sentences.of(
                                            "matching.evidence.focus.single",
                                            name(facts.topics().getFirst().key()));
                case Facts.Authenticity facts ->
                    facts.real() == null
                            ? sentences.of("matching.evidence.authenticity.unknown")
                            : sentences.of("matching.evidence.authenticity", formats.percent(facts.real()));
                case Facts.Value facts -> value(facts);
            };
        }

        private String relevance(Facts.Relevance facts) {
            if (facts.parts().isEmpty()) {
                return sentences.of("matching.evidence.relevance.unknown");
            }
            var by = new ArrayList<Ranking.Share>();
            facts.parts().forEach(part -> by.addAll(part.by()));
            by.sort(Comparator.comparingDouble(share -> -share.share()));
            if (by.isEmpty()) {
                return sentences.of("matching.evidence.relevance.none");
            }
            var related = related(facts, by.subList(0, Math.min(SEVERAL, by.size())));
            return related.isEmpty()
                    ? shares(by, SEVERAL)
                    : sentences.of("matching.evidence.relevance.related", shares(by, SEVERAL), related);
        }

        /**
         * Which of her topics count for the brief only because they are near one of its niches, and which: 'aviation ~
         * travel'. What lies below a niche of the brief is about it and not named.
         */
        private String related(Facts.Relevance facts, List<Ranking.Share> named) {
            var pairs = new ArrayList<String>();
            for (var share : named) {
                facts.parts().stream()
                        .filter(part -> part.by().contains(share) && !isAbout(share.key(), part.niche()))
                        .findFirst()
                        .ifPresent(part -> pairs.add(name(share.key()) + " ~ " + name(part.niche())));
            }
            return String.join(", ", pairs);
        }

        private boolean isAbout(String topic, String niche) {
            var narrow = tree.bySlug(topic);
            var wide = tree.bySlug(niche);
            return topic.equals(niche)
                    || narrow.isPresent()
                            && wide.isPresent()
                            && tree.isWithin(narrow.get().id(), wide.get().id());
        }

        private String shares(List<Ranking.Share> shares, int most) {
            var named = shares.stream()
                    .limit(most)
                    .map(share -> name(share.key()) + " " + formats.percent(share.share()))
                    .toList();
            return String.join(", ", named);
        }

        private String name(String slug) {
            return tree.bySlug(slug).map(Niche::name).orElse(slug);
        }

        private String audience(Facts.Audience facts) {
            var parts = new ArrayList<String>();
            facts.shares()
                    .forEach((dimension, share) ->
                            parts.add(sentences.of("matching.evidence.audience." + dimension, formats.percent(share))));
            facts.missing()
                    .forEach(dimension ->
                            parts.add(sentences.of("matching.evidence.audience." + dimension + ".unknown")));
            return String.join(", ", parts);
        }

        private String bond(Facts.Bond facts) {
            var parts = new ArrayList<String>();
            if (facts.rate() == null) {
                return sentences.of("matching.evidence.bond.unknown");
            }
            parts.add(sentences.of("matching.evidence.bond.rate", formats.percent(facts.rate())));
            if (facts.place() != null) {
                parts.add(sentences.of(
                        facts.published() ? "matching.evidence.bond.published" : "matching.evidence.bond.place",
                        formats.percent(facts.place())));
            } else {
                parts.add(sentences.of("matching.evidence.bond.unplaced"));
            }
            if (facts.commentsPerLike() != null) {
                parts.add(sentences.of(
                        "matching.evidence.bond.comments", formats.decimal(facts.commentsPerLike() * 100, 1)));
            }
            if (facts.replyRate() != null) {
                parts.add(sentences.of("matching.evidence.bond.replies", formats.percent(facts.replyRate())));
            }
            return String.join(", ", parts);
        }

        private String credibility(Facts.Credibility facts) {
            if (!facts.looked()) {
                return sentences.of("matching.evidence.credibility.unknown");
            }
            if (facts.outdated()) {
                return sentences.of("matching.evidence.credibility.outdated");
            }
            return facts.posts() == null
                    ? sentences.of("matching.evidence.credibility.no-rate", facts.sponsored())
                    : sentences.of(
                            "matching.evidence.credibility",
                            facts.sponsored(),
                            formats.exact(Math.round(facts.posts())));
        }

        private String belief(Facts.Belief facts) {
            var key = facts.evidence().toLowerCase(Locale.ROOT).replace('_', '-');
            if (facts.evidence().equals("NONE")) {
                return facts.words() > 0
                        ? sentences.of("matching.evidence.belief.words", facts.words(), facts.ofWords())
                        : sentences.of("matching.evidence.belief.none");
            }
            var subject = facts.evidence().endsWith("CATEGORY")
                    ? (facts.niche() == null ? "" : name(facts.niche()))
                    : brands.getOrDefault(facts.brand(), "");
            return sentences.of("matching.evidence.belief." + key, subject, when(facts.on()));
        }

        private String when(@Nullable LocalDate on) {
            return on == null ? sentences.of("matching.evidence.undated") : formats.day(on);
        }

        private String value(Facts.Value facts) {
            if (facts.costEur() == null) {
                return sentences.of("matching.evidence.value.unknown");
            }
            return Double.isInfinite(facts.costEur())
                    ? sentences.of("matching.evidence.value.nobody")
                    : sentences.of(
                            "matching.evidence.value",
                            formats.money(facts.costEur(), "EUR"),
                            formats.money(facts.priceEur(), "EUR"),
                            formats.count(facts.engagedTarget()));
        }

        // ---- why

        /** One sentence from the two strongest and the weakest criterion that are known and weigh something. */
        String why(Ranking.Item item) {
            var known = item.criteria().stream()
                    .filter(score -> score.asked() && score.known() && score.weight() > 0)
                    .sorted(Comparator.<CriterionScore>comparingDouble(score -> -strength(score))
                            .thenComparing(CriterionScore::criterion))
                    .toList();
            if (known.isEmpty()) {
                return sentences.of("matching.why.nothing");
            }
            var relevance = item.criteria().getFirst();
            var offTopic =
                    relevance.asked() && relevance.known() && relevance.value() != null && relevance.value() == 0;
            var strong = known.stream()
                    .filter(score -> value(score) >= 0.5)
                    .limit(2)
                    .map(score -> phrase(score, "strong"))
                    .toList();
            var weakest = known.getLast();
            var weak = offTopic
                    ? sentences.of("matching.why.relevance.none")
                    : value(weakest) < 0.5 && known.indexOf(weakest) >= strong.size() ? phrase(weakest, "weak") : null;
            if (strong.isEmpty()) {
                return capital(weak == null ? sentences.of("matching.why.middling") : weak) + ".";
            }
            var said = strong.size() == 2
                    ? sentences.of("matching.why.and", strong.getFirst(), strong.getLast())
                    : strong.getFirst();
            return capital(weak == null ? said : sentences.of("matching.why.but", said, weak)) + ".";
        }

        private static String capital(String sentence) {
            return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
        }

        private static double value(CriterionScore score) {
            return score.value() == null ? 0 : score.value();
        }

        /** How far above the middle a criterion lifts the score. */
        private static double strength(CriterionScore score) {
            return (value(score) - 0.5) * score.weight();
        }

        private String phrase(CriterionScore score, String side) {
            var key = "matching.why." + score.criterion().key() + "." + side;
            return switch (score.facts()) {
                case Facts.Relevance facts -> publishes(facts, side);
                case Facts.Bond facts -> sentences.of(key, formats.percent(facts.place()));
                case Facts.Credibility facts -> sentences.of(key, facts.sponsored());
                case Facts.Belief facts ->
                    sentences.of(
                            key + "."
                                    + facts.evidence().toLowerCase(Locale.ROOT).replace('_', '-'),
                            subject(facts));
                case Facts.Authenticity facts -> sentences.of(key, formats.percent(facts.real()));
                case Facts.Value facts ->
                    facts.costEur() == null || Double.isInfinite(facts.costEur())
                            ? sentences.of("matching.why.value.nobody")
                            : sentences.of(key, formats.money(facts.costEur(), "EUR"));
                case Facts.Focus facts ->
                    sentences.of(key, name(facts.topics().getFirst().key()));
                case Facts.Audience facts -> sentences.of(key, formats.percent(share(facts)));
                case null -> "";
            };
        }

        private double share(Facts.Audience facts) {
            return facts.shares().values().stream().reduce(1.0, (a, b) -> a * b);
        }

        private String subject(Facts.Belief facts) {
            return facts.evidence().endsWith("CATEGORY")
                    ? (facts.niche() == null ? "" : name(facts.niche()))
                    : brands.getOrDefault(facts.brand(), "");
        }

        private String publishes(Facts.Relevance facts, String side) {
            var by = new ArrayList<Ranking.Share>();
            facts.parts().forEach(part -> by.addAll(part.by()));
            by.sort(Comparator.comparingDouble(share -> -share.share()));
            var named = by.subList(0, Math.min(FEW, by.size()));
            var topics = String.join(
                    ", ", named.stream().map(share -> name(share.key())).toList());
            var related = related(facts, named);
            return related.isEmpty()
                    ? sentences.of("matching.why.relevance." + side, topics)
                    : sentences.of("matching.why.relevance." + side + ".related", topics, related);
        }

        /** A criterion's name. */
        String criterion(Criterion criterion) {
            return sentences.of("matching.criterion." + criterion.key());
        }
    }
}
