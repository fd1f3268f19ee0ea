package io.closeknit.matching;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.DoNotContact;
import io.closeknit.index.BriefQuestion.Target;
import io.closeknit.index.Codes;
import io.closeknit.index.CreatorIndex;
import io.closeknit.index.Filters;
import io.closeknit.index.Filters.Choice;
import io.closeknit.index.Filters.Dimension;
import io.closeknit.index.Filters.MinimumShare;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.KnownParameters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * Reads filters in the one vocabulary of the API and of Discover's address bar: repeated values mean or, different
 * parameters mean and, a leading '!' means not. Everything wrong is found at once.
 */
@Component
class SelectionReader {
    /** Parameters of the same vocabulary that say how to answer rather than what to look at. */
    private static final Set<String> HOW = Set.of("brief", "limit", "cursor", "w.*");

    /** Every parameter that this reads. */
    static final List<String> NAMES = Stream.of(
                    Objects.requireNonNull(SelectionParameters.class.getAnnotation(KnownParameters.class))
                            .value())
            .filter(name -> !HOW.contains(name))
            .toList();

    private static final int MOST_VALUES = 60;
    private static final int LONGEST_TEXT = 500;

    private final NicheDirectory niches;
    private final CreatorIndex index;
    private final DoNotContact doNotContact;
    private final Sentences sentences;

    SelectionReader(NicheDirectory niches, CreatorIndex index, DoNotContact doNotContact, Sentences sentences) {
        this.niches = niches;
        this.index = index;
        this.doNotContact = doNotContact;
        this.sentences = sentences;
    }

    /**
     * @param given values by parameter; parameters that are not ours are not looked at
     * @param prefix of the fields in problems, such as {@code filters.}
     * @param problems what is wrong is added here; the part is then left out of the selection
     */
    Selection read(MultiValueMap<String, String> given, String prefix, List<Problem> problems) {
        return new Run(given, prefix, problems).read();
    }

    private final class Run {
        private final MultiValueMap<String, String> given;
        private final String prefix;
        private final List<Problem> problems;

        private Run(MultiValueMap<String, String> given, String prefix, List<Problem> problems) {
            this.given = given;
            this.prefix = prefix;
            this.problems = problems;
        }

        private Selection read() {
            var filters = new Filters(
                    0,
                    choice("platform", this::platform),
                    whole("followersMin"),
                    whole("followersMax"),
                    choice("tier", this::tier),
                    choice("niche", this::niche),
                    choice("country", this::country),
                    choice("language", value -> language("language", value)),
                    number("erMin", 0, 1_000),
                    number("growthMin", -1, 1_000),
                    number("authenticityMin", 0, 1),
                    number("sponsoredShareMax", 0, 1),
                    brands(),
                    price(),
                    days(),
                    audience(),
                    yes("hasContact"),
                    Boolean.TRUE.equals(yes("leaveOutDoNotContact")) ? doNotContact.slugs() : Set.of(),
                    Boolean.TRUE.equals(yes("keepUnknown")));
            if (filters.followersMin() != null
                    && filters.followersMax() != null
                    && filters.followersMin() > filters.followersMax()) {
                problem("followersMax", "followers-order");
            }
            return new Selection(filters, words(), sort());
        }

        private void problem(String name, String key, Object... arguments) {
            problems.add(new Problem(prefix + name, sentences.of("matching.problem." + key, arguments)));
        }

        private List<String> values(String name) {
            var values = given.getOrDefault(name, List.of()).stream()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .toList();
            if (values.size() > MOST_VALUES) {
                problem(name, "too-many", MOST_VALUES);
                return values.subList(0, MOST_VALUES);
            }
            return values;
        }

        private @Nullable String single(String name) {
            var values = values(name);
            if (values.size() > 1) {
                problem(name, "once");
            }
            return values.isEmpty() ? null : values.getFirst();
        }

        private @Nullable String words() {
            var typed = single("q");
            if (typed != null && typed.length() > LONGEST_TEXT) {
                problem("q", "too-long", LONGEST_TEXT);
                return null;
            }
            return typed;
        }

        private @Nullable Sort sort() {
            var key = single("sort");
            if (key == null) {
                return null;
            }
            var sort = Sort.byKey(key);
            if (sort.isEmpty()) {
                problem("sort", "sort", key);
            }
            return sort.orElse(null);
        }

        private <T> Choice<T> choice(String name, Function<String, Optional<T>> read) {
            var wanted = new LinkedHashSet<T>();
            var unwanted = new LinkedHashSet<T>();
            for (var value : values(name)) {
                var not = value.startsWith("!");
                read.apply(not ? value.substring(1) : value).ifPresent(not ? unwanted::add : wanted::add);
            }
            return new Choice<>(wanted, unwanted);
        }

        private Optional<Integer> platform(String value) {
            for (var platform : Platform.values()) {
                if (platform.key().equals(value.toLowerCase(Locale.ROOT))) {
                    return Optional.of(platform.ordinal());
                }
            }
            problem("platform", "platform", value);
            return Optional.empty();
        }

        private Optional<Integer> tier(String value) {
            var tier = index.tiers().byName(value);
            if (tier.isEmpty()) {
                problem("tier", "tier", value, String.join(", ", index.tiers().names()));
            }
            return tier;
        }

