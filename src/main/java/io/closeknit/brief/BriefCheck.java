package io.closeknit.brief;

import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.DeliverableCount;
import io.closeknit.brief.BriefDocument.FollowerBand;
import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Checks a brief and brings it into its one form: aliases of niches become slugs, codes their usual case, texts lose the
 * space around them. Everything wrong is found at once. The form and the API go through the same rules.
 */
@Component
class BriefCheck {
    static final List<String> AGES = List.of("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+");
    static final List<String> GENDERS = List.of("female", "male", "other");
    static final int NAME_LENGTH = 200;
    static final int TEXT_LENGTH = 4_000;
    static final int MAX_DELIVERABLES = 1_000;
    static final int MAX_WINDOW_DAYS = 3_650;

    /** Far above what anybody means, and low enough that sums and products stay finite. */
    private static final double MAX_IMPORTANCE = 1_000_000;

    private static final long MAX_FOLLOWERS = 100_000_000_000L;
    private static final BigDecimal MAX_BUDGET = new BigDecimal("1e12");
    private static final int MAX_FEW = 50;
    private static final int MAX_MANY = 300;

    private final NicheDirectory niches;
    private final NearestNiches nearest;
    private final CatalogueReader creators;
    private final MessageSource messages;

    BriefCheck(NicheDirectory niches, NearestNiches nearest, CatalogueReader creators, MessageSource messages) {
        this.niches = niches;
        this.nearest = nearest;
        this.creators = creators;
        this.messages = messages;
    }

    /**
     * What a check found.
     *
     * @param document in its one form; where there are problems it holds what could be kept
     * @param creatorIds of the creators that it names, by slug
     */
    record Found(BriefDocument document, List<Problem> problems, Map<String, Long> creatorIds) {}

    Found check(BriefDocument document) {
        return new Run(niches.tree()).check(document);
    }

    /** A sentence of the module's messages. */
    String sentence(String key, Object... arguments) {
        return messages.getMessage("brief.problem." + key, arguments, LocaleContextHolder.getLocale());
    }

    /** One check, and what it has found so far. JSON can put null where the types say otherwise, hence the comparisons. */
    private final class Run {
        private final NicheTree tree;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<String, Long> creatorIds = new HashMap<>();

        private Run(NicheTree tree) {
            this.tree = tree;
        }

        private Found check(BriefDocument given) {
            var name = text("name", given.name(), NAME_LENGTH);
            if (name == null) {
                problem("name", "name-missing");
            }
            var document = new BriefDocument(
                    name,
                    brand(given.brand()),
                    text("product", given.product(), TEXT_LENGTH),
                    text("message", given.message(), TEXT_LENGTH),
                    given.objective(),
                    wanted(given.niches()),
                    audience(given.audience()),
                    platforms(given.platforms()),
                    followers(given.followers()),
                    deliverables(given.deliverables()),
                    budget(given.budget()),
                    window(given.competitorWindowDays()),
                    values("likeCreators", given.likeCreators(), MAX_FEW, this::creator),
                    values("excludeCreators", given.excludeCreators(), MAX_MANY, this::creator),
                    values("excludeNiches", given.excludeNiches(), MAX_MANY, this::niche),
                    weights(given.weights()));
            contradictions(document);
            return new Found(document, List.copyOf(problems), Map.copyOf(creatorIds));
        }

        private @Nullable Brand brand(@Nullable Brand given) {
            if (given == null) {
                return null;
            }
            var category = given.niche() == null || given.niche().isBlank()
                    ? null
                    : niche("brand.niche", given.niche()).orElse(null);
            return new Brand(
                    text("brand.name", given.name(), NAME_LENGTH),
                    category,
                    values(
                            "brand.competitors",
                            given.competitors(),
                            MAX_FEW,
                            (field, value) -> Optional.ofNullable(text(field, value, NAME_LENGTH))),
                    text("brand.values", given.values(), TEXT_LENGTH));
        }

