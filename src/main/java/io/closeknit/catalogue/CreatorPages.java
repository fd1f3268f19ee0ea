package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Audience;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorPage.Account;
import io.closeknit.catalogue.CreatorPage.AudienceCharts;
import io.closeknit.catalogue.CreatorPage.Brand;
import io.closeknit.catalogue.CreatorPage.Mentions;
import io.closeknit.catalogue.CreatorPage.Month;
import io.closeknit.catalogue.CreatorPage.NicheTag;
import io.closeknit.catalogue.StoredCreator.StoredAccount;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import io.closeknit.web.AgePyramid;
import io.closeknit.web.ShareBars;
import io.closeknit.web.TimeSeries;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Words a creator for her page: codes become names, figures become charts. */
@Component
class CreatorPages {
    private final Revisions revisions;
    /** More values of a dimension are summed up as 'others'. */
    private static final int MOST_BARS = 8;

    private static final int MONTHS = 12;

    private final NicheDirectory niches;
    private final MessageSource messages;
    private final Clock clock;

    CreatorPages(NicheDirectory niches, MessageSource messages, Clock clock, Revisions revisions) {
        this.revisions = revisions;
        this.niches = niches;
        this.messages = messages;
        this.clock = clock;
    }

    CreatorPage page(StoredCreator creator) {
        var tree = niches.tree();
        return new CreatorPage(
                creator.slug(),
                creator.name(),
                creator.accounts().getFirst().document().handle(),
                creator.kind(),
                creator.demo(),
                creator.version(),
                creator.country() == null ? null : country(creator.country()),
                creator.city(),
                creator.languages().stream().map(CreatorPages::language).toList(),
                creator.bio(),
                creator.email(),
                creator.website(),
                creator.accounts().stream()
                        .map(account -> account(account, tree))
                        .toList(),
                niches(creator, tree),
                creator.hashtags(),
                history(creator),
                creator.mentions() == null ? null : mentions(creator.mentions(), tree),
                creator.rates());
    }

    private Account account(StoredAccount account, NicheTree tree) {
        var figures = account.document();
        var audience = figures.audience();
        return new Account(
                figures,
                figures.observedAt(),
                account.receivedAt(),
                account.others().entrySet().stream()
                        .map(other -> new CreatorPage.OtherFigure(
                                figure(other.getKey()),
                                other.getValue().observedAt(),
                                other.getValue().source()))
                        .toList(),
                audience == null ? null : audience(audience, tree));
    }

    private String figure(String name) {
        return switch (name) {
            case "audience" -> message("catalogue.audience");
            case "engagementRate" -> message("catalogue.figure.engagement");
            case "growth90d" -> message("catalogue.figure.growth");
            case "lastPostAt" -> message("catalogue.figure.lastPost");
            default -> message("catalogue.figure." + name);
        };
    }

    /** The latest changes, the youngest first. */
    List<CreatorPage.Changed> changes(long creatorId, int limit) {
        return revisions.of(creatorId, limit).stream()
                .map(revision -> new CreatorPage.Changed(
                        revision.at(), revision.source(), revisions.facts(revision), revision.undone()))
                .toList();
    }

    private AudienceCharts audience(Audience audience, NicheTree tree) {
        var joint = audience.agesByGender();
        var pyramid = joint == null ? null : pyramid(joint);
        return new AudienceCharts(
                bars(audience.countries(), CreatorPages::country),
                pyramid,
                // Where they are drawn jointly already, the margins would say it twice.
                pyramid == null ? inOrder(audience.ages(), Codes.AGES, ages -> ages.replace('-', '–')) : null,
                inOrder(audience.genders(), Codes.GENDERS, gender -> message("catalogue.gender." + gender)),
                bars(audience.languages(), CreatorPages::language),
                bars(
                        audience.interests(),
                        interest -> tree.bySlug(interest).map(Niche::name).orElse(interest)));
    }

