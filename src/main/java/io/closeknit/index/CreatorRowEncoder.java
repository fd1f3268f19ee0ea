package io.closeknit.index;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Audience;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.index.CreatorRow.Account;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of creators. What does not depend on a brief or on other creators is calculated here, once. Not safe to share
 * between threads.
 */
final class CreatorRowEncoder {
    /** Length of the credibility window, ending with the youngest observation. */
    private static final int WINDOW_DAYS = 365;

    // Credibility = 1 − load·(0.4 + 0.6·spread); the load is full at this share of sponsored posts. docs/fit.md
    private static final double FULL_LOAD = 0.15;
    private static final double LOAD_ALONE = 0.4;
    private static final double LOAD_SPREAD = 0.6;
    /** Posts, one of them sponsored, that everybody is held to have besides those that were counted. */
    private static final double PRIOR_SPONSORED = 1;

    private static final double PRIOR_POSTS = 20;

    private static final Comparator<AccountDocument> LARGEST_FIRST = Comparator.comparing(
                    AccountDocument::followers, Comparator.nullsLast(Comparator.<Long>reverseOrder()))
            .thenComparing(AccountDocument::platform)
            .thenComparing(AccountDocument::handle);

    /** Brands whose codes are remembered: a few are named over and over, and a code is a SHA-256. */
    private static final int REMEMBERED_BRANDS = 10_000;

    private final NicheTree tree;
    private final Map<String, Long> brands = new HashMap<>();

    CreatorRowEncoder(NicheTree tree) {
        this.tree = tree;
    }