        private @Nullable List<NicheImportance> wanted(@Nullable List<NicheImportance> given) {
            if (given == null) {
                return null;
            }
            var kept = new LinkedHashMap<String, NicheImportance>();
            var sum = 0.0;
            for (var i = 0; i < given.size(); i++) {
                var field = "niches[" + i + "]";
                var row = given.get(i);
                if (row == null || row.niche() == null || row.niche().isBlank()) {
                    problem(field + ".niche", "niche-missing");
                    continue;
                }
                var importance = row.importance();
                if (importance != null && !(importance >= 0 && importance <= MAX_IMPORTANCE)) {
                    problem(field + ".importance", "importance", MAX_IMPORTANCE);
                    importance = null;
                }
                var slug = niche(field + ".niche", row.niche());
                if (slug.isEmpty()) {
                    continue;
                }
                if (kept.putIfAbsent(slug.get(), new NicheImportance(slug.get(), importance)) != null) {
                    problem(field + ".niche", "twice", slug.get());
                }
                sum += importance == null ? 1 : importance;
            }
            if (!kept.isEmpty() && sum == 0) {
                problem("niches", "importances-zero");
            }
            few("niches", given.size(), MAX_MANY);
            return List.copyOf(kept.values());
        }

        private @Nullable TargetAudience audience(@Nullable TargetAudience given) {
            return given == null
                    ? null
                    : new TargetAudience(
                            values(
                                    "audience.countries",
                                    given.countries(),
                                    MAX_MANY,
                                    (field, value) -> known(field, value, Places::country, "country")),
                            values(
                                    "audience.ages",
                                    given.ages(),
                                    MAX_FEW,
                                    (field, value) -> oneOf(field, value, AGES, "age")),
                            values(
                                    "audience.genders",
                                    given.genders(),
                                    MAX_FEW,
                                    (field, value) -> oneOf(field, value, GENDERS, "gender")),
                            values(
                                    "audience.languages",
                                    given.languages(),
                                    MAX_FEW,
                                    (field, value) -> known(field, value, Places::language, "language")),
                            values("audience.interests", given.interests(), MAX_FEW, this::niche));
        }

        private @Nullable List<Platform> platforms(@Nullable List<Platform> given) {
            if (given == null) {
                return null;
            }
            var kept = new ArrayList<Platform>();
            for (var i = 0; i < given.size(); i++) {
                var platform = given.get(i);
                if (platform == null) {
                    problem("platforms[" + i + "]", "value-missing");
                } else if (kept.contains(platform)) {
                    problem("platforms[" + i + "]", "twice", platform.key());
                } else {
                    kept.add(platform);
                }
            }
            return List.copyOf(kept);
        }

        private @Nullable FollowerBand followers(@Nullable FollowerBand given) {
            if (given == null) {
                return null;
            }
            var min = followers("followers.min", given.min());
            var max = followers("followers.max", given.max());
            if (min != null && max != null && min > max) {
                problem("followers.max", "band-reversed", min, max);
            }
            return new FollowerBand(min, max);
        }

        private @Nullable Long followers(String field, @Nullable Long given) {
            if (given != null && (given < 0 || given > MAX_FOLLOWERS)) {
                problem(field, "followers", MAX_FOLLOWERS);
                return null;
            }
            return given;
        }

        private @Nullable List<DeliverableCount> deliverables(@Nullable List<DeliverableCount> given) {
            if (given == null) {
                return null;
            }
            var kept = new LinkedHashMap<Deliverable, DeliverableCount>();
            for (var i = 0; i < given.size(); i++) {
                var field = "deliverables[" + i + "]";
                var row = given.get(i);
                if (row == null || row.deliverable() == null) {
                    problem(field + ".deliverable", "deliverable-missing");
                    continue;
                }
                if (row.count() < 1 || row.count() > MAX_DELIVERABLES) {
                    problem(field + ".count", "count", MAX_DELIVERABLES);
                    continue;
                }
                if (kept.putIfAbsent(row.deliverable(), row) != null) {
                    problem(
                            field + ".deliverable",
                            "twice",
                            row.deliverable().name().toLowerCase(Locale.ROOT));
                }
            }
            return List.copyOf(kept.values());
        }

