package io.closeknit.brief;

import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.DeliverableCount;
import io.closeknit.brief.BriefDocument.FollowerBand;
import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefDocument.Objective;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.brief.BriefForm.NicheRow;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a document of what was typed, and says at which field of the form something is wrong. */
@Component
class BriefFormReader {
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    private final BriefCheck check;
    private final NicheDirectory niches;
    private final CatalogueReader creators;

    BriefFormReader(BriefCheck check, NicheDirectory niches, CatalogueReader creators) {
        this.check = check;
        this.niches = niches;
        this.creators = creators;
    }

    /**
     * @param form with the typed words that were understood taken over into the lists
     * @param document what could be read and is acceptable
     * @param problems by field of the form, in the form's order
     */
    record Read(BriefForm form, BriefDocument document, List<Problem> problems) {}

    Read read(BriefForm typed) {
        return new Run(settle(typed)).read();
    }

    /** Takes typed words that are understood over into the lists that they were typed for. */
    BriefForm settle(BriefForm form) {
        var tree = niches.tree();
        Function<String, Optional<String>> niche = word -> tree.resolve(word).map(Niche::slug);
        Function<String, Optional<String>> creator =
                word -> creators.find(slug(word)).map(found -> slug(word));
        var competitors = take(form.competitors(), form.competitorsMore(), Optional::of);
        var countries = take(form.countries(), form.countriesMore(), Places::countryNamed);
        var languages = take(form.languages(), form.languagesMore(), Places::languageNamed);
        var interests = take(form.interests(), form.interestsMore(), niche);
        var like = take(form.likeCreators(), form.likeCreatorsMore(), creator);
        var without = take(form.excludeCreators(), form.excludeCreatorsMore(), creator);
        var excluded = take(form.excludeNiches(), form.excludeNichesMore(), niche);
        return new BriefForm(
                form.name(),
                form.brandName(),
                form.brandNiche(),
                competitors.chosen(),
                competitors.more(),
                form.brandValues(),
                form.product(),
                form.message(),
                form.objective(),
                form.niches(),
                countries.chosen(),
                countries.more(),
                form.ages(),
                form.genders(),
                languages.chosen(),
                languages.more(),
                interests.chosen(),
                interests.more(),
                form.platforms(),
                form.followersMin(),
                form.followersMax(),
                form.deliverables(),
                form.budgetAmount(),
                form.budgetCurrency(),
                form.competitorWindowDays(),
                like.chosen(),
                like.more(),
                without.chosen(),
                without.more(),
                excluded.chosen(),
                excluded.more(),
                form.weights());
    }

    /** Whether the field is a list with typed words that were not understood. */
    static boolean unsettled(BriefForm form, String field) {
        return switch (field) {
            case "countries" -> !form.countriesMore().isBlank();
            case "languages" -> !form.languagesMore().isBlank();
            case "interests" -> !form.interestsMore().isBlank();
            case "likeCreators" -> !form.likeCreatorsMore().isBlank();
            case "excludeCreators" -> !form.excludeCreatorsMore().isBlank();
            case "excludeNiches" -> !form.excludeNichesMore().isBlank();
            default -> field.startsWith("niches[");
        };
    }

    private record Taken(List<String> chosen, String more) {}

    private static Taken take(List<String> chosen, String more, Function<String, Optional<String>> understand) {
        var all = new LinkedHashSet<>(chosen);
        var left = new ArrayList<String>();
        for (var word : BriefForm.words(more)) {
            understand.apply(word).ifPresentOrElse(all::add, () -> left.add(word));
        }
        return new Taken(List.copyOf(all), String.join(", ", left));
    }

    /** A slug out of what people paste: the slug, or the address of the creator's page. */
    private static String slug(String word) {
        var plain = word.strip().toLowerCase(Locale.ROOT);
        var at = plain.lastIndexOf("/creators/");
        return (at < 0 ? plain : plain.substring(at + "/creators/".length()))
                .replaceFirst("^@", "")
                .replaceFirst("[?#].*$", "");
    }

