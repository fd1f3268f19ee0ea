package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.index.CreatorRow.Account;
import io.closeknit.index.Evaluation.Belief;
import io.closeknit.index.StandIns.StandIn;
import io.closeknit.niche.NicheTree;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of the fit: brief, weights and statistics folded into tables, and the arithmetic that scores a row
 * with them (docs/fit.md). Immutable and safe to share; a thread brings its own {@link Scratch}.
 */
final class CompiledBrief {
    /** How near a niche is to one of the brief's, besides 1 for the niche itself; docs/fit.md. */
    static final double BELOW = 0.9;

    static final double PARENT = 0.5;
    static final double SIBLING = 0.3;

    /** Bounds of the cost in EUR per engaged target person between which the value falls from 1 to 0. */
    private static final double CHEAP = 0.10;

    private static final double DEAR = 100;

    private final BriefQuestion question;
    private final Statistics statistics;
    private final NicheTree tree;
    private final Tiers tiers;
    private final int platforms;

    /** 100 · w / Σw by ordinal; 0 where not asked. */
    private final double[] pointsPerValue = new double[Criterion.COUNT];

    private final double[] weight = new double[Criterion.COUNT];
    private final int asked;

    // Relevance: the brief's niches in the order of their slugs, what serves which, and the idf of all.
    private final int[] briefNiches;
    private final double[] briefVector;

    /** By niche of the brief: what it adds to the overlap when it is served in full. */
    private final double[] importances;

    private final int[] serves;
    private final double[] proximity;
    private final double[] idf;

    /** By niche: idf times the part of what creators are about on average. */
    private final double[] common;

    /** What of q̂ is common, with the weight that it has. */
    private final double briefCommon;

    private final Audiences audiences;
    private final boolean[] category;
    private final long yearAgo;
    private final StandIns relevance;
    private final StandIns share;
    private final @Nullable StandIns[] dimension = new StandIns[Audiences.DIMENSIONS];
    private final StandIns value;

    /** What a thread needs to evaluate rows; not to be shared between threads. */
    static final class Scratch {
        final Evaluation evaluation = new Evaluation();
        private final Audiences.Means means = new Audiences.Means();
        private double[] served = {};
        private double common;
    }

    /**
     * @throws NothingToWeighException where every criterion that is asked weighs 0
     */
    CompiledBrief(BriefQuestion question, NicheTree tree, Statistics statistics, Tiers tiers) {
        this.question = question;
        this.statistics = statistics;
        this.tree = tree;
        this.tiers = tiers;
        platforms = question.platforms() == 0 ? -1 : question.platforms();
        idf = new double[tree.idLimit()];
        for (var niche = 0; niche < idf.length; niche++) {
            idf[niche] = statistics.idf(niche);
        }
        common = new double[idf.length];
        Arrays.setAll(common, niche -> idf[niche] * statistics.commonTopics().of(niche));
        var wanted = wantedNiches();
        briefNiches = wanted.keySet().stream()
                .sorted(Comparator.comparing(niche ->
                        tree.byId(niche).map(io.closeknit.niche.Niche::slug).orElse("")))
                .mapToInt(Integer::intValue)
                .toArray();
        briefVector = vector(wanted, Math::sqrt);
        importances = importances(wanted);
        briefCommon = common(briefVector);
        serves = new int[tree.idLimit()];
        Arrays.fill(serves, -1);
        proximity = new double[tree.idLimit()];
        for (var m = 0; m < briefNiches.length; m++) {
            markServers(m);
        }
        audiences = new Audiences(question.target(), tree);
        category = categoryMask();
        yearAgo = statistics.asOf().minusYears(1).toEpochDay();
        asked = askedCriteria();
        weigh();

        var needed = new Scratch();
        relevance = standIns((row, scratch) -> relevance(row, scratch), isAsked(Criterion.RELEVANCE), needed);
        share = audienceStandIns(needed);
        value = standIns((row, scratch) -> value(row, scratch), isAsked(Criterion.VALUE), needed);
    }

    private CompiledBrief(CompiledBrief other, double[] weights) {
        question = other.question.withWeights(weights);
        statistics = other.statistics;
        tree = other.tree;
        tiers = other.tiers;
        platforms = other.platforms;
        asked = other.asked;
        briefNiches = other.briefNiches;
        briefVector = other.briefVector;
        importances = other.importances;
        serves = other.serves;
        proximity = other.proximity;
        idf = other.idf;
        common = other.common;
        briefCommon = other.briefCommon;
        audiences = other.audiences;
        category = other.category;
        yearAgo = other.yearAgo;
        relevance = other.relevance;
        share = other.share;
        System.arraycopy(other.dimension, 0, dimension, 0, dimension.length);
        value = other.value;
        weigh();
    }

    /** The same brief with other weights; cheap, since nothing else depends on them. */
    CompiledBrief withWeights(double[] weights) {
        return new CompiledBrief(this, weights);
    }