        private @Nullable Money budget(@Nullable Money given) {
            if (given == null) {
                return null;
            }
            var amount = given.amount();
            var currency = given.currency();
            var found = problems.size();
            if (amount == null) {
                problem("budget.amount", "amount-missing");
            } else if (amount.signum() <= 0 || amount.compareTo(MAX_BUDGET) > 0) {
                problem("budget.amount", "amount", MAX_BUDGET);
            } else if (amount.stripTrailingZeros().scale() > 4) {
                problem("budget.amount", "amount-too-fine");
            }
            if (currency == null || currency.isBlank()) {
                problem("budget.currency", "currency-missing");
            } else {
                known("budget.currency", currency, BriefCheck::currency, "currency");
            }
            return problems.size() > found
                    ? null
                    : new Money(TypedNumber.shortest(amount), currency(currency).orElseThrow());
        }

        private @Nullable Integer window(@Nullable Integer given) {
            if (given != null && (given < 1 || given > MAX_WINDOW_DAYS)) {
                problem("competitorWindowDays", "window", MAX_WINDOW_DAYS);
                return null;
            }
            return given;
        }

        private @Nullable Map<String, Double> weights(@Nullable Map<String, Double> given) {
            if (given == null) {
                return null;
            }
            var kept = new LinkedHashMap<String, Double>();
            var found = problems.size();
            given.forEach((criterion, weight) -> {
                var field = "weights." + criterion;
                if (!BriefWeights.CRITERIA.contains(criterion)) {
                    problem(field, "criterion", shown(criterion), String.join(", ", BriefWeights.CRITERIA));
                } else if (weight == null || !(weight >= 0 && weight <= MAX_IMPORTANCE)) {
                    problem(field, "weight", MAX_IMPORTANCE);
                } else {
                    kept.put(criterion, weight);
                }
            });
            if (problems.size() == found
                    && !kept.isEmpty()
                    && kept.values().stream().allMatch(weight -> weight == 0)) {
                problem("weights", "weights-zero");
            }
            return kept;
        }

        /** What is well in itself but not beside the rest. */
        private void contradictions(BriefDocument document) {
            var excluded = orNone(document.excludeNiches());
            var wanted = orNone(document.niches());
            for (var row : wanted) {
                var at = excluded.indexOf(row.niche());
                if (at >= 0) {
                    problem("excludeNiches[" + at + "]", "wanted-and-excluded", row.niche());
                }
            }
            var brand = document.brand();
            if (brand != null && brand.name() != null) {
                var competitors = orNone(brand.competitors());
                var own = NicheTree.key(brand.name());
                for (var i = 0; i < competitors.size(); i++) {
                    if (!own.isEmpty() && NicheTree.key(competitors.get(i)).equals(own)) {
                        problem("brand.competitors[" + i + "]", "own-competitor", brand.name());
                    }
                }
            }
        }

        /** The values in their one form, each once; {@code one} reports what it does not know and answers empty. */
        private @Nullable List<String> values(String field, @Nullable List<String> given, int limit, OneValue one) {
            if (given == null) {
                return null;
            }
            var kept = new HashMap<String, String>();
            var result = new ArrayList<String>();
            for (var i = 0; i < given.size(); i++) {
                var at = field + "[" + i + "]";
                var value = given.get(i);
                if (value == null || value.isBlank()) {
                    problem(at, "value-missing");
                    continue;
                }
                one.of(at, value).ifPresent(known -> {
                    if (kept.putIfAbsent(known.toLowerCase(Locale.ROOT), value) == null) {
                        result.add(known);
                    } else {
                        problem(at, "twice", shown(known));
                    }
                });
            }
            few(field, given.size(), limit);
            return List.copyOf(result);
        }

