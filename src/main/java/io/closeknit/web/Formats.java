package io.closeknit.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Numbers, money and times as people read them, {@code @fmt} in templates. What is null reads 'unknown'. Where the figure
 * is rounded, {@code fragments/format} puts the exact one into the title.
 */
@Component("fmt")
public class Formats {
    /** Keeps a number and its unit on one line. */
    private static final char NBSP = '\u00a0';

    private static final String MINUS = "\u2212";

    private static final String[] MAGNITUDES = {"", "K", "M", "B"};

    private static final Map<Locale, NumberFormat> NUMBERS = new ConcurrentHashMap<>();
    private static final Map<Locale, NumberFormat> CURRENCIES = new ConcurrentHashMap<>();

    private final Clock clock;
    private final MessageSource messages;

    Formats(Clock clock, MessageSource messages) {
        this.clock = clock;
        this.messages = messages;
    }

    /** A count as it is said: 950, 12.4K, 124K, 1.2M. Three figures at most, one decimal at most. */
    public String count(@Nullable Number value) {
        if (value == null) {
            return unknown();
        }
        var scaled = decimal(value);
        var magnitude = 0;
        while (magnitude < MAGNITUDES.length - 1
                && rounded(scaled, magnitude).abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            scaled = scaled.movePointLeft(3);
            magnitude++;
        }
        return number(rounded(scaled, magnitude), 1) + MAGNITUDES[magnitude];
    }

    /** A count in full: 12,408. */
    public String exact(@Nullable Number value) {
        return value == null ? unknown() : number(decimal(value), 3);
    }

    /** A number with exactly so many decimals, as in a table of figures: {@code fixed(0.19, 3)} is 0.190, below 0 with '−'. */
    public String fixed(@Nullable Number value, int decimals) {
        if (value == null) {
            return unknown();
        }
        var format = numbers();
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        var rounded = decimal(value).setScale(decimals, RoundingMode.HALF_UP);
        return (rounded.signum() < 0 ? MINUS : "") + format.format(rounded.abs());
    }

    /** A number with so many decimals at most: {@code decimal(4.25, 1)} is 4.3. */
    public String decimal(@Nullable Number value, int decimals) {
        return value == null ? unknown() : number(decimal(value), decimals);
    }

    /** A fraction as a percentage: 0.038 is 3.8 %, 0.64 is 64 %, 0.0002 is &lt; 0.1 %. */
    public String percent(@Nullable Number fraction) {
        if (fraction == null) {
            return unknown();
        }
        var percent = decimal(fraction).movePointRight(2);
        if (percent.signum() != 0 && percent.abs().compareTo(new BigDecimal("0.05")) < 0) {
            return "<" + NBSP + number(new BigDecimal("0.1"), 1) + NBSP + "%";
        }
        var whole = percent.setScale(1, RoundingMode.HALF_UP).abs().compareTo(BigDecimal.TEN) >= 0;
        return number(percent, whole ? 0 : 1) + NBSP + "%";
    }

    /** A fraction as a percentage in full: 0.03814 is 3.814 %. */
    public String exactPercent(@Nullable Number fraction) {
        return fraction == null ? unknown() : number(decimal(fraction).movePointRight(2), 4) + NBSP + "%";
    }

    /** A change as a percentage with its sign: 0.035 is +3.5 %. */
    public String change(@Nullable Number fraction) {
        return (fraction != null && decimal(fraction).signum() > 0 ? "+" : "") + percent(fraction);
    }

    /** An amount of money: €180, €179.50. @param currency ISO 4217 */
    public String money(@Nullable Number amount, @Nullable String currency) {
        if (amount == null || currency == null) {
            return unknown();
        }
        var format = copy(CURRENCIES, NumberFormat::getCurrencyInstance);
        var unit = Currency.getInstance(currency);
        format.setCurrency(unit);
        format.setRoundingMode(RoundingMode.HALF_UP);
        var rounded = decimal(amount).setScale(Math.max(0, unit.getDefaultFractionDigits()), RoundingMode.HALF_UP);
        var digits = rounded.stripTrailingZeros().scale() <= 0 ? 0 : unit.getDefaultFractionDigits();
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(rounded);
    }