    private void weigh() {
        var sum = 0.0;
        for (var criterion : Criterion.ALL) {
            if (isAsked(criterion)) {
                weight[criterion.ordinal()] = question.weights()[criterion.ordinal()];
                sum += weight[criterion.ordinal()];
            }
        }
        if (!(sum > 0)) {
            throw new NothingToWeighException();
        }
        for (var i = 0; i < Criterion.COUNT; i++) {
            pointsPerValue[i] = 100 * weight[i] / sum;
        }
    }

    // ---- what the brief asks

    private int askedCriteria() {
        var all = (1 << Criterion.COUNT) - 1;
        if (briefNiches.length == 0) {
            all &= ~(1 << Criterion.RELEVANCE.ordinal());
        }
        if (!audiences.isAsked()) {
            all &= ~(1 << Criterion.AUDIENCE.ordinal());
        }
        if (!question.belief().isAsked()) {
            all &= ~(1 << Criterion.BELIEF.ordinal());
        }
        if (!question.budget() && Arrays.stream(question.deliverables()).sum() == 0) {
            all &= ~(1 << Criterion.VALUE.ordinal());
        }
        return all;
    }

    boolean isAsked(Criterion criterion) {
        return (asked >> criterion.ordinal() & 1) != 0;
    }

    /** The weight that counts: 0 where the criterion is not asked. */
    double weight(Criterion criterion) {
        return weight[criterion.ordinal()];
    }

    /** The points that a criterion's value is worth: 100 · w·v / Σw. */
    double points(Criterion criterion, double criterionValue) {
        return pointsPerValue[criterion.ordinal()] * criterionValue;
    }

    BriefQuestion question() {
        return question;
    }

    Statistics statistics() {
        return statistics;
    }

    Audiences audiences() {
        return audiences;
    }

    Tiers tiers() {
        return tiers;
    }

    NicheTree tree() {
        return tree;
    }

    /** The niches' shares u: importances normalised, past partners' niches half and half. */
    private Map<Integer, Double> wantedNiches() {
        var wanted = new HashMap<Integer, Double>();
        var sum = question.niches().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        var partners = question.likeCreators();
        var named = sum > 0;
        var ownPart = partners.isEmpty() ? 1.0 : 0.5;
        if (named) {
            question.niches()
                    .forEach((niche, importance) -> wanted.merge(niche, ownPart * importance / sum, Double::sum));
        }
        var partnersPart = named ? 0.5 : 1.0;
        for (var partner : partners) {
            partner.forEach((niche, part) -> wanted.merge(niche, partnersPart * part / partners.size(), Double::sum));
        }
        wanted.values().removeIf(part -> part <= 0);
        wanted.keySet().removeIf(niche -> tree.byId(niche).isEmpty());
        return wanted;
    }

    /** The brief's shares as a vector of length 1. */
    private double[] vector(Map<Integer, Double> wanted, DoubleUnaryOperator bend) {
        var vector = new double[briefNiches.length];
        var length = 0.0;
        for (var m = 0; m < vector.length; m++) {
            vector[m] = bend.applyAsDouble(wanted.getOrDefault(briefNiches[m], 0.0)) * idf[briefNiches[m]];
            length += vector[m] * vector[m];
        }
        for (var m = 0; m < vector.length; m++) {
            vector[m] /= Math.sqrt(length);
        }
        return vector;
    }

    /** q̂ to the power of 5/4, divided by what the brief's own shares reach with that: who has the same ones has 1. */
    private double[] importances(Map<Integer, Double> wanted) {
        var same = vector(wanted, share -> Math.sqrt(bent(share)));
        var importance = new double[briefVector.length];
        var reached = 0.0;
        for (var m = 0; m < importance.length; m++) {
            importance[m] = briefVector[m] * Math.sqrt(Math.sqrt(briefVector[m]));
            reached += importance[m] * concave(same[m] * same[m]);
        }
        for (var m = 0; m < importance.length; m++) {
            importance[m] /= reached;
        }
        return importance;
    }

    /** The square of a share to the power of 3/4: what she is mostly about counts more than its share. */
    static double bent(double share) {
        return share * Math.sqrt(share);
    }

    /** A to the power of 3/4, of its square: the first of a niche counts more than the last. */
    private static double concave(double squared) {
        var root = Math.sqrt(Math.sqrt(squared));
        return root * Math.sqrt(root);
    }

    private double common(double[] vector) {
        var sum = 0.0;
        for (var m = 0; m < vector.length; m++) {
            sum += vector[m] * statistics.commonTopics().of(briefNiches[m]);
        }
        return sum * statistics.commonTopics().weight();
    }

    /** A niche of a creator serves the brief's niche for which q̂·prox³ is largest; ties go to the smallest slug. */
    private void markServers(int m) {
        var niche = briefNiches[m];
        mark(niche, m, 1);
        markBelow(niche, m);
        tree.parent(niche).ifPresent(parent -> {
            mark(parent, m, PARENT);
            tree.children(parent).forEach(sibling -> mark(sibling.id(), m, SIBLING));
        });
        tree.related(niche).forEach((other, strength) -> mark(other, m, strength));
    }

