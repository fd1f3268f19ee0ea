package io.closeknit.importing;

import io.closeknit.importing.NumberCell.UnclearNumberException;
import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What one cell is read as, to show beside it.
 *
 * @param text what goes in; null where nothing does
 * @param problem why it is not read; null where it is
 */
record CellReading(@Nullable String text, @Nullable String problem) {
    /** @param cell that says something */
    static CellReading of(ColumnMapping column, String cell, NicheWords niches) {
        var field = column.field();
        var text = cell.strip();
        if (field == null) {
            return new CellReading(null, null);
        }
        return switch (field.kind()) {
            case COUNT, AMOUNT, MONEY, SHARE -> number(column, field, text);
            case HANDLE ->
                read(ProfileAddress.parse(text).map(ProfileAddress::handle).orElse(text.replaceFirst("^@+", "")));
            case URL ->
                read(ProfileAddress.parse(text)
                        .map(address -> address.platform().key() + " · " + address.handle())
                        .orElse(null));
            case PLATFORM ->
                read(HeaderWords.platformOfWord(text)
                        .map(platform -> platform.key())
                        .orElse(null));
            case KIND -> read(CreatorKinds.find(text).orElse(null));
            case COUNTRY -> read(CountryNames.find(text).orElse(null));
            case LOCATION -> {
                var comma = text.lastIndexOf(',');
                var country = UsStates.country(text)
                        .or(() -> CountryNames.find(text.substring(comma + 1)))
                        .orElse(null);
                yield read(
                        country == null
                                ? null
                                : comma > 0
                                        ? text.substring(0, text.indexOf(',')).strip() + ", " + country
                                        : country);
            }
            case LANGUAGES -> {
                var found = new ArrayList<String>();
                for (var part : text.split("[,;/|]")) {
                    LanguageNames.find(part).ifPresent(found::add);
                }
                yield read(found.isEmpty() ? null : String.join(", ", found));
            }
            case NICHES -> {
                var found = new ArrayList<String>();
                for (var word : niches.words(text)) {
                    var meaning = niches.meaning(word.word());
                    if (meaning.isNiche()) {
                        found.add(word.weight() == null ? meaning.target() : meaning.target() + " " + word.weight());
                    } else if (meaning.target().equals(NicheWords.HASHTAG)) {
                        found.add("#" + word.word().replace(" ", ""));
                    }
                }
                yield new CellReading(found.isEmpty() ? null : String.join(", ", found), null);
            }
            case DATE ->
                read(DateCell.parse(text, column.unit())
                        .map(moment -> moment.toString().replace("T00:00:00Z", ""))
                        .orElse(null));
            case AUDIENCE -> read(AudienceCell.shown(text));
            case TEXT, EMAIL, WEB, HASHTAGS -> read(text);
        };
    }

    private static CellReading number(ColumnMapping column, ImportField field, String text) {
        try {
            var number = NumberCell.parse(text, column.decimal(), field.kind());
            if (field.kind() == ImportField.Kind.SHARE) {
                if (number.percent() || column.unit() == Unit.PERCENT) {
                    return read(plain(number.value()) + " %");
                }
                return column.unit() == Unit.FRACTION
                        ? read(plain(number.value().movePointRight(2)) + " %")
                        : new CellReading(null, "unit");
            }
            var currency =
                    number.currency() == null ? HeaderWords.of(column.column()).currency() : number.currency();
            if (field.kind() == ImportField.Kind.MONEY) {
                return currency == null
                        ? new CellReading(null, "currency")
                        : read(plain(number.value()) + " " + currency);
            }
            return read(plain(number.value()));
        } catch (UnclearNumberException e) {
            return new CellReading(null, "number");
        }
    }

    private static CellReading read(@Nullable String text) {
        return text == null ? new CellReading(null, "unread") : new CellReading(text, null);
    }

    /** Digits in groups of three. */
    private static String plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return "%,.4f".formatted(stripped).replaceAll("\\.?0+$", "");
    }
}
