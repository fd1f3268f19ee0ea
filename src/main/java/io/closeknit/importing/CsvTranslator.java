package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.NumberCell.UnclearNumberException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Understands the rows of a CSV file by the mapping of its columns. */
final class CsvTranslator implements RecordTranslator {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern SEPARATORS = Pattern.compile("[,;/|\\n]+");
    private static final Pattern HASHTAG_SEPARATORS = Pattern.compile("[\\s,;/|#]+");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+\\.[^\\s@,;<>]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200B\\u200E\\u200F\\u2060\\uFEFF]");
    private static final Pattern PATH = Pattern.compile("(?:accounts\\[\\d+]\\.)?([A-Za-z0-9]+).*");
    private static final int SHOWN = 80;
    /** As the catalogue has it: rounding aside, shares of one whole sum to 1. */
    private static final BigDecimal MOST_SUM = new BigDecimal("1.02");

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final FileMapping mapping;
    private final char delimiter;
    private final @Nullable Platform chosen;
    private final @Nullable Platform ofFileName;
    private final NicheWords niches;
    private final Map<String, String> columnOfField = new HashMap<>();
    private final Map<String, HeaderWords> words = new HashMap<>();

    /**
     * @param chosen for the whole file; null where the columns or the name of the file say
     * @param ofFileName what stands where nothing else says
     */
    CsvTranslator(
            FileMapping mapping,
            char delimiter,
            @Nullable Platform chosen,
            @Nullable Platform ofFileName,
            NicheWords niches) {
        this.mapping = mapping;
        this.delimiter = delimiter;
        this.chosen = chosen;
        this.ofFileName = ofFileName;
        this.niches = niches;
        for (var column : mapping.columns()) {
            var field = column.field();
            if (field != null) {
                columnOfField.putIfAbsent(
                        field.key().startsWith("price.")
                                ? "rates"
                                : field.key().replaceFirst("^audience\\..*", "audience"),
                        column.column());
                words.put(column.column(), HeaderWords.of(column.column()));
            }
        }
    }

    @Override
    public String nameOf(String path) {
        var match = PATH.matcher(path);
        return match.matches() ? columnOfField.getOrDefault(match.group(1), path) : path;
    }

    @Override
    public Translated translate(RawRecord record) {
        var cells = CsvCells.of(record.text(), delimiter);
        var columns = mapping.columns();
        if (cells == null) {
            return new Translated.Refused(Sentence.of("importing.reject.quotes"));
        }
        if (cells.size() > columns.size()
                && cells.subList(columns.size(), cells.size()).stream().anyMatch(cell -> !cell.isBlank())) {
            return new Translated.Refused(Sentence.of("importing.reject.moreCells", cells.size(), columns.size()));
        }
        var row = new Row();
        for (var i = 0; i < columns.size() && i < cells.size(); i++) {
            var column = columns.get(i);
            var field = column.field();
            if (field != null) {
                var cell = clean(cells.get(i));
                if (!NumberCell.isMissing(cell)) {
                    row.take(column, field, cell);
                } else if (!cell.isEmpty()) {
                    row.leaveOut(column, cell, Sentence.of("importing.note.missing"));
                }
            }
        }
        if (cells.size() < columns.size()) {
            row.notes.add(Translated.Note.leftOut(
                    "", Integer.toString(cells.size()), Sentence.of("importing.note.shortRow", columns.size())));
        }
        return row.toCreator();
    }

    /** Without the blanks around it, what cannot be seen, and the apostrophe that keeps a spreadsheet from calculating. */
    private static String clean(String cell) {
        var text = INVISIBLE.matcher(cell).replaceAll("").replace('\u00A0', ' ').strip();
        return text.length() > 1 && text.charAt(0) == '\'' && "=+-@".indexOf(text.charAt(1)) >= 0
                ? text.substring(1)
                : text;
    }

    private static String shown(String cell) {
        return cell.length() > SHOWN ? cell.substring(0, SHOWN) + "…" : cell;
    }

    /** One row on the way to being a creator. */
    private final class Row {
        private final ObjectNode creator = JSON.objectNode();
        /** By platform; what belongs to the row's own platform under null until that is known. */
        private final Map<@Nullable Platform, Account> accounts = new LinkedHashMap<>();

        private final Set<String> languages = new LinkedHashSet<>();
        private final Map<String, @Nullable Double> nicheWeights = new LinkedHashMap<>();
        private final Map<String, @Nullable Double> hashtags = new LinkedHashMap<>();
        private final List<Translated.Note> notes = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private @Nullable Platform ofColumn;
        private @Nullable Platform ofAddress;

        void take(ColumnMapping column, ImportField field, String cell) {
            switch (field.kind()) {
                case HANDLE -> handle(column, cell);
                case URL -> url(column, cell);
                case PLATFORM ->
                    HeaderWords.platformOfWord(cell)
                            .ifPresentOrElse(
                                    platform -> ofColumn = platform,
                                    () -> leaveOut(column, cell, Sentence.of("importing.note.platform")));
                case TEXT -> {
                    if (field == ImportField.MENTIONS) {
                        mentions(cell);
                    } else if (field == ImportField.CAPTION
                            || field == ImportField.SPONSORED
                            || field == ImportField.POST_ID) {
                        leaveOut(column, cell, Sentence.of("importing.note.ofPosts"));
                    } else {
                        creator.put(field.key(), cell);
                    }
                }
                case KIND -> put(column, field, cell, CreatorKinds.find(cell), Sentence.of("importing.note.kind"));
                case COUNTRY -> {
                    var country = CountryNames.find(cell);
                    put(column, field, cell, country, Sentence.of("importing.note.country"));
                    country.ifPresent(code -> altered(column, cell, code, "importing.made.country"));
                }
                case LOCATION -> location(column, cell);
                case LANGUAGES -> languages(column, cell);
                case EMAIL ->
                    put(
                            column,
                            field,
                            cell,
                            Optional.of(cell).filter(mail -> EMAIL.matcher(mail).matches()),
                            Sentence.of("importing.note.email"));
                case WEB -> put(column, field, cell, webAddress(cell), Sentence.of("importing.note.web"));
                case NICHES -> niches(column, cell);
                case HASHTAGS -> {
                    for (var tag : HASHTAG_SEPARATORS.split(cell)) {
                        if (!tag.isBlank()) {
                            hashtags.putIfAbsent(tag, null);
                        }
                    }
                }
                case AUDIENCE -> countries(column, cell);
                case DATE -> {
                    var moment = DateCell.parse(cell, column.unit());
                    if (moment.isPresent()) {
                        account(column).figures.put(field.key(), moment.get().toString());
                    } else {
                        leaveOut(column, cell, Sentence.of("importing.note.date"));
                    }
                }
                case COUNT, AMOUNT, SHARE, MONEY -> number(column, field, cell);
            }
        }

        private Account account(ColumnMapping column) {
            return accounts.computeIfAbsent(column.platform(), platform -> new Account());
        }

        private void handle(ColumnMapping column, String cell) {
            var address = ProfileAddress.parse(cell);
            if (address.isPresent()) {
                url(column, cell);
                return;
            }
            var handle = cell;
            while (handle.startsWith("@")) {
                handle = handle.substring(1).strip();
            }
            if (!handle.isEmpty()) {
                account(column).handle = handle;
            }
        }

        private void url(ColumnMapping column, String cell) {
            var address = ProfileAddress.parse(cell);
            if (address.isEmpty()) {
                leaveOut(column, cell, Sentence.of("importing.note.url"));
                return;
            }
            var account = account(column);
            account.figures.put("url", cell.contains("://") ? cell : "https://" + cell);
            if (account.handle == null) {
                account.handle = address.get().handle();
            }
            if (column.platform() == null) {
                ofAddress = address.get().platform();
            }
        }

        private void location(ColumnMapping column, String cell) {
            var comma = cell.lastIndexOf(',');
            var country = UsStates.country(cell)
                    .or(() -> CountryNames.find(cell.substring(comma + 1).strip()));
            if (country.isPresent()) {
                creator.put("country", country.get());
                if (comma > 0) {
                    creator.put("city", cell.substring(0, cell.indexOf(',')).strip());
                }
            } else {
                leaveOut(column, cell, Sentence.of("importing.note.location"));
            }
        }

        /** Countries of the audience, with their shares or without. */
        private void countries(ColumnMapping column, String cell) {
            var shares = AudienceCell.shares(cell);
            shares.forEach((country, share) -> account(column).audience(AudienceColumn.Part.COUNTRIES, country, share));
            if (shares.isEmpty()) {
                AudienceCell.country(cell)
                        .ifPresentOrElse(
                                country -> account(column).tops.put(number(column), new Top(column, cell, country)),
                                () -> leaveOut(column, cell, Sentence.of("importing.note.country")));
            } else {
                altered(column, cell, String.valueOf(AudienceCell.shown(cell)), "importing.made.audience");
            }
        }

        private void audience(ColumnMapping column, String cell, BigDecimal share) {
            var about = AudienceColumn.of(column.column()).orElse(null);
            if (about == null || about.part() == AudienceColumn.Part.TOP_COUNTRY) {
                leaveOut(column, cell, Sentence.of("importing.note.audience.unnamed"));
            } else if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
                leaveOut(column, cell, Sentence.of("importing.note.noShare"));
            } else if (about.part() == AudienceColumn.Part.TOP_COUNTRY_SHARE) {
                account(column).topShares.put(about.key(), new TopShare(column, cell, share));
            } else {
                account(column).audience(about.part(), about.key(), share);
            }
        }

        private static String number(ColumnMapping column) {
            return AudienceColumn.of(column.column()).map(AudienceColumn::key).orElse("");
        }

        /** Shares of one whole that come to more than it are no shares of it; countries get the shares that belong to them. */
        private void completeAudience(Account account) {
            account.tops.forEach((number, top) -> {
                var share = account.topShares.remove(number);
                if (share == null) {
                    leaveOut(top.column, top.cell, Sentence.of("importing.note.audience.noShare"));
                } else {
                    account.audience(AudienceColumn.Part.COUNTRIES, top.country, share.share);
                }
            });
            account.topShares.forEach(
                    (_, share) -> leaveOut(share.column, share.cell, Sentence.of("importing.note.audience.noCountry")));
            account.audience.entrySet().removeIf(part -> {
                var sum = part.getValue().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                var wrong = sum.compareTo(MOST_SUM) > 0;
                if (wrong) {
                    notes.add(Translated.Note.leftOut(
                            part.getKey().field(),
                            part.getValue().toString(),
                            Sentence.of("importing.note.audience.sum")));
                }
                return wrong;
            });
        }

        /** Brands that she worked with or named; whether it was paid the column does not say. */
        private void mentions(String cell) {
            var list =
                    creator.path("mentions").isArray() ? creator.withArray("/mentions") : creator.putArray("mentions");
            for (var brand : SEPARATORS.split(cell)) {
                var name = brand.strip();
                if (!name.isEmpty() && !NumberCell.isMissing(name)) {
                    list.addObject().put("brand", name.startsWith("@") ? name.substring(1) : name);
                }
            }
        }

        private void languages(ColumnMapping column, String cell) {
            var whole = LanguageNames.find(cell);
            if (whole.isPresent()) {
                languages.add(whole.get());
                altered(column, cell, whole.get(), "importing.made.language");
                return;
            }
            for (var part : SEPARATORS.split(cell)) {
                if (!part.isBlank()) {
                    LanguageNames.find(part)
                            .ifPresentOrElse(
                                    language -> {
                                        languages.add(language);
                                        altered(column, part.strip(), language, "importing.made.language");
                                    },
                                    () -> leaveOut(column, part.strip(), Sentence.of("importing.note.language")));
                }
            }
        }

        private void niches(ColumnMapping column, String cell) {
            for (var word : niches.words(cell)) {
                var meaning = niches.meaning(word.word());
                if (meaning.how() != NicheWords.How.KNOWN || word.weight() != null) {
                    sayNiche(column, word, meaning);
                }
                if (meaning.isNiche()) {
                    if (nicheWeights.get(meaning.target()) == null) {
                        nicheWeights.put(meaning.target(), word.weight());
                    }
                } else if (meaning.target().equals(NicheWords.HASHTAG)) {
                    if (meaning.how() == NicheWords.How.UNKNOWN) {
                        nicheWeights.putIfAbsent(
                                word.word(), word.weight()); // the catalogue keeps it and tells the admins
                    } else {
                        hashtags.putIfAbsent(word.word().replace(" ", ""), word.weight());
                    }
                }
            }
        }

        private void sayNiche(ColumnMapping column, NicheWords.Word word, NicheWords.Meaning meaning) {
            var text = word.weight() == null ? word.word() : word.word() + " " + word.weight();
            if (meaning.isNiche()) {
                var became = word.weight() == null ? meaning.target() : meaning.target() + ": " + word.weight();
                altered(column, text, became, "importing.made.niche." + meaning.how());
            } else if (meaning.target().equals(NicheWords.HASHTAG)) {
                altered(column, text, "#" + word.word().replace(" ", ""), "importing.made.niche." + meaning.how());
            } else {
                leaveOut(column, text, Sentence.of("importing.note.niche." + meaning.how()));
            }
        }

        private void number(ColumnMapping column, ImportField field, String cell) {
            try {
                var number = NumberCell.parse(cell, column.decimal(), field.kind());
                sayWhatItBecame(column, field, number, cell);
                switch (field.kind()) {
                    case COUNT -> account(column).figures.put(field.key(), whole(number, cell));
                    case SHARE -> {
                        var share = share(column, number, cell);
                        if (field == ImportField.AUDIENCE_SHARE) {
                            audience(column, cell, share);
                        } else if (field == ImportField.FAKE_FOLLOWERS) {
                            var real = BigDecimal.ONE.subtract(share);
                            account(column).figures.putIfAbsent(ImportField.AUTHENTICITY.key(), real);
                            altered(column, cell, real.toPlainString(), "importing.made.realFollowers");
                        } else {
                            account(column).figures.put(field.key(), share);
                        }
                    }
                    case MONEY -> price(column, field, number, cell);
                    default -> {
                        withoutPercent(number, cell);
                        if (field == ImportField.ENGAGEMENTS) {
                            account(column).engagements = number.value();
                            account(column).mean = words(column).mean();
                        } else {
                            account(column).figures.put(field.key(), number.value());
                        }
                    }
                }
            } catch (UnclearNumberException e) {
                problems.add(e.sentence(column.column()));
            }
        }

        /** Every cell that goes in as something else than it says is listed; other spellings of the same number are not. */
        private void sayWhatItBecame(ColumnMapping column, ImportField field, NumberCell number, String cell) {
            var value = number.value();
            if (field.kind() == ImportField.Kind.COUNT
                    && value.stripTrailingZeros().scale() > 0) {
                altered(
                        column,
                        cell,
                        value.setScale(0, RoundingMode.HALF_UP).toPlainString(),
                        "importing.made.rounded");
            } else if (field.kind() == ImportField.Kind.SHARE
                    && field != ImportField.FAKE_FOLLOWERS
                    && (number.percent() || column.unit() == Unit.PERCENT)) {
                altered(
                        column,
                        cell,
                        value.scaleByPowerOfTen(-2).stripTrailingZeros().toPlainString(),
                        "importing.made.percent");
            } else if (number.abbreviated()) {
                altered(column, cell, value.stripTrailingZeros().toPlainString(), "importing.made.abbreviated");
            }
        }

        private void altered(ColumnMapping column, String cell, String became, String key) {
            if (!cell.equalsIgnoreCase(became)) {
                notes.add(new Translated.Note(column.column(), shown(cell), shown(became), Sentence.of(key)));
            }
        }

        private Long whole(NumberCell number, String cell) throws UnclearNumberException {
            withoutPercent(number, cell);
            if (number.value().abs().compareTo(MOST) > 0) {
                throw new UnclearNumberException("importing.reject.noCount", cell);
            }
            return number.value().setScale(0, RoundingMode.HALF_UP).longValueExact();
        }

        private BigDecimal share(ColumnMapping column, NumberCell number, String cell) throws UnclearNumberException {
            if (number.currency() != null || number.abbreviated()) {
                throw new UnclearNumberException("importing.reject.noShare", cell);
            }
            if (number.percent() || column.unit() == Unit.PERCENT) {
                return number.value().scaleByPowerOfTen(-2);
            }
            if (column.unit() == Unit.FRACTION) {
                return number.value();
            }
            throw new UnclearNumberException("importing.reject.unit", cell);
        }

        private void withoutPercent(NumberCell number, String cell) throws UnclearNumberException {
            if (number.percent()) {
                throw new UnclearNumberException("importing.reject.percentage", cell);
            }
        }

        private void price(ColumnMapping column, ImportField field, NumberCell number, String cell)
                throws UnclearNumberException {
            withoutPercent(number, cell);
            var currency = number.currency() == null ? words(column).currency() : number.currency();
            if (currency == null) {
                leaveOut(column, cell, Sentence.of("importing.note.currency"));
                return;
            }
            account(column).prices.put(field.key().substring("price.".length()), new Price(number.value(), currency));
        }

        private HeaderWords words(ColumnMapping column) {
            return words.computeIfAbsent(column.column(), HeaderWords::of);
        }

        private Optional<String> webAddress(String cell) {
            var address = cell.contains("://") ? cell : "https://" + cell;
            try {
                var host = java.net.URI.create(address).getHost();
                return host != null && host.contains(".") ? Optional.of(address) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private void put(
                ColumnMapping column, ImportField field, String cell, Optional<String> value, String otherwise) {
            value.ifPresentOrElse(found -> creator.put(field.key(), found), () -> leaveOut(column, cell, otherwise));
        }

        private void leaveOut(ColumnMapping column, String cell, String reason) {
            notes.add(Translated.Note.leftOut(column.column(), shown(cell), reason));
        }

        Translated toCreator() {
            var resolved = accountsByPlatform();
            if (resolved.isEmpty() && problems.isEmpty()) {
                problems.add(
                        accounts.values().stream().anyMatch(account -> account.handle != null)
                                ? Sentence.of("importing.reject.noPlatform")
                                : Sentence.of("importing.reject.noHandle"));
            }
            if (!problems.isEmpty()) {
                return new Translated.Refused(Sentence.all(problems));
            }
            var list = creator.putArray("accounts");
            var rates = JSON.arrayNode();
            resolved.forEach((platform, account) -> {
                completeAudience(account);
                list.add(account.toJson(platform));
                account.prices.forEach((deliverable, price) -> {
                    var rate = rates.addObject().put("platform", platform.key()).put("deliverable", deliverable);
                    rate.putObject("price").put("amount", price.amount).put("currency", price.currency);
                });
            });
            if (!rates.isEmpty()) {
                creator.set("rates", rates);
            }
            if (!languages.isEmpty()) {
                var array = creator.putArray("languages");
                languages.forEach(array::add);
            }
            weighted("niches", "niche", nicheWeights);
            weighted("hashtags", "tag", hashtags);
            return new Translated.Creator(creator, notes);
        }

        private void weighted(String name, String key, Map<String, @Nullable Double> weights) {
            if (!weights.isEmpty()) {
                var array = creator.putArray(name);
                weights.forEach((word, weight) -> {
                    var item = array.addObject().put(key, word);
                    if (weight != null) {
                        item.put("weight", weight);
                    }
                });
            }
        }

        private Map<Platform, Account> accountsByPlatform() {
            var named = new EnumMap<Platform, Account>(Platform.class);
            accounts.forEach((platform, account) -> {
                if (platform != null && account.handle != null) {
                    named.put(platform, account);
                }
            });
            var own = accounts.get(null);
            if (own != null && own.handle != null) {
                var platform = own(named);
                if (platform == null) {
                    return named;
                }
                var other = named.get(platform);
                if (other == null) {
                    other = accounts.get(platform); // figures of the platform without a handle of their own
                }
                if (other != null) {
                    own.addMissing(other);
                }
                var all = new LinkedHashMap<Platform, Account>();
                all.put(platform, own);
                named.forEach(all::putIfAbsent);
                return all;
            }
            if (own != null && !named.isEmpty()) {
                var first = chosen != null && named.containsKey(chosen) ? chosen : firstNamed();
                named.getOrDefault(first, named.values().iterator().next()).addMissing(own);
            }
            return named;
        }

        private @Nullable Platform firstNamed() {
            for (var entry : accounts.entrySet()) {
                if (entry.getKey() != null && entry.getValue().handle != null) {
                    return entry.getKey();
                }
            }
            return null;
        }

        private @Nullable Platform own(Map<Platform, Account> named) {
            if (chosen != null) {
                return chosen;
            }
            if (ofColumn != null) {
                return ofColumn;
            }
            return ofAddress != null ? ofAddress : ofFileName;
        }
    }

    private record Price(BigDecimal amount, String currency) {}

    private record Top(ColumnMapping column, String cell, String country) {}

    private record TopShare(ColumnMapping column, String cell, BigDecimal share) {}

    private static final class Account {
        private @Nullable String handle;
        private final Map<String, Object> figures = new LinkedHashMap<>();
        private final Map<String, Price> prices = new LinkedHashMap<>();
        private final Map<AudienceColumn.Part, Map<String, BigDecimal>> audience =
                new EnumMap<>(AudienceColumn.Part.class);
        /** By number: countries of the audience without their shares, and the shares without the countries. */
        private final Map<String, Top> tops = new LinkedHashMap<>();

        private final Map<String, TopShare> topShares = new LinkedHashMap<>();
        private @Nullable BigDecimal engagements;
        private boolean mean;

        void audience(AudienceColumn.Part part, String key, BigDecimal share) {
            audience.computeIfAbsent(part, _ -> new LinkedHashMap<>()).putIfAbsent(key, share);
        }

        void addMissing(Account other) {
            other.figures.forEach(figures::putIfAbsent);
            other.prices.forEach(prices::putIfAbsent);
            other.audience.forEach(audience::putIfAbsent);
            other.tops.forEach(tops::putIfAbsent);
            other.topShares.forEach(topShares::putIfAbsent);
            if (engagements == null) {
                engagements = other.engagements;
                mean = other.mean;
            }
        }

        ObjectNode toJson(Platform platform) {
            var json = JSON.objectNode().put("platform", platform.key()).put("handle", handle);
            var reactions = engagements;
            if (reactions != null
                    && !figures.containsKey(ImportField.ENGAGEMENT_RATE.key())
                    && figures.get(ImportField.FOLLOWERS.key()) instanceof Long followers
                    && followers > 0) {
                // The definition of the rate by followers, see FIT: reactions per post divided by followers.
                figures.put(
                        ImportField.ENGAGEMENT_RATE.key(),
                        reactions.divide(BigDecimal.valueOf(followers), MathContext.DECIMAL64));
                json.put("engagementBasis", "followers");
                if (mean) {
                    json.put("engagementStatistic", "mean");
                }
            }
            figures.forEach((key, value) -> {
                switch (value) {
                    case Long whole -> json.put(key, whole);
                    case BigDecimal number -> json.put(key, number.doubleValue());
                    default -> json.put(key, value.toString());
                }
            });
            if (!audience.isEmpty()) {
                var shares = json.putObject("audience");
                audience.forEach((part, byKey) -> byKey.forEach((key, share) -> {
                    var group = key.indexOf('/');
                    var in = shares.withObject("/" + part.field() + (group < 0 ? "" : "/" + key.substring(0, group)));
                    in.put(key.substring(group + 1), share.doubleValue());
                }));
            }
            return json;
        }
    }
}