    private void markBelow(int niche, int m) {
        for (var child : tree.children(niche)) {
            mark(child.id(), m, BELOW);
            markBelow(child.id(), m);
        }
    }

    private void mark(int niche, int m, double prox) {
        var now = serves[niche] < 0 ? -1 : briefVector[serves[niche]] * cubed(proximity[niche]);
        // The brief's niches come in the order of their slugs, so that the first one wins a tie.
        if (briefVector[m] * cubed(prox) > now) {
            serves[niche] = m;
            proximity[niche] = prox;
        }
    }

    /** The category of the brand, what lies below it, or its parent where that is a top-level niche. */
    private boolean[] categoryMask() {
        var mask = new boolean[tree.idLimit()];
        var brand = question.belief().category();
        if (brand >= 0 && brand < mask.length && tree.byId(brand).isPresent()) {
            for (var niche : tree.all()) {
                mask[niche.id()] = tree.isWithin(niche.id(), brand);
            }
            tree.parent(brand)
                    .ifPresent(parent -> mask[parent] = tree.parent(parent).isEmpty());
        }
        return mask;
    }

    // ---- stand-ins for this brief, before any filter

    private interface Read {
        double of(CreatorRow row, Scratch scratch);
    }

    private StandIns standIns(Read read, boolean needed, Scratch scratch) {
        var collector = new StandIns.Collector(tiers.count(), false);
        if (needed) {
            for (var row : statistics.sample()) {
                var known = read.of(row, scratch);
                var main = row.accounts[Math.max(0, mainAccount(row))];
                if (!Double.isNaN(known)) {
                    collector.add(main.platform, tiers.of(main.followers), row.country, known);
                }
            }
        }
        return collector.build(statistics.minPeers());
    }

    /** Stand-ins for S; those of the single dimensions on the way. */
    private StandIns audienceStandIns(Scratch scratch) {
        var ofShare = new StandIns.Collector(tiers.count(), true);
        var ofDimension = new StandIns.Collector[Audiences.DIMENSIONS];
        Arrays.setAll(ofDimension, _ -> new StandIns.Collector(tiers.count(), true));
        for (var row : audiences.isAsked() ? statistics.sample() : List.<CreatorRow>of()) {
            var shares = audiences.measure(row, platforms, scratch.means);
            var main = row.accounts[Math.max(0, mainAccount(row))];
            var tier = tiers.of(main.followers);
            var product = audiences.product(shares);
            if (!Double.isNaN(product)) {
                ofShare.add(main.platform, tier, row.country, product);
            }
            for (var d = 0; d < Audiences.DIMENSIONS; d++) {
                if (audiences.isAsked(d) && !Double.isNaN(shares.of(d))) {
                    ofDimension[d].add(main.platform, tier, row.country, shares.of(d));
                }
            }
        }
        for (var d = 0; d < Audiences.DIMENSIONS; d++) {
            if (audiences.isAsked(d)) {
                dimension[d] = ofDimension[d].build(statistics.minPeers());
            }
        }
        return ofShare.build(statistics.minPeers());
    }

    /** This brief's own stand-ins by the names of the API. */
    Map<String, StandIns> ownStandIns() {
        var own = new java.util.LinkedHashMap<String, StandIns>();
        if (isAsked(Criterion.RELEVANCE)) {
            own.put("relevance", relevance);
        }
        if (isAsked(Criterion.AUDIENCE)) {
            own.put("audience", share);
            for (var d = 0; d < Audiences.DIMENSIONS; d++) {
                var ofDimension = dimension[d];
                if (ofDimension != null) {
                    own.put("audience." + Audiences.NAMES[d], ofDimension);
                }
            }
        }
        if (isAsked(Criterion.VALUE)) {
            own.put("value", value);
        }
        return own;
    }

    // ---- the arithmetic

    /** The platforms whose accounts count, bit by ordinal; -1: all. */
    int platforms() {
        return platforms;
    }

    /** λ·q̂·ē, what of an overlap is expected for each ĉ·ē. */
    double briefCommon() {
        return briefCommon;
    }

    /** By niche of the brief: what it adds to the overlap when it is served in full. */
    double[] importances() {
        return importances;
    }

    /** By niche id, which of the brief's niches it serves; -1 for none. */
    int[] served() {
        return serves;
    }

    /** What a creator's bent weight of the niche adds to the square of A, but for the length of her vector. */
    double servedFactor(int niche) {
        return idf[niche] * idf[niche] * nearness(niche);
    }