        private Optional<Integer> niche(String value) {
            return niche("niche", value);
        }

        private Optional<Integer> niche(String name, String value) {
            var niche = niches.tree().resolve(value).map(Niche::id);
            if (niche.isEmpty()) {
                problem(name, "niche", value);
            }
            return niche;
        }

        private Optional<Integer> country(String value) {
            return country("country", value);
        }

        private Optional<Integer> country(String name, String value) {
            var code = Codes.country(value);
            if (code == Codes.UNKNOWN || !Set.of(Locale.getISOCountries()).contains(value.toUpperCase(Locale.ROOT))) {
                problem(name, "country", value);
                return Optional.empty();
            }
            return Optional.of(code);
        }

        private Optional<Long> language(String name, String value) {
            if (!value.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
                problem(name, "language", value);
                return Optional.empty();
            }
            return Optional.of(Codes.language(value));
        }

        private Choice<Long> brands() {
            var wanted = new HashSet<Long>();
            var unwanted = new HashSet<Long>();
            for (var value : values("workedWith")) {
                var not = value.startsWith("!");
                (not ? unwanted : wanted).addAll(index.brandCodes(not ? value.substring(1) : value));
            }
            return new Choice<>(wanted, unwanted);
        }

        private @Nullable Long whole(String name) {
            var typed = single(name);
            if (typed == null) {
                return null;
            }
            if (!typed.matches("\\d{1,12}")) {
                problem(name, "whole", typed);
                return null;
            }
            return Long.valueOf(typed);
        }

        private @Nullable Double number(String name, double min, double max) {
            var typed = single(name);
            if (typed == null) {
                return null;
            }
            try {
                var number = Double.parseDouble(typed);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            problem(name, "number", typed, plain(min), plain(max));
            return null;
        }

        private String plain(double bound) {
            return String.valueOf((long) bound);
        }

        private @Nullable Integer days() {
            var days = number("lastPostWithinDays", 1, 36_500);
            return days == null ? null : days.intValue();
        }

        private @Nullable Boolean yes(String name) {
            var typed = single(name);
            if (typed == null) {
                return null;
            }
            return switch (typed) {
                case "true", "on", "1" -> true;
                case "false", "0" -> false;
                default -> {
                    problem(name, "yes", typed);
                    yield null;
                }
            };
        }

        private @Nullable Double price() {
            var currency = Optional.ofNullable(single("priceCurrency")).orElse("EUR");
            var rate = index.rate(currency);
            if (rate.isEmpty()) {
                problem("priceCurrency", "currency", currency);
            }
            var amount = number("priceMax", 0, 1_000_000_000);
            return amount == null || rate.isEmpty() ? null : amount * rate.get();
        }

        // ---- the audience

        private Map<Dimension, List<MinimumShare>> audience() {
            var minima = new EnumMap<Dimension, List<MinimumShare>>(Dimension.class);
            shares(
                    "audienceCountry",
                    Dimension.COUNTRY,
                    minima,
                    value -> country("audienceCountry", value)
                            .map(code -> new Target(Set.of(code), 0, 0, List.of(), Set.of())));
            shares(
                    "audienceAge",
                    Dimension.AGE,
                    minima,
                    value -> listed("audienceAge", "age", value, Codes.AGES)
                            .map(band -> new Target(Set.of(), 1 << band, 0, List.of(), Set.of())));
            shares(
                    "audienceGender",
                    Dimension.GENDER,
                    minima,
                    value -> listed("audienceGender", "gender", value, Codes.GENDERS)
                            .map(gender -> new Target(Set.of(), 0, 1 << gender, List.of(), Set.of())));
            shares(
                    "audienceLanguage",
                    Dimension.LANGUAGE,
                    minima,
                    value -> language("audienceLanguage", value)
                            .map(code -> new Target(Set.of(), 0, 0, List.of(code), Set.of())));
            shares(
                    "audienceInterest",
                    Dimension.INTEREST,
                    minima,
                    value -> niche("audienceInterest", value)
                            .map(id -> new Target(Set.of(), 0, 0, List.of(), Set.of(id))));
            return minima;
        }

        private Optional<Integer> listed(String name, String key, String value, List<String> known) {
            var at = known.indexOf(value);
            if (at < 0) {
                problem(name, key, value, String.join(", ", known));
                return Optional.empty();
            }
            return Optional.of(at);
        }

        private void shares(
                String name,
                Dimension dimension,
                Map<Dimension, List<MinimumShare>> minima,
                Function<String, Optional<Target>> target) {
            for (var value : values(name)) {
                var colon = value.lastIndexOf(':');
                var share = colon < 0 ? null : share(value.substring(colon + 1));
                if (share == null) {
                    problem(name, "share", value);
                    continue;
                }
                target.apply(value.substring(0, colon))
                        .ifPresent(wanted -> minima.computeIfAbsent(dimension, _ -> new ArrayList<>())
                                .add(new MinimumShare(wanted, share)));
            }
        }

        private static @Nullable Double share(String typed) {
            try {
                var share = Double.parseDouble(typed);
                return share >= 0 && share <= 1 ? share : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }
}