    private static @Nullable AgePyramid pyramid(Map<String, Map<String, Double>> joint) {
        var female = joint.getOrDefault("female", Map.of());
        var male = joint.getOrDefault("male", Map.of());
        if (female.isEmpty() || male.isEmpty()) {
            return null;
        }
        return new AgePyramid(Codes.AGES.stream()
                .filter(ages -> female.containsKey(ages) || male.containsKey(ages))
                .map(ages ->
                        new AgePyramid.Band(ages, female.getOrDefault(ages, 0.0), male.getOrDefault(ages, 0.0), false))
                .toList());
    }

    private static @Nullable ShareBars inOrder(
            @Nullable Map<String, Double> shares, List<String> order, UnaryOperator<String> names) {
        return shares == null
                ? null
                : new ShareBars(order.stream()
                        .filter(shares::containsKey)
                        .map(key -> new ShareBars.Item(names.apply(key), Math.min(1, shares.getOrDefault(key, 0.0))))
                        .toList());
    }

    private @Nullable ShareBars bars(@Nullable Map<String, Double> shares, UnaryOperator<String> names) {
        if (shares == null) {
            return null;
        }
        var byShare = shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        var shown = byShare.size() <= MOST_BARS ? byShare : byShare.subList(0, MOST_BARS - 1);
        var items = new ArrayList<ShareBars.Item>();
        shown.forEach(
                entry -> items.add(new ShareBars.Item(names.apply(entry.getKey()), Math.min(1, entry.getValue()))));
        if (shown.size() < byShare.size()) {
            var rest = byShare.subList(shown.size(), byShare.size());
            var sum = rest.stream().mapToDouble(Map.Entry::getValue).sum();
            items.add(new ShareBars.Item(message("catalogue.audience.others", rest.size()), Math.min(1, sum)));
        }
        return new ShareBars(items);
    }

    private static List<NicheTag> niches(StoredCreator creator, NicheTree tree) {
        var sum = creator.niches().stream()
                .map(niche -> niche.tag().weight())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
        return creator.niches().stream()
                .map(niche -> {
                    var tag = niche.tag();
                    var weight = tag.weight();
                    return new NicheTag(
                            tag.niche(),
                            tree.bySlug(tag.niche()).map(Niche::name).orElse(tag.niche()),
                            weight,
                            weight == null || sum == 0 ? null : Double.valueOf(weight / sum),
                            tag.source());
                })
                .toList();
    }

    /** Her history and, as its last day, what is known now. */
    private List<TimeSeries> history(StoredCreator creator) {
        var points = new TreeMap<Platform, List<HistoryPoint>>();
        creator.history()
                .values()
                .forEach(point -> points.computeIfAbsent(point.platform(), _ -> new ArrayList<>())
                        .add(point));
        var charts = new ArrayList<TimeSeries>();
        points.forEach((platform, past) -> {
            var now = creator.accounts().stream()
                    .filter(account -> account.key().platform() == platform)
                    .findFirst()
                    .map(CreatorPages::now)
                    .stream()
                    .toList();
            var name = message("catalogue.platform." + platform.key());
            charts.add(series(
                    message("catalogue.history.followers", name),
                    TimeSeries.Unit.COUNT,
                    past,
                    now,
                    point -> point.followers() == null ? Double.NaN : point.followers()));
            charts.add(series(
                    message("catalogue.history.engagement", name),
                    TimeSeries.Unit.FRACTION,
                    past,
                    now,
                    point -> point.engagementRate() == null ? Double.NaN : point.engagementRate()));
        });
        return charts.stream().filter(chart -> chart.points().size() > 1).toList();
    }

    private static HistoryPoint now(StoredAccount account) {
        AccountDocument it = account.document();
        return new HistoryPoint(
                it.platform(),
                account.dated().atOffset(ZoneOffset.UTC).toLocalDate(),
                it.followers(),
                it.engagementRate());
    }