    /** Index of the account with most followers on the brief's platforms; -1 where there is none. */
    int mainAccount(CreatorRow row) {
        for (var i = 0; i < row.accountCount; i++) {
            if ((platforms >> row.accounts[i].platform & 1) != 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Scores a row.
     *
     * @param words how many of the question's words stand in her bio or hashtags
     * @return the scratch's evaluation, filled; valid until its next use
     */
    Evaluation evaluate(CreatorRow row, int words, Scratch scratch) {
        var out = scratch.evaluation;
        out.known = 0;
        out.main = mainAccount(row);
        var main = row.accounts[Math.max(0, out.main)];
        out.tier = tiers.of(main.followers);
        out.audienceShare = Double.NaN;
        out.beliefMention = -1;
        out.valueAccount = -1;
        Arrays.fill(out.value, 0);
        Arrays.fill(out.low, 0);
        Arrays.fill(out.high, 0);
        if (isAsked(Criterion.RELEVANCE)) {
            known(out, Criterion.RELEVANCE, relevance(row, scratch), relevance, main, row);
        }
        if (isAsked(Criterion.AUDIENCE)) {
            audience(row, main, out, scratch);
        }
        bond(row, main, out);
        credibility(row, main, out);
        if (isAsked(Criterion.BELIEF)) {
            belief(row, words, out);
        }
        if (row.focus >= 0) {
            out.set(Criterion.FOCUS, (double) row.focus / CreatorRow.ONE);
        } else {
            out.set(Criterion.FOCUS, 0.5, 0.1, 1, false);
        }
        authenticity(row, main, out);
        if (isAsked(Criterion.VALUE)) {
            var exact = value(row, scratch);
            known(out, Criterion.VALUE, exact, value, main, row);
            if (!Double.isNaN(exact)) {
                out.high[Criterion.VALUE.ordinal()] = valueOfCost(out.cheapestPossible);
            }
        }
        out.score = 0;
        out.lowScore = 0;
        out.highScore = 0;
        for (var i = 0; i < Criterion.COUNT; i++) {
            out.score += pointsPerValue[i] * out.value[i];
            out.lowScore += pointsPerValue[i] * out.low[i];
            out.highScore += pointsPerValue[i] * out.high[i];
        }
        return out;
    }

    private static void known(
            Evaluation out, Criterion criterion, double exact, StandIns standIns, Account main, CreatorRow row) {
        if (!Double.isNaN(exact)) {
            out.set(criterion, exact);
        } else {
            var standIn = standIns.of(main.platform, out.tier, row.country);
            out.set(criterion, standIn.median(), standIn.low(), standIn.high(), false);
        }
    }

    /** What she shares with the brief's niches, above what is common to all; NaN where the creator has no niche. */
    private double relevance(CreatorRow row, Scratch scratch) {
        if (row.nicheCount == 0) {
            return Double.NaN;
        }
        var length = serve(row, scratch);
        var sum = 0.0;
        for (var m = 0; m < briefNiches.length; m++) {
            sum += importances[m] * concave(scratch.served[m] / length);
        }
        return aboveCommon(Math.min(1, sum), scratch);
    }

    /** What is left of an overlap when that is taken off which two who are about what everybody is about have anyway. */
    private double aboveCommon(double overlap, Scratch scratch) {
        var expected = briefCommon * scratch.common;
        return Math.max(0, (overlap - expected) / (1 - expected));
    }

    /** Fills what serves each of the brief's niches and what is common; returns the squared length of the creator's vector. */
    private double serve(CreatorRow row, Scratch scratch) {
        if (scratch.served.length < briefNiches.length) {
            scratch.served = new double[briefNiches.length];
        }
        Arrays.fill(scratch.served, 0, briefNiches.length, 0);
        var length = 0.0;
        var inCommon = 0.0;
        for (var i = 0; i < row.nicheCount; i++) {
            var niche = row.niches[i];
            var inTree = niche < idf.length;
            var of = inTree ? idf[niche] : statistics.idf(niche);
            var bent = bent(row.nicheWeight[i]);
            var squared = bent * of * of;
            length += squared;
            if (inTree) {
                inCommon += Math.sqrt(bent) * common[niche];
            }
            if (inTree && serves[niche] >= 0) {
                scratch.served[serves[niche]] += squared * nearness(niche);
            }
        }
        scratch.common = length > 0 ? inCommon / Math.sqrt(length) : 0;
        return length;
    }

    /** What only lies near serves much less than the niche itself. */
    private static double cubed(double prox) {
        return prox * prox * prox;
    }

    /** What a creator's niche adds to the square of A for each of its squared length. */
    private double nearness(int niche) {
        return cubed(proximity[niche]) * cubed(proximity[niche]);
    }

    /**
     * One niche of the brief and what of the creator serves it.
     *
     * @param importance what it adds to the overlap when it is served in full
     * @param share A to the power of 3/4, what serves it, in [0, 1]
     * @param part what it adds to the relevance, which is shared out as importance times share
     * @param by the creator's niches that serve it, those that add most first
     */
    record RelevancePart(int niche, double importance, double share, double part, List<Served> by) {}

    /**
     * @param weight the creator's share of the niche
     * @param proximity to the brief's niche
     */
    record Served(int niche, double weight, double proximity) {}

    /** The parts of the relevance, by the brief's niches, largest first; they add up to it. */
    List<RelevancePart> relevanceParts(CreatorRow row, Scratch scratch) {
        var length = serve(row, scratch);
        var overlap = 0.0;
        for (var m = 0; m < briefNiches.length && length > 0; m++) {
            overlap += importances[m] * concave(scratch.served[m] / length);
        }
        var left = overlap > 0 ? aboveCommon(Math.min(1, overlap), scratch) / overlap : 0;
        var parts = new ArrayList<RelevancePart>();
        for (var m = 0; m < briefNiches.length; m++) {
            var by = new ArrayList<Served>();
            for (var i = 0; i < row.nicheCount; i++) {
                var niche = row.niches[i];
                if (niche < serves.length && serves[niche] == m) {
                    by.add(new Served(niche, (double) row.nicheWeight[i] / CreatorRow.ONE, proximity[niche]));
                }
            }
            by.sort(Comparator.comparingDouble(s -> -bent(s.weight()) * servedFactor(s.niche())));
            var share = length > 0 ? concave(scratch.served[m] / length) : 0;
            parts.add(new RelevancePart(briefNiches[m], importances[m], share, importances[m] * share * left, by));
        }
        parts.sort(Comparator.comparingDouble(part -> -part.part()));
        return parts;
    }

    private void audience(CreatorRow row, Account main, Evaluation out, Scratch scratch) {
        var shares = audiences.measure(row, platforms, scratch.means);
        for (var d = 0; d < Audiences.DIMENSIONS; d++) {
            out.dimensions[d] = audiences.isAsked(d) ? shares.of(d) : Double.NaN;
        }
        var product = audiences.product(shares);
        if (!Double.isNaN(product)) {
            out.audienceShare = product;
            out.set(
                    Criterion.AUDIENCE,
                    audiences.value(product),
                    audiences.value(product),
                    audiences.value(audiences.highProduct(shares)),
                    true);
            return;
        }
        if (audiences.isBlank(shares)) {
            var standIn = audienceStandIn(main.platform, out.tier, row.country);
            out.set(Criterion.AUDIENCE, standIn.median(), standIn.low(), standIn.high(), false);
            return;
        }
        var filled = audiences.filled(shares, d -> dimensionStandIn(d, main.platform, out.tier, row.country));
        out.set(
                Criterion.AUDIENCE,
                audiences.value(filled.median()),
                audiences.value(filled.low()),
                audiences.value(filled.high()),
                false);
    }

    /**
     * The criterion's value where no dimension is known: S takes one stand-in. Where nothing comparable is known the value,
     * not S, is 0.5: an S of 0.5 is more than most audiences reach at best (docs/fit.md).
     */
    private StandIn audienceStandIn(int platform, int tier, int country) {
        var standIn = share.of(platform, tier, country);
        return standIn == StandIn.NONE
                ? standIn
                : new StandIn(
                        audiences.value(standIn.median()),
                        audiences.value(standIn.low()),
                        audiences.value(standIn.high()),
                        standIn.known());
    }

    private void bond(CreatorRow row, Account main, Evaluation out) {
        var peers = statistics.peers();
        out.engagementPlace = out.main < 0 ? Double.NaN : peers.engagement(main);
        out.commentsPlace = out.main < 0 ? Double.NaN : peers.comments(main);
        var bond = Quality.bond(row, peers, platforms);
        if (bond.isKnown()) {
            out.set(Criterion.BOND, bond.middle(), bond.low(), bond.high(), true);
        } else {
            known(out, Criterion.BOND, Double.NaN, statistics.bond(), main, row);
        }
    }

    private void credibility(CreatorRow row, Account main, Evaluation out) {
        var exact = Quality.isCredibilityKnown(row, statistics.today())
                ? (double) row.credibility / CreatorRow.ONE
                : Double.NaN;
        known(out, Criterion.CREDIBILITY, exact, statistics.credibility(), main, row);
    }

    private void authenticity(CreatorRow row, Account main, Evaluation out) {
        var real = Quality.realFollowers(row, platforms);
        out.realFollowers = real.isKnown() ? real.middle() : Double.NaN;
        var exact = real.isKnown() ? Quality.authenticity(real.middle()) : Double.NaN;
        known(out, Criterion.AUTHENTICITY, exact, statistics.authenticity(), main, row);
    }

    // ---- belief

    private void belief(CreatorRow row, int words, Evaluation out) {
        var asking = question.belief();
        var witness = new Witness();
        for (var i = 0; i < row.mentionCount; i++) {
            var brand = row.mentionBrand[i];
            var roles = (asking.competitors().contains(brand) ? COMPETITOR : 0)
                    | (asking.brand().contains(brand) ? OWN : 0)
                    | (isInCategory(row.mentionNiche[i]) ? IN_CATEGORY : 0);
            witness.hear(i, situation(roles, row.mentionDay[i], row.mentionPaid[i]), row.mentionUrl[i]);
        }
        out.belief = witness.strongest;
        out.beliefMention = witness.shown;
        if (witness.strongest == Belief.NONE) {
            var share = asking.words().isEmpty()
                    ? 0
                    : (double) words / asking.words().size();
            out.set(Criterion.BELIEF, 0.5 + 0.1 * share, 0.2, 0.8, false);
        } else {
            out.set(Criterion.BELIEF, value(witness.strongest));
        }
    }

    private static double value(Belief evidence) {
        return switch (evidence) {
            case COMPETITOR -> 0;
            case UNPAID_BRAND -> 1;
            case PAID_BRAND -> 0.9;
            case UNPAID_CATEGORY -> 0.8;
            case PAID_CATEGORY -> 0.65;
            case NONE -> throw new IllegalArgumentException("What nobody shows has no value");
        };
    }

    // What a mention is, as far as it decides what it shows; paid, as in the row, stands above these bits.
    private static final int COMPETITOR = 1;
    private static final int OWN = 2;
    private static final int IN_CATEGORY = 4;
    private static final int DATED = 8;
    private static final int RECENT = 16;
    private static final int IN_WINDOW = 32;
    private static final int PAID_SHIFT = 6;
    private static final int PAID = 3;

    private static final Belief[] SHOWN = new Belief[(PAID + 1) << PAID_SHIFT];

    static {
        Arrays.setAll(SHOWN, CompiledBrief::shown);
    }

    /** What a mention shows; {@link Belief#PAID_CATEGORY} where it does together with another. */
    private static Belief shown(int situation) {
        var paid = situation >> PAID_SHIFT == 1;
        var unpaid = situation >> PAID_SHIFT == 0;
        var recent = (situation & RECENT) != 0;
        if ((situation & COMPETITOR) != 0) {
            // Undated counts as inside: it counts against her, never in her favour.
            var inside = (situation & DATED) == 0 || recent && (situation & IN_WINDOW) != 0;
            return paid && inside ? Belief.COMPETITOR : Belief.NONE;
        }
        if (!recent || !paid && !unpaid) {
            return Belief.NONE;
        }
        if ((situation & OWN) != 0) {
            return unpaid ? Belief.UNPAID_BRAND : Belief.PAID_BRAND;
        }
        if ((situation & IN_CATEGORY) != 0) {
            return unpaid ? Belief.UNPAID_CATEGORY : Belief.PAID_CATEGORY;
        }
        return Belief.NONE;
    }

    /**
     * @param roles of the mention's brand and niche
     * @param day {@link CreatorRow#NO_DAY} where it is not dated
     * @param paid 0 not paid, 1 paid, 2 not known
     */
    private int situation(int roles, int day, int paid) {
        var today = (long) statistics.today();
        // Differences' signs instead of comparisons: which way they go cannot be foreseen.
        var dated = day == CreatorRow.NO_DAY ? 0 : 1;
        var recent = (int) ((yearAgo - day & day - today - 1) >>> 63) & dated;
        var inWindow = (int) ((today - day - question.belief().windowDays()) >>> 63);
        return roles | dated * DATED | recent * RECENT | inWindow * IN_WINDOW | (paid & PAID) << PAID_SHIFT;
    }

    /** Whether a mention of a chunk can show anything by its niche, whatever the brief. @param day of {@link MentionColumns} */
    static boolean canShowCategory(int day, int paid, Statistics statistics) {
        return paid <= 1 && day > statistics.asOf().minusYears(1).toEpochDay() && day <= statistics.today();
    }

    /** Finds the strongest evidence among a creator's mentions. */
    private static final class Witness {
        private Belief strongest = Belief.NONE;
        private int shown = -1;
        /** Whether there was a paid post in the category, and its address, 0 where it has none: the same post is one. */
        private boolean paidBefore;

        private long paidPost;

        /** @param post 0 where it has no address; else equal for equal ones */
        void hear(int mention, int situation, long post) {
            var evidence = SHOWN[situation];
            if (evidence == Belief.PAID_CATEGORY && !paidBefore) {
                paidBefore = true;
                paidPost = post;
                return;
            }
            if (evidence == Belief.PAID_CATEGORY && post != 0 && post == paidPost) {
                return;
            }
            if (evidence.compareTo(strongest) < 0) {
                strongest = evidence;
                shown = mention;
            }
        }
    }

    /** Which of a chunk's mentions say something about a brief, and what its creators show; reusable, for one thread. */
    static final class Heard {
        private static final byte[] SHOWN_ORDINAL = new byte[SHOWN.length];
        private static final float[] VALUE = new float[Belief.values().length];
        private static final byte NOTHING = (byte) Belief.NONE.ordinal();

        static {
            for (var i = 0; i < SHOWN.length; i++) {
                SHOWN_ORDINAL[i] = (byte) SHOWN[i].ordinal();
            }
            for (var evidence : Belief.values()) {
                VALUE[evidence.ordinal()] = evidence == Belief.NONE ? 0 : (float) CompiledBrief.value(evidence);
            }
        }

        /** By ordinal of what is shown, the creators of whom nothing stronger is. */
        private final long[][] shown = new long[Belief.NONE.ordinal()][BitWords.words(ColumnBlock.CHUNK)];

        /** Creators with a paid post in the category, and which post. */
        private final long[] paidBefore = new long[BitWords.words(ColumnBlock.CHUNK)];

        private final byte[] paidPost = new byte[ColumnBlock.CHUNK];

        private void clear() {
            Arrays.fill(paidBefore, 0);
            for (var creators : shown) {
                Arrays.fill(creators, 0);
            }
        }

        /** Who shows something counts once, for the strongest. */
        private void keepStrongest() {
            for (var kind = 0; kind < shown.length; kind++) {
                for (var stronger = 0; stronger < kind; stronger++) {
                    BitWords.andNot(shown[kind], shown[stronger], shown[kind].length);
                }
            }
        }

        /** The kinds of evidence. */
        int kinds() {
            return shown.length;
        }

        /** The creators who show it and nothing stronger. */
        long[] creators(int kind) {
            return shown[kind];
        }

        /** The value of their belief. */
        float value(int kind) {
            return VALUE[kind];
        }
    }

    /** Finds the creators of a chunk whose mentions show something, and what: as {@link Witness}, for all at once. */
    void evidence(MentionColumns mentions, Heard heard) {
        heard.clear();
        var asking = question.belief();
        for (var brand : asking.brand()) {
            ofBrand(mentions, mentions.brand(brand), asking.competitors().contains(brand) ? COMPETITOR : OWN, heard);
        }
        var competitors = new int[asking.competitors().size()];
        var known = 0;
        for (var brand : asking.competitors()) {
            var at = mentions.brand(brand);
            if (at >= 0) {
                competitors[known++] = at;
                ofBrand(mentions, at, COMPETITOR, heard);
            }
        }
        competitors = Arrays.copyOf(competitors, known);
        // What is said of the own brand counts here, too, and for less than there.
        for (var at = 0; at < mentions.niches() && mentions.niche(at) < category.length; at++) {
            if (category[mentions.niche(at)]) {
                unpaid(mentions, at, competitors, heard.shown[Belief.UNPAID_CATEGORY.ordinal()]);
                paid(mentions, at, competitors, heard);
            }
        }
        heard.keepStrongest();
    }

    private void ofBrand(MentionColumns mentions, int brand, int role, Heard heard) {
        for (var i = mentions.fromOfBrand(brand); i < mentions.toOfBrand(brand); i++) {
            var day = mentions.day[i] == MentionColumns.NO_DAY ? CreatorRow.NO_DAY : mentions.day[i];
            var evidence = Heard.SHOWN_ORDINAL[situation(role, day, mentions.paid(i))];
            if (evidence != Heard.NOTHING) {
                BitWords.set(heard.shown[evidence], mentions.creator[i]);
            }
        }
    }

    private static void unpaid(MentionColumns mentions, int niche, int[] competitors, long[] set) {
        for (var i = mentions.fromOfUnpaid(niche); i < mentions.toOfUnpaid(niche); i++) {
            if (!mentions.isOfAny(competitors, i)) {
                BitWords.set(set, mentions.creatorAbout(i));
            }
        }
    }

    /** One paid post in the category shows nothing, a second one does. */
    private static void paid(MentionColumns mentions, int niche, int[] competitors, Heard heard) {
        for (var i = mentions.toOfUnpaid(niche); i < mentions.toOfPaid(niche); i++) {
            if (!mentions.isOfAny(competitors, i)) {
                var creator = mentions.creatorAbout(i);
                var post = mentions.postAbout(i);
                if (!BitWords.get(heard.paidBefore, creator)) {
                    BitWords.set(heard.paidBefore, creator);
                    heard.paidPost[creator] = post;
                } else if (post == 0 || post != heard.paidPost[creator]) {
                    BitWords.set(heard.shown[Belief.PAID_CATEGORY.ordinal()], creator);
                }
            }
        }
    }

    private boolean isInCategory(int niche) {
        return niche >= 0 && niche < category.length && category[niche];
    }

    // ---- value

    /** The value of the account that costs least per engaged target person; NaN where no account's cost is known. */
    private double value(CreatorRow row, Scratch scratch) {
        var out = scratch.evaluation;
        out.valueAccount = -1;
        out.cheapestPossible = Double.POSITIVE_INFINITY;
        var cheapest = Double.POSITIVE_INFINITY;
        for (var i = 0; i < row.accountCount; i++) {
            var account = row.accounts[i];
            if ((platforms >> account.platform & 1) == 0) {
                continue;
            }
            var price = price(account);
            var engagedPeople = engagedPeople(account);
            var engaged = engagedPeople * audiences.share(account, scratch.means);
            if (Double.isNaN(price) || Double.isNaN(engaged)) {
                continue;
            }
            var cost = cost(price, engaged);
            // The share may be larger where a map does not name all that is wanted.
            out.cheapestPossible =
                    Math.min(out.cheapestPossible, cost(price, engagedPeople * audiences.highShare(scratch.means)));
            if (out.valueAccount < 0 || cost < cheapest) {
                cheapest = cost;
                out.valueAccount = i;
                out.price = price;
                out.engagedTarget = engaged;
            }
        }
        return out.valueAccount < 0 ? Double.NaN : valueOfCost(cheapest);
    }

    private static double cost(double price, double engaged) {
        return engaged > 0 ? price / engaged : Double.POSITIVE_INFINITY;
    }

    /** @param cost EUR per engaged target person; infinite where nobody of the target is engaged */
    static double valueOfCost(double cost) {
        if (cost <= CHEAP) {
            return 1;
        }
        return cost >= DEAR ? 0 : 1 - Math.log(cost / CHEAP) / Math.log(DEAR / CHEAP);
    }

    /** EUR for one piece; NaN where one of the pieces asked for has no price. */
    private double price(Account account) {
        var pieces = 0;
        var sum = 0.0;
        for (var deliverable = 0; deliverable < question.deliverables().length; deliverable++) {
            var count = question.deliverables()[deliverable];
            if (count > 0) {
                pieces += count;
                sum += count * cheapestRate(account, deliverable);
            }
        }
        return pieces > 0 ? sum / pieces : cheapestRate(account, -1);
    }

    /** @param deliverable -1 for any; NaN where none is priced */
    private double cheapestRate(Account account, int deliverable) {
        return cheapestRate(account, deliverable, statistics);
    }

    /** @param deliverable -1 for any; EUR, NaN where none is priced */
    static double cheapestRate(Account account, int deliverable, Statistics statistics) {
        var cheapest = Double.NaN;
        for (var i = 0; i < account.rateCount; i++) {
            if (deliverable < 0 || account.rateDeliverable[i] == deliverable) {
                var rate = statistics.rates().get(account.rateCurrency[i]);
                if (rate != null) {
                    var price = account.rateAmount[i] * rate;
                    cheapest = Double.isNaN(cheapest) ? price : Math.min(cheapest, price);
                }
            }
        }
        return cheapest;
    }

    /** B · ER · a: real people who react, of the target or not; NaN where one of the figures is not known. */
    private double engagedPeople(Account account) {
        return engagedPeople(account, statistics);
    }

    static double engagedPeople(Account account, Statistics statistics) {
        if (account.authenticity < 0) {
            return Double.NaN;
        }
        var base = base(account);
        var rate = Math.min(account.engagementRate, statistics.peers().cap(account));
        var real = (double) account.authenticity / CreatorRow.ONE;
        return base * rate * real;
    }

    /** What the engagement rate is a share of, a count; NaN where not known. */
    static double base(Account account) {
        return switch (EngagementBasis.values()[account.basis]) {
            case FOLLOWERS -> account.followers < 0 ? Double.NaN : account.followers;
            case VIEWS -> account.views;
            case REACH -> account.reach;
        };
    }

    // ---- the peers' medians, to compare with

    /** The median of comparable creators for a criterion; NaN where too few are known. */
    double peerMedian(Criterion criterion, int platform, int tier, int country) {
        var standIn = standIn(criterion, platform, tier, country);
        return standIn.known() == 0 ? Double.NaN : standIn.median();
    }

    /** What stands in for a value that is not known; for belief, and where too few are known, the middle. */
    StandIn standIn(Criterion criterion, int platform, int tier, int country) {
        return switch (criterion) {
            case RELEVANCE -> relevance.of(platform, tier, country);
            case AUDIENCE -> audienceStandIn(platform, tier, country);
            case BOND -> statistics.bond().of(platform, tier, country);
            case CREDIBILITY -> statistics.credibility().of(platform, tier, country);
            case BELIEF -> StandIn.NONE;
            case FOCUS -> statistics.focus().of(platform, tier, country);
            case AUTHENTICITY -> statistics.authenticity().of(platform, tier, country);
            case VALUE -> value.of(platform, tier, country);
        };
    }

    /** Whether what stands in for the audience of creators from the country is their own. */
    boolean standsInByCountry(int country) {
        return share.ofCountry(country) != null;
    }

    /** What stands in for the share of the wanted in a dimension that is not known. */
    StandIn dimensionStandIn(int which, int platform, int tier, int country) {
        var ofDimension = dimension[which];
        return ofDimension == null ? StandIn.NONE : ofDimension.of(platform, tier, country);
    }

    /** Lower case, and accents written in one way: they count, but not how a keyboard composes them. */
    static String comparable(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** The distinct words that a text is compared by: letters and digits, four and more, lower case. */
    static Set<String> words(String text) {
        var words = new TreeSet<String>();
        for (var word : comparable(text).split("[^\\p{L}\\p{M}\\p{N}]+")) {
            if (word.codePointCount(0, word.length()) >= 4) {
                words.add(word);
            }
        }
        return words;
    }
}
