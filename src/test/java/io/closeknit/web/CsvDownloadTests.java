package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;

class CsvDownloadTests {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "|calc", "%0A"})
    void whatASpreadsheetWouldCalculateIsText(String cell) {
        assertThat(CsvDownload.harmless(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ana", "-3.5", "+12", "-1,5", "12 = 12", "ana@example.com"})
    void allElseStaysAsItIs(String cell) {
        assertThat(CsvDownload.harmless(cell)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Autumn trail shoe|Autumn-trail-shoe.csv",
                "Žuti brief \"2026\"|Zuti-brief-2026.csv",
                "../../etc/passwd|etc-passwd.csv",
                "a;filename=evil.exe|a-filename-evil.exe.csv",
                "日本|closeknit.csv",
            })
    void aFileNameHarmsNobody(String name, String file) {
        assertThat(CsvDownload.fileName(name, "csv")).isEqualTo(file);
    }

    @Test
    void aFileNameHoldsNoLineBreak() {
        assertThat(CsvDownload.fileName("a\r\nSet-Cookie: x=1", "csv")).isEqualTo("a-Set-Cookie-x-1.csv");
    }

    @Test
    void linesAreQuotedWhereTheyMust() throws Exception {
        var response = new MockHttpServletResponse();
        try (var file = CsvDownload.begin(response, "x")) {
            file.row("a,b", null, -3, "=x", "two\nlines");
        }
        assertThat(response.getContentAsString()).isEqualTo("\uFEFF\"a,b\",,-3,'=x,\"two\nlines\"\r\n");
    }
}