    private final class Run {
        private final BriefForm form;
        private final Map<String, List<String>> problems = new LinkedHashMap<>();
        private final List<DeliverableCount> counted = new ArrayList<>();
        private final List<Integer> rowOfNiche = new ArrayList<>();

        private Run(BriefForm form) {
            this.form = form;
        }

        private Read read() {
            var document = new BriefDocument(
                    form.name(),
                    brand(),
                    nothing(form.product()),
                    nothing(form.message()),
                    one("objective", form.objective(), Objective.values()),
                    wanted(),
                    audience(),
                    many("platforms", form.platforms(), Platform.values()),
                    followers(),
                    deliverables(),
                    budget(),
                    whole("competitorWindowDays", form.competitorWindowDays())
                            .map(BriefFormReader::inRange)
                            .orElse(null),
                    list(form.likeCreators(), form.likeCreatorsMore()),
                    list(form.excludeCreators(), form.excludeCreatorsMore()),
                    list(form.excludeNiches(), form.excludeNichesMore()),
                    weights());
            var checked = check.check(document);
            for (var problem : checked.problems()) {
                problem(field(problem.field()), problem.reason());
            }
            var all = problems.entrySet().stream()
                    .flatMap(entry ->
                            entry.getValue().stream().distinct().map(reason -> new Problem(entry.getKey(), reason)))
                    .sorted(java.util.Comparator.comparingInt(problem -> order(problem.field())))
                    .toList();
            return new Read(form, BriefCheck.withoutEmpty(checked.document()), all);
        }

        private @Nullable Brand brand() {
            return new Brand(
                    nothing(form.brandName()),
                    nothing(form.brandNiche()),
                    list(form.competitors(), form.competitorsMore()),
                    nothing(form.brandValues()));
        }

        private @Nullable List<NicheImportance> wanted() {
            var rows = new ArrayList<NicheImportance>();
            for (var i = 0; i < form.niches().size(); i++) {
                NicheRow row = form.niches().get(i);
                if (row.blank()) {
                    continue;
                }
                Double importance = null;
                if (!row.importance().isBlank()) {
                    importance = TypedNumber.readWeight(row.importance()).orElse(null);
                    if (importance == null) {
                        problem(
                                "niches[" + i + "].importance",
                                check.sentence(
                                        "typed.importance", row.importance().strip()));
                    }
                }
                rows.add(new NicheImportance(row.niche(), importance));
                rowOfNiche.add(i);
            }
            return rows.isEmpty() ? null : rows;
        }

        private TargetAudience audience() {
            return new TargetAudience(
                    list(form.countries(), form.countriesMore()),
                    list(form.ages(), ""),
                    list(form.genders(), ""),
                    list(form.languages(), form.languagesMore()),
                    list(form.interests(), form.interestsMore()));
        }

        private FollowerBand followers() {
            return new FollowerBand(
                    whole("followersMin", form.followersMin()).orElse(null),
                    whole("followersMax", form.followersMax()).orElse(null));
        }

        private List<DeliverableCount> deliverables() {
            for (var deliverable : Deliverable.values()) {
                var key = BriefForm.key(deliverable);
                var typed = form.deliverables().getOrDefault(key, "");
                // None of them is what an empty field says.
                whole("deliverables[" + key + "]", typed)
                        .filter(count -> count != 0)
                        .ifPresent(count -> counted.add(new DeliverableCount(deliverable, inRange(count))));
            }
            return counted;
        }

        private @Nullable Money budget() {
            if (form.budgetAmount().isBlank()) {
                return null; // a currency alone asks for nothing
            }
            var amount = TypedNumber.read(form.budgetAmount());
            if (amount.isEmpty()) {
                problem(
                        "budgetAmount",
                        check.sentence("typed.amount", form.budgetAmount().strip()));
                if (form.budgetCurrency().isBlank()) {
                    problem("budgetCurrency", check.sentence("currency-missing"));
                }
                return null;
            }
            return new Money(amount.get(), form.budgetCurrency());
        }

