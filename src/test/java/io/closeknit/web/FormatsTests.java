package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

class FormatsTests {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Formats formats = new Formats(Clock.fixed(NOW, ZoneOffset.UTC), messages());

    static ResourceBundleMessageSource messages() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/web");
        messages.setDefaultEncoding("UTF-8");
        return messages;
    }

    @BeforeEach
    void english() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
    }

    @AfterEach
    void asBefore() {
        LocaleContextHolder.resetLocaleContext();
    }

    @ParameterizedTest
    @CsvSource({"0.19, 0.190", "-0.01, \u22120.010", "0, 0.000", "-0.0004, 0.000", "1234.5, '1,234.500'"})
    void figuresOfATableHaveEqualLengths(double figure, String shown) {
        assertThat(formats.fixed(figure, 3)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "950, 950",
        "999, 999",
        "1000, 1K",
        "1049, 1K",
        "1050, 1.1K",
        "12408, 12.4K",
        "99949, 99.9K",
        "99950, 100K",
        "123456, 123K",
        "999499, 999K",
        "999500, 1M",
        "1240000, 1.2M",
        "3100000000, 3.1B",
        "-12408, -12.4K"
    })
    void countsHaveThreeFiguresAtMost(long count, String shown) {
        assertThat(formats.count(count)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "0.0002, < 0.1 %",
        "0.0005, 0.1 %",
        "0.038, 3.8 %",
        "0.0994, 9.9 %",
        "0.0996, 10 %",
        "0.64, 64 %",
        "1, 100 %",
        "1.91, 191 %",
        "-0.021, -2.1 %"
    })
    void fractionsArePercentages(double fraction, String shown) {
        assertThat(formats.percent(fraction).replace('\u00a0', ' ').replace("< ", "< "))
                .isEqualTo(shown);
    }

    @Test
    void changesCarryTheirSign() {
        assertThat(formats.change(0.035)).startsWith("+3.5");
        assertThat(formats.change(-0.02)).startsWith("-2");
        assertThat(formats.change(0.0)).startsWith("0");
    }

    @ParameterizedTest
    @CsvSource({
        "180, EUR, €180",
        "180.00, EUR, €180",
        "179.50, EUR, €179.50",
        "179.999, EUR, €180",
        "5000, GBP, '£5,000'",
        "1200.5, JPY, '¥1,201'"
    })
    void wholeAmountsHaveNoCents(BigDecimal amount, String currency, String shown) {
        assertThat(formats.money(amount, currency)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:59:30Z, just now",
        "2026-11-23T11:59:00Z, a minute ago",
        "2026-11-23T11:15:00Z, 45 minutes ago",
        "2026-11-23T11:00:00Z, an hour ago",
        "2026-11-22T12:30:00Z, 23 hours ago",
        "2026-11-22T12:00:00Z, yesterday",
        "2026-11-20T09:00:00Z, 3 days ago",
        "2026-09-24T12:00:00Z, 60 days ago",
        "2026-07-23T12:00:00Z, 4 months ago",
        "2024-11-20T12:00:00Z, 2 years ago",
        "2026-11-26T12:00:00Z, in 3 days",
        "2026-11-24T12:00:00Z, tomorrow"
    })
    void momentsAreSaidAsPeopleSayThem(Instant moment, String shown) {
        assertThat(formats.ago(moment)).isEqualTo(shown);
    }

    @Test
    void daysAreCountedInDays() {
        assertThat(formats.ago(LocalDate.of(2026, 11, 23))).isEqualTo("today");
        assertThat(formats.ago(LocalDate.of(2026, 11, 22))).isEqualTo("yesterday");
        assertThat(formats.ago(LocalDate.of(2026, 11, 20))).isEqualTo("3 days ago");
        assertThat(formats.day(LocalDate.of(2026, 11, 2))).isEqualTo("2 Nov 2026");
        assertThat(formats.moment(NOW)).isEqualTo("23 Nov 2026, 12:00 UTC");
    }

    @Test
    void whatIsNotKnownSaysSo() {
        assertThat(formats.count(null)).isEqualTo("unknown");
        assertThat(formats.percent(null)).isEqualTo("unknown");
        assertThat(formats.money(null, "EUR")).isEqualTo("unknown");
        assertThat(formats.ago((Instant) null)).isEqualTo("unknown");
    }

    @Test
    void exactFiguresAreInFull() {
        assertThat(formats.exact(12_408)).isEqualTo("12,408");
        assertThat(formats.exactPercent(0.03814)).isEqualTo("3.814\u00a0%");
        assertThat(formats.of(2, 8)).isEqualTo("2 of 8");
    }
}
