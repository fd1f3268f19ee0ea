package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.importing.ImportField.Kind;
import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.importing.NumberCell.Evidence;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCellTests {
    @ParameterizedTest(name = "''{0}'' as {1} in a column of {2} is {3}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "0           | COUNT  | UNCLEAR | 0",
                "18400       | COUNT  | UNCLEAR | 18400",
                "12.5K       | COUNT  | UNCLEAR | 12500",
                "12,5K       | COUNT  | UNCLEAR | 12500",
                "1.2M        | COUNT  | UNCLEAR | 1200000",
                "1.2 m       | COUNT  | UNCLEAR | 1200000",
                "13.8M       | COUNT  | POINT   | 13800000",
                "1,2 Mio.    | COUNT  | UNCLEAR | 1200000",
                "1.5 Tsd.    | COUNT  | UNCLEAR | 1500",
                "1.1B        | COUNT  | UNCLEAR | 1100000000",
                "1 234       | COUNT  | UNCLEAR | 1234",
                "1 234 567   | COUNT  | UNCLEAR | 1234567",
                "1,234       | COUNT  | UNCLEAR | 1234",
                "1,234,567   | COUNT  | UNCLEAR | 1234567",
                "1.234       | COUNT  | COMMA   | 1234",
                "1.234.567   | COUNT  | UNCLEAR | 1234567",
                "1.234,5     | AMOUNT | UNCLEAR | 1234.5",
                "1,234.5     | AMOUNT | UNCLEAR | 1234.5",
                "1’234’567   | COUNT  | UNCLEAR | 1234567",
                "477900000.00| COUNT  | POINT   | 477900000.00",
                "1.38E+07    | COUNT  | UNCLEAR | 13800000",
                "+5          | COUNT  | UNCLEAR | 5",
                "-5          | COUNT  | UNCLEAR | -5",
                "−5          | COUNT  | UNCLEAR | -5",
                "0.034       | SHARE  | UNCLEAR | 0.034",
                "0,034       | SHARE  | UNCLEAR | 0.034",
                ".034        | SHARE  | UNCLEAR | .034",
                "3.           | SHARE  | UNCLEAR | 3",
                "1.913955    | SHARE  | UNCLEAR | 1.913955",
                "1.234       | SHARE  | UNCLEAR | 1.234",
                "1,234       | SHARE  | UNCLEAR | 1.234",
                "23400.9     | AMOUNT | POINT   | 23400.9",
                "1.234       | AMOUNT | POINT   | 1.234",
                "€180        | MONEY  | UNCLEAR | 180",
                "180 EUR     | MONEY  | UNCLEAR | 180",
                "US$1,200    | MONEY  | UNCLEAR | 1200",
                "1.200,50 €  | MONEY  | UNCLEAR | 1200.50",
            })
    void readsNumbersAsPeopleWriteThem(String cell, Kind kind, DecimalMark mark, BigDecimal expected) throws Exception {
        assertThat(NumberCell.parse(cell, mark, kind).value()).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3.4 %|3.4", "3,4 %|3.4", "3.4%|3.4", "3.4\u00a0%|3.4", "12%|12", "-1.5 %|-1.5", "1,234 %|1.234"})
    void aPercentSignSaysThatItIsAPercentage(String cell, BigDecimal expected) throws Exception {
        var number = NumberCell.parse(cell, DecimalMark.UNCLEAR, Kind.SHARE);
        assertThat(number.percent()).isTrue();
        assertThat(number.value()).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "12abc",
                "1.2.3",
                "12 34",
                "1,23,456",
                "--5",
                "5-",
                "1/2",
                "12:30",
                "K",
                "3.4 % p.a.",
                "0x1F",
                "١٢"
            })
    void whatIsNoNumberIsSaid(String cell) {
        assertThat(refusal(cell)).isEqualTo("Followers: '" + cell + "' is not a number. Write it as 18400 or 18.4K.");
    }

    @Test
    void aPointThatCanBeEitherIsNotGuessed() {
        assertThat(refusal("1.234")).contains("can mean 1234 or 1.234");
    }

    private static String refusal(String cell) {
        return Wording.of(org.junit.jupiter.api.Assertions.assertThrows(
                        NumberCell.UnclearNumberException.class,
                        () -> NumberCell.parse(cell, DecimalMark.UNCLEAR, Kind.COUNT))
                .sentence("Followers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-", "–", "—", "N/A", "n/a", "NA", "N/A'", "Null", "NULL", "none", "#VALOR!", "#DIV/0!",
                "#N/A", "#NAME?", "#WERT!", "NaN", "k.A."
            })
    void whatSaysNothingIsMissing(String cell) {
        assertThat(NumberCell.isMissing(cell)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "nan.cooks", "na na", "nullpointer", "#fashion", "-1"})
    void whatSaysSomethingIsNotMissing(String cell) {
        assertThat(NumberCell.isMissing(cell)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5|POINT", "1,5|COMMA", "1.234|EITHER_POINT", "1,234|EITHER_COMMA", "0.034|POINT", "1.234.567|COMMA",
                        "1,234,567|POINT",
                "1234|PLAIN_LONG", "123|NONE", "1 234|NONE", "1234.567|POINT", "3,4 %|COMMA", "abc|NO_NUMBER",
                        "1.2M|POINT"
            })
    void everyCellSaysSomethingAboutItsColumn(String cell, Evidence expected) {
        assertThat(NumberCell.evidence(cell)).isEqualTo(expected);
    }

    @Test
    void aLongCellIsNoNumberAndTakesNoTime() {
        assertThatThrownBy(() -> NumberCell.parse("1.".repeat(100_000), DecimalMark.UNCLEAR, Kind.COUNT))
                .isInstanceOf(NumberCell.UnclearNumberException.class);
    }
}