        private @Nullable Map<String, Double> weights() {
            var read = new LinkedHashMap<String, Double>();
            form.weights().forEach((criterion, typed) -> {
                if (!typed.isBlank()) {
                    TypedNumber.readWeight(typed)
                            .ifPresentOrElse(
                                    weight -> read.put(criterion, weight),
                                    () -> problem(
                                            "weights[" + criterion + "]",
                                            check.sentence("typed.weight", typed.strip())));
                }
            });
            return read.isEmpty() || read.equals(BriefWeights.DEFAULTS) ? null : read;
        }

        private Optional<Long> whole(String field, String typed) {
            if (typed.isBlank()) {
                return Optional.empty();
            }
            var number = TypedNumber.readWhole(typed);
            if (number.isEmpty()) {
                problem(field, check.sentence("typed.whole", typed.strip()));
            }
            return number;
        }

        private <E extends Enum<E>> @Nullable E one(String field, String typed, E[] values) {
            if (typed.isBlank()) {
                return null;
            }
            var found = Stream.of(values)
                    .filter(value -> BriefForm.key(value).equals(typed))
                    .findFirst();
            if (found.isEmpty()) {
                problem(field, check.sentence("unreadable." + (field.equals("platforms") ? "platform" : field)));
            }
            return found.orElse(null);
        }

        private <E extends Enum<E>> List<E> many(String field, List<String> typed, E[] values) {
            var list = new ArrayList<E>();
            for (var key : typed) {
                var value = one(field, key, values);
                if (value != null) {
                    list.add(value);
                }
            }
            return list;
        }

        private void problem(@Nullable String field, String reason) {
            problems.computeIfAbsent(field == null ? "" : field, _ -> new ArrayList<>())
                    .add(reason);
        }

        /** The form's field for a path of the document. */
        private String field(@Nullable String path) {
            if (path == null) {
                return "";
            }
            var index = INDEX.matcher(path);
            var at = index.find() ? Integer.parseInt(index.group(1)) : -1;
            if (path.startsWith("niches[")) {
                return INDEX.matcher(path).replaceFirst("[" + rowOfNiche.get(at) + "]");
            }
            if (path.startsWith("deliverables[")) {
                return "deliverables[" + BriefForm.key(counted.get(at).deliverable()) + "]";
            }
            if (path.startsWith("weights.")) {
                return "weights[" + path.substring("weights.".length()) + "]";
            }
            return switch (INDEX.matcher(path).replaceAll("")) {
                case "brand.name" -> "brandName";
                case "brand.niche" -> "brandNiche";
                case "brand.competitors" -> "competitors";
                case "brand.values" -> "brandValues";
                case "audience.countries" -> "countries";
                case "audience.ages" -> "ages";
                case "audience.genders" -> "genders";
                case "audience.languages" -> "languages";
                case "audience.interests" -> "interests";
                case "followers.min" -> "followersMin";
                case "followers.max" -> "followersMax";
                case "budget.amount" -> "budgetAmount";
                case "budget.currency" -> "budgetCurrency";
                case String same -> same;
            };
        }
    }

    /** Where a field stands in the form, so that the summary goes down the page. */
    private static int order(@Nullable String field) {
        var plain = field == null ? "" : field.replaceFirst("\\[.*", "");
        var components = BriefForm.class.getRecordComponents();
        for (var i = 0; i < components.length; i++) {
            if (components[i].getName().equals(plain)) {
                return i;
            }
        }
        return -1;
    }

    private static int inRange(long value) {
        return (int) Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static @Nullable String nothing(String text) {
        return text.isBlank() ? null : text;
    }

    private static List<String> list(List<String> chosen, String more) {
        return Stream.concat(chosen.stream(), BriefForm.words(more).stream()).toList();
    }
}