        private Optional<String> niche(String field, String word) {
            var slug = tree.resolve(word.strip()).map(Niche::slug);
            if (slug.isEmpty()) {
                var near = nearest.to(word);
                if (near.isEmpty()) {
                    problem(field, "niche-unknown", shown(word));
                } else {
                    problem(field, "niche-unknown-near", shown(word), String.join(", ", near));
                }
            }
            return slug;
        }

        private Optional<String> creator(String field, String slug) {
            var known = slug.strip();
            if (creatorIds.containsKey(known)) {
                return Optional.of(known);
            }
            var creator = printable(known) && known.length() <= NAME_LENGTH
                    ? creators.find(known)
                    : Optional.<CatalogueCreator>empty();
            if (creator.isEmpty()) {
                problem(field, "creator-unknown", shown(slug));
                return Optional.empty();
            }
            creatorIds.put(known, creator.get().id());
            return Optional.of(known);
        }

        private Optional<String> oneOf(String field, String value, List<String> known, String problem) {
            return known(
                    field,
                    value,
                    word -> Optional.of(word.strip().toLowerCase(Locale.ROOT)).filter(known::contains),
                    problem);
        }

        private Optional<String> known(
                String field, String value, Function<String, Optional<String>> form, String problem) {
            var known = form.apply(value);
            if (known.isEmpty()) {
                problem(field, problem, shown(value));
            }
            return known;
        }

        /** The text without the space around it; null where nothing is left. */
        private @Nullable String text(String field, @Nullable String given, int limit) {
            if (given == null || given.isBlank()) {
                return null;
            }
            var text = given.strip();
            if (!printable(text)) {
                problem(field, "unprintable");
                return null;
            }
            if (text.codePointCount(0, text.length()) > limit) {
                problem(field, "too-long", limit, text.codePointCount(0, text.length()));
                return null;
            }
            return text;
        }

        private void few(String field, int size, int limit) {
            if (size > limit) {
                problem(field, "too-many", limit, size);
            }
        }

        private void problem(String field, String key, Object... arguments) {
            problems.add(new Problem(field, sentence(key, arguments)));
        }
    }

    @FunctionalInterface
    private interface OneValue {
        Optional<String> of(String field, String value);
    }

    static Optional<String> currency(String code) {
        try {
            return Optional.of(
                    Currency.getInstance(code.strip().toUpperCase(Locale.ROOT)).getCurrencyCode());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether PostgreSQL can keep it: no NUL, no half of a surrogate pair. */
    private static boolean printable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** What was sent, short enough for a sentence. */
    private static String shown(String value) {
        var plain = value.strip().replaceAll("\\p{C}", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
    }

    /** The document without lists and parts that are empty: what is empty is not asked, just as what is left out. */
    static BriefDocument withoutEmpty(BriefDocument document) {
        var brand = document.brand();
        var audience = document.audience();
        var band = document.followers();
        return new BriefDocument(
                document.name(),
                brand == null
                        ? null
                        : orNull(
                                new Brand(brand.name(), brand.niche(), orNull(brand.competitors()), brand.values()),
                                new Brand(null, null, null, null)),
                document.product(),
                document.message(),
                document.objective(),
                orNull(document.niches()),
                audience == null
                        ? null
                        : orNull(
                                new TargetAudience(
                                        orNull(audience.countries()),
                                        orNull(audience.ages()),
                                        orNull(audience.genders()),
                                        orNull(audience.languages()),
                                        orNull(audience.interests())),
                                new TargetAudience(null, null, null, null, null)),
                orNull(document.platforms()),
                band == null ? null : orNull(band, new FollowerBand(null, null)),
                orNull(document.deliverables()),
                document.budget(),
                document.competitorWindowDays(),
                orNull(document.likeCreators()),
                orNull(document.excludeCreators()),
                orNull(document.excludeNiches()),
                document.weights() == null || document.weights().isEmpty() ? null : document.weights());
    }

    private static <T> @Nullable T orNull(T part, T empty) {
        return part.equals(empty) ? null : part;
    }

    private static <T> @Nullable List<T> orNull(@Nullable List<T> list) {
        return list == null || list.isEmpty() ? null : list;
    }

    static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
