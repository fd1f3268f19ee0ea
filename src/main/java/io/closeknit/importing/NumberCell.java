package io.closeknit.importing;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as people write it: {@code 12.5K}, {@code 1 234}, {@code 1.234.567}, {@code 3,4 %}, {@code €180}.
 *
 * @param value the number; where {@code percent} is set it still has to be divided by 100
 * @param percent a percent sign follows
 * @param abbreviated it ends in K, M or the like, so it is rounded
 * @param currency ISO 4217, null where none is given
 */
record NumberCell(
        BigDecimal value,
        boolean percent,
        boolean abbreviated,
        @Nullable String currency) {

    /** What separates the decimals in a column. */
    enum DecimalMark {
        POINT,
        COMMA,
        /** The column does not show it. */
        UNCLEAR
    }

    /** What one cell says about the decimal mark of its column. */
    enum Evidence {
        NONE,
        POINT,
        COMMA,
        /** {@code 1.234}: thousands in German, decimals in English. */
        EITHER_POINT,
        /** {@code 1,234}: thousands in English, decimals in German. */
        EITHER_COMMA,
        /** A number of four digits or more without any separator. */
        PLAIN_LONG,
        NO_NUMBER
    }

    /** Why a cell is no number that can be relied on. */
    static final class UnclearNumberException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final String cell;
        private final String other;

        /** @param key of a message about a column {0}, its cell {1} and, where there is one, another reading {2} */
        UnclearNumberException(String key, String cell, String other) {
            super(key + ": " + cell);
            this.key = key;
            this.cell = cell.length() > 60 ? cell.substring(0, 60) + "…" : cell;
            this.other = other;
        }

        UnclearNumberException(String key, String cell) {
            this(key, cell, "");
        }

        /** For the person who sent the file. */
        String sentence(String column) {
            return Sentence.of(key, column, cell, other);
        }
    }

    private static final Set<String> MISSING = Set.of(
            "",
            "-",
            "--",
            "–",
            "—",
            "?",
            ".",
            "/",
            "n/a",
            "na",
            "n.a.",
            "n.a",
            "#n/a",
            "#na",
            "#nv",
            "null",
            "(null)",
            "none",
            "nil",
            "nan",
            "undefined",
            "unknown",
            "unbekannt",
            "not available",
            "k.a.",
            "k. a.",
            "keine angabe",
            "\\n",
            "#valor!",
            "#wert!",
            "#value!",
            "#valeur!",
            "#valore!",
            "#waarde!",
            "#div/0!",
            "#dividieren/0!",
            "#ref!",
            "#bezug!",
            "#name?",
            "#num!",
            "#zahl!",
            "#null!",
            "#nombre?",
            "#error!",
            "#spill!",
            "s/d",
            "n/d",
            "nd",
            "(blank)",
            "(empty)",
            "#num",
            "#value",
            "#ref",
            "#n/v",
            "#n/d",
            "#nb",
            "#числo!",
            "#valor",
            "#getting_data",
            "#calc!",
            "#überlauf!",
            "#nombre!",
            "#numero!",
            "#número!",
            "#¡valor!",
            "#¡div/0!",
            "#¿nombre?",
            "#¡ref!",
            "#¡num!",
            "#nome?",
            "#rif!",
            "#n/disp",
            "none listed",
            "no data",
            "hidden",
            "tbd",
            "tba",
            "…",
            "...",
            "<na>",
            "<null>",
            "n\\a",
            "not found",
            "---",
            "----",
            "keine",
            "sin datos",
            "non disponible",
            "nepoznato");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("k", BigDecimal.valueOf(1_000)),
            Map.entry("tsd", BigDecimal.valueOf(1_000)),
            Map.entry("tys", BigDecimal.valueOf(1_000)),
            Map.entry("thousand", BigDecimal.valueOf(1_000)),
            Map.entry("m", BigDecimal.valueOf(1_000_000)),
            Map.entry("mn", BigDecimal.valueOf(1_000_000)),
            Map.entry("mio", BigDecimal.valueOf(1_000_000)),
            Map.entry("mill", BigDecimal.valueOf(1_000_000)),
            Map.entry("million", BigDecimal.valueOf(1_000_000)),
            Map.entry("millionen", BigDecimal.valueOf(1_000_000)),
            Map.entry("b", BigDecimal.valueOf(1_000_000_000)),
            Map.entry("bn", BigDecimal.valueOf(1_000_000_000)),
            Map.entry("mrd", BigDecimal.valueOf(1_000_000_000)),
            Map.entry("billion", BigDecimal.valueOf(1_000_000_000)),
            Map.entry("mln", BigDecimal.valueOf(1_000_000)),
            Map.entry("mlj", BigDecimal.valueOf(1_000_000)),
            Map.entry("тыс", BigDecimal.valueOf(1_000)),
            Map.entry("млн", BigDecimal.valueOf(1_000_000)),
            Map.entry("lakh", BigDecimal.valueOf(100_000)),
            Map.entry("lac", BigDecimal.valueOf(100_000)),
            Map.entry("cr", BigDecimal.valueOf(10_000_000)),
            Map.entry("crore", BigDecimal.valueOf(10_000_000)),
            Map.entry("万", BigDecimal.valueOf(10_000)),
            Map.entry("만", BigDecimal.valueOf(10_000)),
            Map.entry("億", BigDecimal.valueOf(100_000_000)),
            Map.entry("亿", BigDecimal.valueOf(100_000_000)),
            Map.entry("억", BigDecimal.valueOf(100_000_000)));
    private static final Map<String, String> CURRENCIES =
            Map.of("€", "EUR", "$", "USD", "£", "GBP", "us$", "USD", "zł", "PLN");
    private static final Set<String> CURRENCY_CODES = Set.of(
            "eur", "usd", "gbp", "chf", "pln", "sek", "nok", "dkk", "czk", "huf", "ron", "brl", "inr", "jpy", "cad",
            "aud", "try");
    private static final Pattern APPROXIMATELY = Pattern.compile("^(?:~|≈|ca\\.?\\s|approx\\.?\\s|about\\s|>\\s?)\\s*");
    /** What is counted, named behind the number: '12.5K followers'. */
    private static final Pattern COUNTED = Pattern.compile(
            "(?i)(?<=[\\d.kmb])\\s+(followers?|subscribers?|subs|fans|likes?|views?|posts?|videos?|comments?|abonnenten|seguidores|abonnés|iscritti|plays)$");

    private static final Pattern GROUPS_BY_SPACE = Pattern.compile("\\d{1,3}(?:[ '’]\\d{3})+(?:[.,]\\d+)?");
    private static final Pattern DIGITS =
            Pattern.compile("\\d*[.,]?\\d+|\\d+[.,]|\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d+(?:[.,]\\d+)?[eE][+-]?\\d{1,2}");

    /** Whether a cell says that there is nothing: blank, N/A, Null, a dash or an error of a spreadsheet. */
    static boolean isMissing(String cell) {
        var text = cell.strip();
        if (text.length() > 20) {
            return false;
        }
        var word = text.toLowerCase(Locale.ROOT);
        return MISSING.contains(word) || (word.endsWith("'") && MISSING.contains(word.substring(0, word.length() - 1)));
    }

    /** What the cell says about how its column is written. */
    static Evidence evidence(String cell) {
        var text = cell.strip();
        if (text.isEmpty() || text.length() > 40 || text.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return Evidence.NO_NUMBER;
        }
        try {
            return shape(Parts.of(text)).evidence;
        } catch (UnclearNumberException e) {
            return Evidence.NO_NUMBER;
        }
    }

    /**
     * Reads a cell that is not missing.
     *
     * @param mark of the column
     * @param kind tells what {@code 1.234} may be where the column does not show it: a rate has no thousands, a count no
     *     decimals
     * @throws UnclearNumberException with a reason that begins with the cell
     */
    static NumberCell parse(String cell, DecimalMark mark, ImportField.Kind kind) throws UnclearNumberException {
        var parts = Parts.of(cell.strip());
        var shape = shape(parts);
        var digits = switch (shape.evidence) {
            case EITHER_POINT, EITHER_COMMA -> {
                var separator = shape.evidence == Evidence.EITHER_POINT ? DecimalMark.POINT : DecimalMark.COMMA;
                if (kind == ImportField.Kind.SHARE || mark == separator) {
                    yield parts.digits.replace(',', '.');
                }
                if (mark == DecimalMark.UNCLEAR && separator == DecimalMark.POINT) {
                    throw new UnclearNumberException(
                            "importing.reject.decimal", cell.strip(), parts.digits.replace(".", ""));
                }
                yield parts.digits.replace(".", "").replace(",", "");
            }
            default -> shape.digits;
        };
        var value = new BigDecimal(digits);
        if (parts.factor != null) {
            value = value.multiply(parts.factor);
        }
        return new NumberCell(
                parts.negative ? value.negate() : value, parts.percent, parts.factor != null, parts.currency);
    }

    private record Shape(String digits, Evidence evidence) {}

    private static Shape shape(Parts parts) {
        var digits = parts.digits;
        var points = digits.chars().filter(c -> c == '.').count();
        var commas = digits.chars().filter(c -> c == ',').count();
        if (parts.scientific) {
            return new Shape(digits.replace(',', '.'), Evidence.NONE);
        }
        if (points == 0 && commas == 0) {
            return new Shape(digits, digits.length() > 3 && !parts.grouped ? Evidence.PLAIN_LONG : Evidence.NONE);
        }
        if (points > 0 && commas > 0) {
            return digits.lastIndexOf('.') > digits.lastIndexOf(',')
                    ? new Shape(digits.replace(",", ""), Evidence.POINT)
                    : new Shape(digits.replace(".", "").replace(',', '.'), Evidence.COMMA);
        }
        if (points > 1) {
            return new Shape(digits.replace(".", ""), Evidence.COMMA);
        }
        if (commas > 1) {
            return new Shape(digits.replace(",", ""), Evidence.POINT);
        }
        var at = Math.max(digits.indexOf('.'), digits.indexOf(','));
        var decimals = digits.length() - at - 1;
        var thousandsPossible = decimals == 3 && at >= 1 && at <= 3 && digits.charAt(0) != '0' && !parts.grouped;
        if (thousandsPossible) {
            return new Shape(digits, points > 0 ? Evidence.EITHER_POINT : Evidence.EITHER_COMMA);
        }
        return new Shape(plain(digits.replace(',', '.')), points > 0 ? Evidence.POINT : Evidence.COMMA);
    }

    private static String plain(String digits) {
        return digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits;
    }

    /** A cell taken apart: sign, currency, digits with separators, factor, percent sign. */
    private record Parts(
            String digits,
            boolean negative,
            boolean percent,
            boolean grouped,
            boolean scientific,
            @Nullable BigDecimal factor,
            @Nullable String currency) {

        static Parts of(String cell) throws UnclearNumberException {
            var text = cell.replace('\u00A0', ' ')
                    .replace('\u202F', ' ')
                    .replace('\u2009', ' ')
                    .replace('−', '-')
                    .strip();
            text = COUNTED.matcher(APPROXIMATELY.matcher(text).replaceFirst(""))
                    .replaceFirst("")
                    .strip();
            var approximate = text.length() > 1 && text.endsWith("+");
            if (approximate) {
                text = text.substring(0, text.length() - 1).strip();
            }
            var percent = text.endsWith("%") || text.endsWith("٪") || text.endsWith("％");
            if (percent) {
                text = text.substring(0, text.length() - 1).strip();
            }
            var negative = text.startsWith("-");
            if (negative || text.startsWith("+")) {
                text = text.substring(1).strip();
            }
            String currency = null;
            var lower = text.toLowerCase(Locale.ROOT);
            for (var sign : new String[] {"us$", "€", "$", "£", "zł"}) {
                if (lower.startsWith(sign) || lower.endsWith(sign)) {
                    currency = CURRENCIES.get(sign);
                    text = (lower.startsWith(sign)
                                    ? text.substring(sign.length())
                                    : text.substring(0, text.length() - sign.length()))
                            .strip();
                    break;
                }
            }
            if (currency == null && text.length() > 3) {
                var first = text.substring(0, 3).toLowerCase(Locale.ROOT);
                var last = text.substring(text.length() - 3).toLowerCase(Locale.ROOT);
                if (CURRENCY_CODES.contains(first)) {
                    currency = first.toUpperCase(Locale.ROOT);
                    text = text.substring(3).strip();
                } else if (CURRENCY_CODES.contains(last)) {
                    currency = last.toUpperCase(Locale.ROOT);
                    text = text.substring(0, text.length() - 3).strip();
                }
            }
            var scientific = SCIENTIFIC.matcher(text).matches();
            BigDecimal factor = null;
            if (!scientific) {
                var end = text.length();
                if (end > 0 && text.charAt(end - 1) == '.') {
                    end--; // 'Mio.'
                }
                var start = end;
                while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
                    start--;
                }
                if (start < end) {
                    factor = SUFFIXES.get(text.substring(start, end).toLowerCase(Locale.ROOT));
                    if (factor == null) {
                        throw noNumber(cell);
                    }
                    text = text.substring(0, start).strip();
                }
            }
            var grouped = GROUPS_BY_SPACE.matcher(text).matches();
            if (grouped) {
                text = text.replace(" ", "").replace("'", "").replace("’", "");
            }
            if (!scientific && !DIGITS.matcher(text).matches()) {
                throw noNumber(cell);
            }
            if (text.length() > 30) {
                throw noNumber(cell);
            }
            return new Parts(text, negative, percent, grouped, scientific, factor, currency);
        }

        private static UnclearNumberException noNumber(String cell) {
            return new UnclearNumberException("importing.reject.noNumber", cell);
        }
    }
}