    private static TimeSeries series(
            String name,
            TimeSeries.Unit unit,
            List<HistoryPoint> past,
            List<HistoryPoint> now,
            ToDoubleFunction<HistoryPoint> figure) {
        var byDay = new TreeMap<LocalDate, Double>();
        for (var points : List.of(past, now)) {
            for (var point : points) {
                var value = figure.applyAsDouble(point);
                if (!Double.isNaN(value)) {
                    byDay.put(point.on(), value);
                }
            }
        }
        return new TimeSeries(
                name,
                unit,
                byDay.entrySet().stream()
                        .map(day -> new TimeSeries.Point(day.getKey(), day.getValue()))
                        .toList());
    }

    private Mentions mentions(List<StoredMention> stored, NicheTree tree) {
        var mentions = stored.stream().map(StoredMention::mention).toList();
        var posts = posts(mentions);
        var last = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        var first = last.minusMonths(MONTHS - 1);
        var byMonth = posts.stream()
                .filter(post -> post.on() != null)
                .collect(Collectors.groupingBy(post -> YearMonth.from(Objects.requireNonNull(post.on()))));
        var most = Math.max(
                1,
                byMonth.entrySet().stream()
                        .filter(month -> !month.getKey().isBefore(first))
                        .mapToInt(month -> month.getValue().size())
                        .max()
                        .orElse(1));
        var months = new ArrayList<Month>();
        for (var month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            var its = byMonth.getOrDefault(month, List.of());
            months.add(new Month(
                    month.atDay(1),
                    DateTimeFormatter.ofPattern("LLLL uuuu", locale()).format(month),
                    month.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, locale()),
                    count(its, true),
                    count(its, false),
                    count(its, null),
                    most));
        }
        return new Mentions(
                count(posts, true),
                count(posts, false),
                count(posts, null),
                months,
                posts.stream()
                        .filter(post -> post.on() != null && post.on().isBefore(first.atDay(1)))
                        .count(),
                posts.stream().filter(post -> post.on() == null).count(),
                categories(mentions, tree),
                brands(mentions, tree));
    }

    /** One mention for each post; the same url is the same post. */
    private static List<Mention> posts(List<Mention> mentions) {
        var byUrl = new HashMap<String, Mention>();
        var posts = new ArrayList<Mention>();
        for (var mention : mentions) {
            if (mention.url() == null || byUrl.putIfAbsent(mention.url(), mention) == null) {
                posts.add(mention);
            }
        }
        return posts;
    }

    private static long count(List<Mention> posts, @Nullable Boolean paid) {
        return posts.stream().filter(post -> Objects.equals(post.paid(), paid)).count();
    }

    private @Nullable ShareBars categories(List<Mention> mentions, NicheTree tree) {
        var byCategory = mentions.stream()
                .map(Mention::niche)
                .filter(Objects::nonNull)
                .flatMap(slug -> tree.bySlug(slug).stream())
                .flatMap(niche -> tree.byId(tree.topLevel(niche.id())).stream())
                .collect(Collectors.groupingBy(Niche::name, Collectors.counting()));
        var all = byCategory.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return null;
        }
        var shares = new TreeMap<String, Double>();
        byCategory.forEach((name, count) -> shares.put(name, (double) count / all));
        return bars(shares, name -> name);
    }

    private static List<Brand> brands(List<Mention> mentions, NicheTree tree) {
        var byBrand = mentions.stream()
                .collect(Collectors.groupingBy(
                        mention -> NicheTree.key(mention.brand()), TreeMap::new, Collectors.toList()));
        return byBrand.values().stream()
                .map(its -> new Brand(
                        its.getFirst().brand(),
                        its.stream()
                                .map(Mention::niche)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .flatMap(tree::bySlug)
                                .map(Niche::name)
                                .orElse(null),
                        posts(its).size(),
                        count(posts(its), true),
                        its.stream()
                                .map(Mention::on)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(null)))
                .sorted(Comparator.comparing(Brand::posts, Comparator.reverseOrder())
                        .thenComparing(Brand::last, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(Brand::name))
                .toList();
    }

    private static String country(String code) {
        return Locale.of("", code).getDisplayCountry(locale());
    }

    private static String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }

    private String message(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale());
    }
}