    /** '2 of 8'. */
    public String of(Number part, Number all) {
        return message("web.format.of", exact(part), exact(all));
    }

    /** How long ago: 'just now', '5 minutes ago', 'yesterday', '3 days ago', '4 months ago'; what lies ahead: 'in 3 days'. */
    public String ago(@Nullable Instant moment) {
        if (moment == null) {
            return unknown();
        }
        var between = Duration.between(moment, clock.instant());
        var past = !between.isNegative();
        var minutes = between.abs().toMinutes();
        if (minutes < 1) {
            return message("web.format.now");
        }
        var direction = past ? "past" : "ahead";
        if (minutes < 60) {
            return message("web.format." + direction + ".minutes", minutes);
        }
        if (minutes < 24 * 60) {
            return message("web.format." + direction + ".hours", minutes / 60);
        }
        return days(minutes / (24 * 60), direction);
    }

    /** How long ago a day was: 'today', 'yesterday', '3 days ago'. */
    public String ago(@Nullable LocalDate day) {
        if (day == null) {
            return unknown();
        }
        var days = ChronoUnit.DAYS.between(day, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
        return days == 0 ? message("web.format.today") : days(Math.abs(days), days > 0 ? "past" : "ahead");
    }

    /** 20 Nov 2026. */
    public String day(@Nullable LocalDate day) {
        return day == null
                ? unknown()
                : DateTimeFormatter.ofPattern("d MMM uuuu", locale()).format(day);
    }

    /** 20 Nov 2026, the day in UTC. */
    public String day(@Nullable Instant moment) {
        return moment == null ? unknown() : day(LocalDate.ofInstant(moment, ZoneOffset.UTC));
    }

    /** 20 Nov 2026, 09:00 UTC. */
    public String moment(@Nullable Instant moment) {
        return moment == null
                ? unknown()
                : DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", locale())
                        .withZone(ZoneOffset.UTC)
                        .format(moment);
    }

    /** This moment, for the foot of a printed page. */
    public String now() {
        return moment(clock.instant());
    }

    /** What stands where a figure is not known. */
    public String unknown() {
        return message("web.format.unknown");
    }

    private String days(long days, String direction) {
        if (days < 61) {
            return message("web.format." + direction + ".days", days);
        }
        return days < 730
                ? message("web.format." + direction + ".months", days * 12 / 365)
                : message("web.format." + direction + ".years", days / 365);
    }

    /** Tenths below a hundred of a magnitude, whole above; plain counts below a thousand are whole. */
    private static BigDecimal rounded(BigDecimal scaled, int magnitude) {
        var tenths = scaled.setScale(magnitude == 0 ? 0 : 1, RoundingMode.HALF_UP);
        return tenths.abs().compareTo(BigDecimal.valueOf(100)) >= 0 ? scaled.setScale(0, RoundingMode.HALF_UP) : tenths;
    }

    private static String number(BigDecimal value, int decimals) {
        var format = numbers();
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(0);
        format.setMaximumFractionDigits(decimals);
        // Rounded first: the format of a tiny negative number would be '-0'.
        return format.format(value.setScale(decimals, RoundingMode.HALF_UP));
    }

    private static NumberFormat numbers() {
        return copy(NUMBERS, NumberFormat::getNumberInstance);
    }

    /** One of one's own: they are not safe to share, but to copy one is a tenth of the work of making it. */
    private static NumberFormat copy(Map<Locale, NumberFormat> made, Function<Locale, NumberFormat> make) {
        return (NumberFormat) made.computeIfAbsent(locale(), make).clone();
    }

    private static BigDecimal decimal(Number value) {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    }

    private String message(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
