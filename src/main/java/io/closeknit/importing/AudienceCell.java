package io.closeknit.importing;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Countries of an audience in one cell, each with its share: {@code United States (45.2%), India 10,5 %}. */
final class AudienceCell {
    private static final Pattern COUNTRY_AND_SHARE = Pattern.compile(
            "([\\p{L}\\x{1F1E6}-\\x{1F1FF}][\\p{L} .'’&\\x{1F1E6}-\\x{1F1FF}-]*?)\\s*[:=(–-]?\\s*(\\d{1,3}(?:[.,]\\d+)?)\\s*%\\s*\\)?");

    private AudienceCell() {}

    /** By country; empty where the cell names none with a share. */
    static Map<String, BigDecimal> shares(String cell) {
        var shares = new LinkedHashMap<String, BigDecimal>();
        var match = COUNTRY_AND_SHARE.matcher(cell);
        while (match.find()) {
            var share = new BigDecimal(match.group(2).replace(',', '.')).movePointLeft(2);
            CountryNames.find(match.group(1)).ifPresent(country -> shares.merge(country, share, BigDecimal::add));
        }
        return shares;
    }

    /** The one country that a cell without shares names. */
    static Optional<String> country(String cell) {
        return CountryNames.find(cell);
    }

    static @Nullable String shown(String cell) {
        var shares = shares(cell);
        return shares.isEmpty()
                ? country(cell).orElse(null)
                : shares.entrySet().stream()
                        .map(share -> share.getKey() + " "
                                + share.getValue()
                                        .movePointRight(2)
                                        .stripTrailingZeros()
                                        .toPlainString() + " %")
                        .collect(Collectors.joining(", "));
    }
}
