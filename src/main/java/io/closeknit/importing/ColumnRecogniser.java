package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.ImportField.Kind;
import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.importing.NumberCell.UnclearNumberException;
import io.closeknit.importing.RecognisedColumn.Status;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what each column of a file holds: by its name, and by looking whether its values can be that. */
final class ColumnRecogniser {
    private static final Pattern HANDLE = Pattern.compile("@?[\\p{L}\\p{N}._\\-]{1,100}");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(https?://\\S+|(www\\.)?[\\w-]+(\\.[\\w-]+)*\\.[a-z]{2,}(/\\S*)?)");
    private static final Pattern OF_CREATORS =
            Pattern.compile(".*(creator|user|influencer|account|profile|channel|handle).*");
    /** Which days a figure comes from; three months of growth are a figure of their own. */
    private static final Pattern PERIOD =
            Pattern.compile("^(?!.*growth)\\d{1,3}(days?|d|weeks?|months?|tage|dias|jours)");

    private static final Pattern OF_THE_AUDIENCE =
            Pattern.compile("^(top|main|most|primary|key)?(audience|zielgruppe|audiencia|publikum|publico)");
    private static final Map<String, ImportField> BY_ALIAS = byAlias();
    private static final Set<ImportField> OF_POSTS = Set.of(
            ImportField.LIKES,
            ImportField.COMMENTS,
            ImportField.VIEWS,
            ImportField.HASHTAGS,
            ImportField.MENTIONS,
            ImportField.CAPTION);
    private static final Set<ImportField> NEVER_A_SUM = Set.of(
            ImportField.LIKES,
            ImportField.COMMENTS,
            ImportField.SHARES,
            ImportField.VIEWS,
            ImportField.SAVES,
            ImportField.ENGAGEMENTS);

    /** A rate above this, in the middle of a column, can't be a fraction: 300 % of the followers. */
    private static final double SURELY_PERCENT = 3;
    /** A rate below this, in the middle of a column, can't be a percentage: 0.15 %. */
    private static final double SURELY_FRACTION = 0.15;

    private static final int ENOUGH_VALUES = 10;

    private ColumnRecogniser() {}

    /** What each column holds, in the order of the file. */
    static List<RecognisedColumn> recognise(List<ColumnProfile> columns) {
        var guesses = new ArrayList<Guess>();
        for (var column : columns) {
            guesses.add(guess(column));
        }
        findHandle(guesses);
        findPosts(guesses);
        leaveSumsOut(guesses);
        keepOneOfEach(guesses);
        pairTopCountries(guesses);
        decideUnitOfShares(guesses);
        var fileMark = fileMark(guesses);
        return guesses.stream().map(guess -> guess.recognised(fileMark)).toList();
    }

    /** The column as it would be read for a field that a person chose: with the unit and the decimal mark it shows. */
    static RecognisedColumn as(ColumnProfile column, @Nullable ImportField field, @Nullable Platform platform) {
        var guess = new Guess(column, HeaderWords.of(column.name()));
        guess.field = field;
        guess.platform = platform;
        guess.status = Status.NAME;
        return guess.recognised(DecimalMark.UNCLEAR);
    }

    /** Whether a cell is the name of a column that is known, as a header's cells are. */
    static boolean isName(String cell) {
        var words = HeaderWords.of(cell);
        return BY_ALIAS.containsKey(words.full())
                || BY_ALIAS.containsKey(words.key())
                || words.key().isEmpty() && words.platform() != null && words.total();
    }

    /** Whether a column holds what is never imported, whatever a person says. */
    static boolean isSpecial(ColumnProfile column) {
        var words = HeaderWords.of(withoutNumber(column.name()));
        return SpecialData.isName(words.full()) || SpecialData.isName(words.key()) || SpecialData.isIn(column);
    }

    private static Guess guess(ColumnProfile column) {
        var guess = new Guess(column, HeaderWords.of(withoutNumber(column.name())));
        if (column.present() == 0) {
            guess.status = Status.EMPTY;
            return guess;
        }
        var words = guess.words;
        if (isSpecial(column)) {
            guess.status = Status.SPECIAL;
            return guess;
        }
        var field = BY_ALIAS.get(words.full());
        if (field == null) {
            field = BY_ALIAS.get(words.key());
            guess.platform = words.platform();
        }
        if (field == null && PERIOD.matcher(words.key()).find()) {
            field = BY_ALIAS.get(PERIOD.matcher(words.key()).replaceFirst("")); // '60 day eng rate'
        }
        if (field == null && isOfTheAudience(guess)) {
            return guess;
        }
        if (field == null && OF_THE_AUDIENCE.matcher(words.full()).find()) {
            guess.status = Status.AUDIENCE;
            return guess;
        }
        if (field == null && words.key().isEmpty() && words.platform() != null) {
            field = column.shareOfNumbers() > 0.8
                    ? ImportField.FOLLOWERS
                    : ImportField.HANDLE; // 'Instagram', 'Youtuber'
            guess.status = Status.VALUES;
        }
        if (field == ImportField.HANDLE
                && column.share(cell -> ProfileAddress.parse(cell).isPresent()) > 0.5) {
            field = ImportField.URL;
        }
        if (field == ImportField.ENGAGEMENT_RATE && isEngagementCount(column, words)) {
            field = ImportField.ENGAGEMENTS;
            guess.status = Status.VALUES;
        }
        if (field == ImportField.POSTS && words.platform() == null && column.shareOfNumbers() < 0.5) {
            field = null;
        }
        if (field != null && words.total() && NEVER_A_SUM.contains(field)) {
            guess.status = Status.SUM; // a sum over all posts is not a figure per post
            return guess;
        }
        if (field == ImportField.COUNTRY && column.share(cell -> cell.contains(",")) > 0.5) {
            field = ImportField.LOCATION;
        }
        if (field == ImportField.URL
                && column.share(cell -> ProfileAddress.parse(cell).isPresent()) < 0.5) {
            field = column.share(cell -> ADDRESS.matcher(cell.strip()).matches()) > 0.5
                    ? ImportField.WEBSITE
                    : words.key().equals("profile") ? ImportField.HANDLE : null;
        }
        if (field != null && !canBe(field, column)) {
            guess.status = Status.OTHER_VALUES;
            field = null;
        }
        guess.field = field;
        if (field == null) {
            guess.status = guess.status == Status.OTHER_VALUES ? guess.status : Status.UNKNOWN;
        } else if (!field.ofAccount()) {
            guess.platform = null;
        }
        return guess;
    }

    /** A share of the audience, or countries with their shares: what a header says of it, and the cells bear out. */
    private static boolean isOfTheAudience(Guess guess) {
        var column = guess.column;
        guess.audience = AudienceColumn.of(column.name()).orElse(null);
        if (guess.audience == null) {
            return false;
        }
        if (guess.audience.part() == AudienceColumn.Part.TOP_COUNTRY) {
            guess.field = ImportField.AUDIENCE_COUNTRY;
            guess.status = Status.VALUES;
            return canBe(guess.field, column) || leftOut(guess);
        }
        // 'Male' with numbers is a share; with 'yes' and 'no' it is not.
        if (column.shareOfNumbers() < 0.8
                || magnitudes(column, DecimalMark.UNCLEAR).stream().anyMatch(figure -> figure > 100)) {
            guess.audience = null;
            return false;
        }
        guess.field = ImportField.AUDIENCE_SHARE;
        return true;
    }

    private static boolean leftOut(Guess guess) {
        guess.field = null;
        guess.status = Status.AUDIENCE;
        return true;
    }

    /** Countries whose shares stand nowhere are not kept; nor are shares whose country stands nowhere. */
    private static void pairTopCountries(List<Guess> guesses) {
        for (var guess : guesses) {
            var audience = guess.audience;
            if (guess.field == null
                    || audience == null
                    || !audience.part().isTop()
                    || guess.column.share(cell -> !AudienceCell.shares(cell).isEmpty()) >= 0.3) {
                continue;
            }
            var wanted = audience.part() == AudienceColumn.Part.TOP_COUNTRY
                    ? AudienceColumn.Part.TOP_COUNTRY_SHARE
                    : AudienceColumn.Part.TOP_COUNTRY;
            var other = new AudienceColumn(wanted, audience.key());
            if (guesses.stream().noneMatch(it -> it.field != null && other.equals(it.audience))) {
                leftOut(guess);
            }
        }
    }

    /** One unit for all shares of the file: a small country may never come to one percent, but others do. */
    private static void decideUnitOfShares(List<Guess> guesses) {
        var shares = guesses.stream()
                .filter(guess -> guess.field == ImportField.AUDIENCE_SHARE)
                .toList();
        var units = shares.stream()
                .map(guess -> audienceUnit(guess.column, guess.words))
                .toList();
        var all = units.contains(Unit.PERCENT) ? Unit.PERCENT : units.contains(Unit.FRACTION) ? Unit.FRACTION : null;
        shares.forEach(guess -> guess.unit = all);
    }

    /** A share is never more than one; and where none comes near a fifth, it may be a small percentage as well. */
    private static @Nullable Unit audienceUnit(ColumnProfile column, HeaderWords words) {
        if (words.percent() || column.percentSigns() > 0) {
            return Unit.PERCENT;
        }
        var most = magnitudes(column, DecimalMark.UNCLEAR).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return most > 1 ? Unit.PERCENT : most >= 0.2 ? Unit.FRACTION : null;
    }

    private static String withoutNumber(String name) {
        return name.replaceFirst(" \\(\\d+\\)$", "");
    }

    private static boolean isEngagementCount(ColumnProfile column, HeaderWords words) {
        return words.key().equals("engagement")
                && !words.percent()
                && column.percentSigns() == 0
                && column.shareOfNumbers() > 0.5
                && (column.shareOfAbbreviated() > 0.5 || median(magnitudes(column, DecimalMark.POINT)) > 100);
    }

    private static boolean canBe(ImportField field, ColumnProfile column) {
        return switch (field.kind()) {
            case COUNT, AMOUNT, SHARE, MONEY -> column.shareOfNumbers() >= 0.5;
            case AUDIENCE -> column.share(cell -> AudienceCell.shown(cell) != null) >= 0.3;
            case HANDLE -> column.share(cell -> cell.strip().length() <= 200) > 0.5;
            case URL -> true; // looked at before
            case PLATFORM ->
                column.share(cell -> HeaderWords.platformOfWord(cell).isPresent()) >= 0.5;
            case KIND -> column.share(cell -> CreatorKinds.find(cell).isPresent()) >= 0.5;
            case COUNTRY -> column.share(cell -> CountryNames.find(cell).isPresent()) >= 0.3;
            case LANGUAGES ->
                column.share(cell -> LanguageNames.find(cell.split("[,;/|]")[0]).isPresent()) >= 0.3;
            case EMAIL -> column.share(cell -> cell.contains("@")) >= 0.5;
            case WEB -> column.share(cell -> ADDRESS.matcher(cell.strip()).matches()) >= 0.5;
            case DATE ->
                column.share(cell -> DateCell.parse(cell, Unit.DAY_FIRST).isPresent()) >= 0.5;
            case TEXT, LOCATION, NICHES, HASHTAGS -> column.shareOfNumbers() < 0.9;
        };
    }

    /** Where no column is named for handles, one that is named for names may hold them: 'Instagram name'. */
    private static void findHandle(List<Guess> guesses) {
        if (guesses.stream().anyMatch(guess -> guess.field == ImportField.HANDLE || guess.field == ImportField.URL)) {
            return;
        }
        Guess best = null;
        for (var guess : guesses) {
            if (guess.field == ImportField.NAME
                    && guess.handleness() >= 0.6
                    && (best == null || guess.handleness() > best.handleness())) {
                best = guess;
            }
        }
        if (best == null) {
            for (var guess : guesses) {
                if (guess.field == null
                        && guess.column.present() > 0
                        && OF_CREATORS.matcher(guess.words.full()).matches()
                        && guess.handleness() >= 0.95
                        && guess.column.shareOfNumbers() < 0.9
                        && guess.mostlyDiffers()) {
                    best = guess;
                    break;
                }
            }
        }
        if (best != null) {
            best.field = ImportField.HANDLE;
            best.platform = best.words.platform();
            best.status = Status.VALUES;
        }
    }

    /** Where handles come again and again, each with a date and the figures of a post, a row is a post. */
    private static void findPosts(List<Guess> guesses) {
        var handle = first(guesses, ImportField.HANDLE, ImportField.URL);
        var posted = first(guesses, ImportField.POSTED_AT, ImportField.POSTED_AT);
        var date = posted == null ? first(guesses, ImportField.OBSERVED, ImportField.LAST_POST) : posted;
        var again = handle != null
                && (handle.column.hasMoreValues()
                        ? posted != null
                        : handle.column.present() >= 2L * handle.column.values().size());
        var figures = guesses.stream().anyMatch(guess -> guess.field != null && OF_POSTS.contains(guess.field));
        if (date != null) {
            if (again && figures) {
                date.field = ImportField.POSTED_AT;
            } else if (date == posted) {
                date.field = ImportField.LAST_POST;
            }
        }
    }

    private static @Nullable Guess first(List<Guess> guesses, ImportField field, ImportField or) {
        return guesses.stream()
                .filter(guess -> guess.field == field || guess.field == or)
                .findFirst()
                .orElse(null);
    }

    /**
     * 'Video views' of a channel are often the views of all its videos: where a figure per post is far above the
     * followers in the middle of the column, and no word says that it is a mean, it is a sum.
     */
    private static void leaveSumsOut(List<Guess> guesses) {
        var followers = guesses.stream()
                .filter(guess -> guess.field == ImportField.FOLLOWERS)
                .mapToDouble(guess -> median(magnitudes(guess.column, DecimalMark.UNCLEAR, Kind.COUNT)))
                .filter(median -> median > 0)
                .max();
        for (var guess : guesses) {
            var field = guess.field;
            if (followers.isPresent()
                    && field != null
                    && NEVER_A_SUM.contains(field)
                    && !guess.words.mean()
                    && guess.column.present() >= ENOUGH_VALUES
                    && median(magnitudes(guess.column, DecimalMark.UNCLEAR, Kind.COUNT))
                            > 10 * followers.getAsDouble()) {
                guess.field = null;
                guess.status = Status.SUM;
            }
        }
    }

    private static void keepOneOfEach(List<Guess> guesses) {
        for (var first : guesses) {
            for (var second : guesses) {
                var field = first.field;
                if (first == second
                        || field == null
                        || field != second.field
                        || field.takesMany()
                        || first.platform != second.platform) {
                    continue;
                }
                var abbreviated = first.column.shareOfAbbreviated() - second.column.shareOfAbbreviated();
                var secondLoses = field.kind().isNumber() && abbreviated != 0
                        ? abbreviated < 0
                        : first.column.present() >= second.column.present()
                                || guesses.indexOf(first) < guesses.indexOf(second)
                                        && first.column.present() * 2 > second.column.present();
                var loser = secondLoses ? second : first;
                var winner = secondLoses ? first : second;
                loser.field = null;
                loser.other = winner.column.name();
                loser.status = field.kind().isNumber() && abbreviated != 0 ? Status.LESS_EXACT : Status.TAKEN;
            }
        }
    }

    /** What the other columns show, for those that don't show it themselves. */
    private static DecimalMark fileMark(List<Guess> guesses) {
        var seen = new HashSet<DecimalMark>();
        for (var guess : guesses) {
            if (guess.field != null && guess.field.kind().isNumber()) {
                seen.add(guess.column.groupsByPoint() ? DecimalMark.COMMA : guess.column.decimalMark());
            }
        }
        seen.remove(DecimalMark.UNCLEAR);
        return seen.size() == 1 ? seen.iterator().next() : DecimalMark.UNCLEAR;
    }

    /** The figures without their signs, those with a percent sign left out. */
    private static List<Double> magnitudes(ColumnProfile column, DecimalMark mark) {
        return magnitudes(column, mark, Kind.SHARE);
    }

    private static List<Double> magnitudes(ColumnProfile column, DecimalMark mark, Kind kind) {
        var magnitudes = new ArrayList<Double>();
        for (var cell : column.cells()) {
            try {
                var number = NumberCell.parse(cell, mark, kind);
                if (!number.percent() && number.value().signum() != 0) {
                    magnitudes.add(Math.abs(number.value().doubleValue()));
                }
            } catch (UnclearNumberException e) {
                continue; // the row says so when it is read
            }
        }
        return magnitudes;
    }

    private static double median(List<Double> figures) {
        if (figures.isEmpty()) {
            return Double.NaN;
        }
        var sorted = figures.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Map<String, ImportField> byAlias() {
        var fields = new HashMap<String, ImportField>();
        for (var field : ImportField.values()) {
            field.aliases().forEach(alias -> {
                var before = fields.put(alias, field);
                if (before != null) {
                    throw new IllegalStateException("'" + alias + "' stands for " + before + " and " + field);
                }
            });
            if (field != ImportField.AUDIENCE_SHARE && field != ImportField.AUDIENCE_COUNTRY) {
                fields.putIfAbsent(NicheTree.key(field.key()), field);
            }
        }
        return Map.copyOf(fields);
    }

    /** A column on the way to being recognised. */
    private static final class Guess {
        private final ColumnProfile column;
        private final HeaderWords words;
        private @Nullable ImportField field;
        private @Nullable Platform platform;
        private Status status = Status.NAME;
        private @Nullable AudienceColumn audience;
        private @Nullable Unit unit;
        private @Nullable String other;

        Guess(ColumnProfile column, HeaderWords words) {
            this.column = column;
            this.words = words;
        }

        double handleness() {
            return column.share(cell -> HANDLE.matcher(cell.strip()).matches());
        }

        boolean mostlyDiffers() {
            return column.hasMoreValues() || column.values().size() >= 0.5 * column.present();
        }

        RecognisedColumn recognised(DecimalMark fileMark) {
            if (field == null) {
                return new RecognisedColumn(ColumnMapping.ignored(column.name()), status, other, false, null);
            }
            var mark = column.groupsByPoint() ? DecimalMark.COMMA : column.decimalMark();
            if (mark == DecimalMark.UNCLEAR) {
                mark = fileMark;
            }
            Unit unit = null;
            var unclear = false;
            Unit suggested = null;
            if (field.kind() == Kind.DATE) {
                unit = dateOrder();
                unclear = unit == null && column.cells().stream().anyMatch(DateCell::isAmbiguous);
                suggested = unclear ? Unit.DAY_FIRST : null;
            } else if (field.kind() == Kind.SHARE) {
                unit = unit(field, mark);
                if (unit == null) {
                    unclear = column.percentSigns() < column.present();
                    suggested = suggested(mark);
                }
            }
            return new RecognisedColumn(
                    new ColumnMapping(column.name(), field, platform, unit, mark), status, other, unclear, suggested);
        }

        /** One cell with a day above twelve shows the order of the whole column, unless another shows the opposite. */
        private @Nullable Unit dateOrder() {
            var orders = new HashSet<Unit>();
            for (var cell : column.cells()) {
                var order = DateCell.order(cell);
                if (order != null) {
                    orders.add(order);
                }
            }
            return orders.size() == 1 ? orders.iterator().next() : null;
        }

        private @Nullable Unit unit(ImportField field, DecimalMark mark) {
            if (field == ImportField.AUDIENCE_SHARE) {
                return unit == null ? audienceUnit(column, words) : unit;
            }
            if (words.percent()) {
                return Unit.PERCENT;
            }
            var figures = magnitudes(column, mark);
            if (figures.isEmpty()) {
                return column.percentSigns() > 0 ? Unit.PERCENT : null;
            }
            if (field == ImportField.AUTHENTICITY
                    || field == ImportField.FAKE_FOLLOWERS
                    || field == ImportField.REPLY_RATE) {
                // A share of people: never more than all of them.
                return figures.stream().anyMatch(figure -> figure > 1) ? Unit.PERCENT : Unit.FRACTION;
            }
            var median = median(figures);
            var smallest =
                    figures.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            if (median >= SURELY_PERCENT) {
                return Unit.PERCENT;
            }
            if (median <= SURELY_FRACTION) {
                return Unit.FRACTION;
            }
            return median >= 1 && figures.size() >= ENOUGH_VALUES && smallest >= 0.1 ? Unit.PERCENT : null;
        }

        private Unit suggested(DecimalMark mark) {
            // Rates lie around 2.5 %: 0.35 would be 35 % or 0.35 %, and the latter is nearer as a ratio.
            var figures = magnitudes(column, mark);
            return figures.isEmpty() || median(figures) > 0.25 ? Unit.PERCENT : Unit.FRACTION;
        }
    }
}