    CreatorRow encode(CatalogueCreator creator) {
        var document = creator.document();
        var row = new CreatorRow();
        row.id = creator.id();
        row.demo = creator.demo();
        row.contact = document.email() != null;
        row.slug.set(Objects.requireNonNull(document.slug()));
        row.name.set(document.name() == null ? "" : document.name());
        row.country = Codes.country(document.country());
        list(document.languages()).stream()
                .limit(CreatorRow.MOST)
                .forEach(language -> row.addLanguage(Codes.language(language)));
        niches(list(document.niches()), row);
        accounts(document, row);
        mentions(document, row);
        credibility(document, row);
        return row;
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The first of a list, as many as a row can hold. */
    private static <T> List<T> most(List<T> list) {
        return list.size() <= CreatorRow.MOST ? list : list.subList(0, CreatorRow.MOST);
    }

    private long brand(String name) {
        if (brands.size() >= REMEMBERED_BRANDS) {
            brands.clear();
        }
        return brands.computeIfAbsent(name, Codes::brand);
    }

    // ---- niches

    /** The niches' shares, summing to 1: weights normalised, 1 where none was sent. */
    Map<Integer, Double> shares(List<NicheWeight> niches) {
        var weights = new HashMap<Integer, Double>();
        // Weights have no upper bound: without the largest taken out their sum could be infinite.
        var largest = 0.0;
        for (var tag : niches) {
            largest = Math.max(largest, weight(tag));
        }
        for (var tag : niches) {
            var niche = tree.resolve(tag.niche());
            if (niche.isPresent()) {
                weights.merge(niche.get().id(), largest > 0 ? weight(tag) / largest : 0, Double::sum);
            }
        }
        var sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        weights.values().removeIf(weight -> weight <= 0);
        weights.replaceAll((_, weight) -> weight / sum);
        return weights;
    }

    private static double weight(NicheWeight tag) {
        return tag.weight() == null ? 1 : Math.min(tag.weight(), Double.MAX_VALUE);
    }

    private void niches(List<NicheWeight> tags, CreatorRow row) {
        var shares = shares(tags);
        shares.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(CreatorRow.MOST)
                .forEach(entry ->
                        row.addNiche(entry.getKey(), Math.max(1, (int) Math.round(entry.getValue() * CreatorRow.ONE))));
        var oneWithoutWeight = tags.size() == 1 && tags.getFirst().weight() == null;
        if (!shares.isEmpty() && !oneWithoutWeight) {
            row.focus = (int) Math.round(focus(shares) * CreatorRow.ONE);
        }
    }

    /** 1 / exp(H), H the entropy of the shares rolled up to top-level niches. */
    private double focus(Map<Integer, Double> shares) {
        var byTop = new HashMap<Integer, Double>();
        shares.forEach((niche, share) -> byTop.merge(tree.topLevel(niche), share, Double::sum));
        return 1 / Math.exp(entropy(byTop.values()));
    }

    /** Natural-logarithm entropy of amounts of any sum. */
    static double entropy(Iterable<Double> amounts) {
        var sum = 0.0;
        for (var amount : amounts) {
            sum += amount;
        }
        var entropy = 0.0;
        for (var amount : amounts) {
            if (amount > 0) {
                entropy -= amount / sum * Math.log(amount / sum);
            }
        }
        return Math.max(0, entropy);
    }

    // ---- accounts

    private void accounts(CreatorDocument document, CreatorRow row) {
        var sorted = most(list(document.accounts()));
        if (sorted.size() > 1) {
            sorted = most(
                    list(document.accounts()).stream().sorted(LARGEST_FIRST).toList());
        }
        row.accountCount = sorted.size();
        for (var i = 0; i < sorted.size(); i++) {
            account(sorted.get(i), document, row.account(i));
            row.observedDay = Math.max(row.observedDay, row.account(i).observedDay);
        }
    }

    private void account(AccountDocument from, CreatorDocument creator, Account to) {
        to.platform = from.platform().ordinal();
        to.basis = basis(from).ordinal();
        to.handle.set(from.handle());
        to.source.set(from.source() == null ? "" : from.source());
        to.followers = from.followers() == null ? -1 : from.followers();
        to.engagementRate = engagementRate(from);
        to.commentsPerLike = from.comments() != null && from.likes() != null && from.likes() > 0
                ? from.comments() / from.likes()
                : Double.NaN;
        to.postsSampled = from.postsSampled() == null ? -1 : from.postsSampled();
        to.replyRate = basisPoints(from.replyRate());
        to.authenticity = basisPoints(from.authenticity());
        to.views = orNaN(from.views());
        to.reach = orNaN(from.reach());
        to.growth90d = from.growth90d() == null ? Double.NaN : from.growth90d();
        to.lastPostDay = day(from.lastPostAt());
        to.observedDay = day(from.observedAt());
        rates(from, creator, to);
        var audience = from.audience();
        if (audience != null) {
            audience(audience, to);
        }
    }

    private static EngagementBasis basis(AccountDocument from) {
        var basis = from.engagementBasis();
        return basis == null || from.engagementRate() == null ? EngagementBasis.FOLLOWERS : basis;
    }

    /** The rate as sent; else (likes + comments) / followers; else NaN. */
    private static double engagementRate(AccountDocument from) {
        if (from.engagementRate() != null) {
            return from.engagementRate();
        }
        var derivable =
                from.likes() != null && from.comments() != null && from.followers() != null && from.followers() > 0;
        return derivable
                ? (Objects.requireNonNull(from.likes()) + Objects.requireNonNull(from.comments()))
                        / Objects.requireNonNull(from.followers())
                : Double.NaN;
    }

    private static void rates(AccountDocument from, CreatorDocument creator, Account to) {
        var rates = new ArrayList<Rate>();
        for (var rate : list(creator.rates())) {
            if (rate.platform() == from.platform() && rates.size() < CreatorRow.MOST) {
                rates.add(rate);
            }
        }
        to.rateCount = rates.size();
        to.rateDeliverable = new byte[rates.size()];
        to.rateCurrency = new int[rates.size()];
        to.rateAmount = new double[rates.size()];
        for (var i = 0; i < rates.size(); i++) {
            to.rateDeliverable[i] = (byte) rates.get(i).deliverable().ordinal();
            to.rateCurrency[i] = Codes.currency(rates.get(i).price().currency());
            to.rateAmount[i] = rates.get(i).price().amount().doubleValue();
        }
    }

    private void audience(Audience audience, Account to) {
        var countries = codes(audience.countries(), Codes::country);
        if (countries != null) {
            countries.remove(Codes.UNKNOWN);
            to.countryCount = countries.size();
            to.countries = array(countries.keySet());
            to.countryShare = array(countries.values());
        }
        to.agesKnown = shares(audience.ages(), Codes.AGES, to.ages, 0);
        to.gendersKnown = shares(audience.genders(), Codes.GENDERS, to.genders, 0);
        var joint = audience.agesByGender();
        if (joint != null && !joint.isEmpty()) {
            Arrays.fill(to.joint, -1);
            to.jointKnown = true;
            joint.forEach((gender, ages) -> {
                var index = Codes.GENDERS.indexOf(gender);
                if (index >= 0) {
                    shares(ages, Codes.AGES, to.joint, index * Codes.AGES.size());
                }
            });
        }
        var languages = audience.languages();
        if (languages != null && !languages.isEmpty()) {
            to.audienceLanguageCount = languages.size();
            to.audienceLanguages =
                    languages.keySet().stream().mapToLong(Codes::language).toArray();
            to.audienceLanguageShare = languages.values().stream()
                    .mapToInt(CreatorRowEncoder::basisPoints)
                    .toArray();
        }
        var interests = codes(
                audience.interests(), slug -> tree.resolve(slug).map(Niche::id).orElse(Codes.UNKNOWN));
        if (interests != null) {
            to.interestCount = interests.size();
            to.interests = array(interests.keySet());
            to.interestShare = array(interests.values());
        }
    }

    private static int[] array(Collection<Integer> numbers) {
        var array = new int[numbers.size()];
        var i = 0;
        for (int number : numbers) {
            array[i++] = number;
        }
        return array;
    }

    /** Null where the map is null or empty; what has no code is gathered under {@link Codes#UNKNOWN}. */
    private static @Nullable Map<Integer, Integer> codes(
            @Nullable Map<String, Double> shares, Function<String, Integer> code) {
        if (shares == null || shares.isEmpty()) {
            return null;
        }
        var coded = new HashMap<Integer, Integer>();
        shares.forEach((word, share) -> {
            var number = code.apply(word);
            coded.merge(number, basisPoints(share), Integer::sum);
        });
        return coded;
    }

    private static boolean shares(@Nullable Map<String, Double> shares, List<String> values, int[] to, int offset) {
        if (shares == null || shares.isEmpty()) {
            return false;
        }
        for (var i = 0; i < values.size(); i++) {
            to[offset + i] = basisPoints(shares.get(values.get(i)));
        }
        return true;
    }

    /** -1 for null. */
    private static int basisPoints(@Nullable Double share) {
        return share == null ? -1 : (int) Math.round(share * CreatorRow.ONE);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static int day(@Nullable Instant instant) {
        return instant == null
                ? CreatorRow.NO_DAY
                : (int) instant.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    private static int day(@Nullable LocalDate date) {
        return date == null ? CreatorRow.NO_DAY : (int) date.toEpochDay();
    }

    // ---- mentions

    private void mentions(CreatorDocument document, CreatorRow row) {
        row.mentionsKnown = document.mentions() != null;
        for (var mention : most(list(document.mentions()))) {
            row.addMention(
                    brand(mention.brand()),
                    category(mention),
                    day(mention.on()),
                    mention.paid() == null ? 2 : mention.paid() ? 1 : 0,
                    mention.url() == null ? 0 : Codes.hash(mention.url()));
        }
    }

    private int category(Mention mention) {
        var niche = mention.niche();
        return niche == null
                ? CreatorRow.NO_NICHE
                : tree.resolve(niche).map(Niche::id).orElse(CreatorRow.NO_NICHE);
    }

    private void credibility(CreatorDocument document, CreatorRow row) {
        var perWeek = list(document.accounts()).stream()
                .map(AccountDocument::postsPerWeek)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (!row.mentionsKnown || row.observedDay == CreatorRow.NO_DAY) {
            return;
        }
        var posts = sponsoredPosts(list(document.mentions()), row.observedDay);
        row.sponsoredPosts = posts.size();
        if (perWeek.length == 0) {
            return;
        }
        var counted = Math.max(posts.size(), Arrays.stream(perWeek).sum() * WINDOW_DAYS / 7);
        row.windowPosts = counted;
        var load = Math.min(1, (posts.size() + PRIOR_SPONSORED) / (counted + PRIOR_POSTS) / FULL_LOAD);
        var credibility = 1 - load * (LOAD_ALONE + LOAD_SPREAD * spread(posts));
        row.credibility = (int) Math.round(credibility * CreatorRow.ONE);
    }

    /** The sponsored posts of the window, each with its mentions; the same address is one post. */
    private static List<List<Mention>> sponsoredPosts(List<Mention> mentions, int lastDay) {
        var byUrl = new HashMap<String, List<Mention>>();
        var posts = new ArrayList<List<Mention>>();
        for (var mention : mentions) {
            var day = day(mention.on());
            // An undated mention counts against her, hence as inside.
            var inside = day == CreatorRow.NO_DAY || day <= lastDay && day > lastDay - WINDOW_DAYS;
            if (!Boolean.TRUE.equals(mention.paid()) || !inside) {
                continue;
            }
            if (mention.url() == null) {
                posts.add(List.of(mention));
            } else {
                byUrl.computeIfAbsent(mention.url(), _ -> {
                            var post = new ArrayList<Mention>();
                            posts.add(post);
                            return post;
                        })
                        .add(mention);
            }
        }
        return posts;
    }

    /** 1 − 1/exp(H), H the mean of the entropies over brands and over top-level categories. */
    private double spread(List<List<Mention>> posts) {
        var ofBrands = new HashMap<Long, Double>();
        var categories = new HashMap<Integer, Double>();
        for (var post : posts) {
            var named = new HashSet<Long>();
            var distinct = post.stream()
                    .filter(mention -> named.add(brand(mention.brand())))
                    .toList();
            for (var mention : distinct) {
                ofBrands.merge(brand(mention.brand()), 1.0 / distinct.size(), Double::sum);
                var category = category(mention);
                if (category != CreatorRow.NO_NICHE) {
                    categories.merge(tree.topLevel(category), 1.0 / distinct.size(), Double::sum);
                }
            }
        }
        var entropy = categories.isEmpty()
                ? entropy(ofBrands.values())
                : (entropy(ofBrands.values()) + entropy(categories.values())) / 2;
        return 1 - 1 / Math.exp(entropy);
    }
}
