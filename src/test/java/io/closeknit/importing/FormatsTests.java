package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Workbooks, archives, wrapped lists and headers that do not stand in the first line. */
class FormatsTests {
    @TempDir
    private Path folder;

    private final FileInspector inspector = new FileInspector(JsonMapper.shared());

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("file"), content);
    }

    private Path write(String content) throws IOException {
        return write(content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> records(Path file, FileInspection inspection) throws Exception {
        var texts = new ArrayList<String>();
        try (var records = FileInspector.open(file, inspection)) {
            for (var record = records.next(); record != null; record = records.next()) {
                assertThat(Wording.of(record.problem())).isEqualTo("null");
                texts.add(record.line() + ": " + record.text());
            }
        }
        return texts;
    }

    private static byte[] workbook() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "Tests", "1.0")) {
            var notes = workbook.newWorksheet("Notes");
            notes.value(0, 0, "Made by hand");
            notes.value(1, 0, "Ask Ana");
            var sheet = workbook.newWorksheet("Instagram");
            sheet.value(0, 0, "Our creators, November");
            var headers = List.of("Handle", "Followers", "ER", "Last post", "Price", "Notes");
            for (var i = 0; i < headers.size(); i++) {
                sheet.value(2, i, headers.get(i));
            }
            sheet.value(3, 0, "ana.trails");
            sheet.value(3, 1, 18_400);
            sheet.value(3, 2, 0.041);
            sheet.style(3, 2).format("0.0%").set();
            sheet.value(3, 3, LocalDate.of(2026, 11, 18));
            sheet.style(3, 3).format("dd.mm.yyyy").set();
            sheet.value(3, 4, 180);
            sheet.style(3, 4).format("#,##0.00 \"€\"").set();
            sheet.value(3, 5, "says \"hi\", often\nand loud");
            sheet.value(5, 0, "bo.cooks");
            sheet.value(5, 1, 8_400.5);
        }
        return out.toByteArray();
    }

    @Test
    void aWorkbookIsReadByTheSheetOfCreatorsAndAsItsFormatsSay() throws Exception {
        var file = write(workbook());
        var inspection = inspector.inspect(file);
        assertThat(inspection.format()).isEqualTo(FileFormat.XLSX);
        assertThat(inspection.sheet()).isEqualTo("Instagram");
        assertThat(inspection.sheets()).containsExactly("Notes", "Instagram");
        assertThat(inspection.titles()).isEqualTo(1);
        assertThat(inspection.headers()).containsExactly("Handle", "Followers", "ER", "Last post", "Price", "Notes");
        assertThat(records(file, inspection))
                .containsExactly(
                        "4: ana.trails,18400,4.1%,2026-11-18,180 EUR,\"says \"\"hi\"\", often\nand loud\"",
                        "6: bo.cooks,8400.5");
        assertThat(inspection.mapping().columns())
                .extracting(ColumnMapping::field)
                .containsExactly(
                        ImportField.HANDLE,
                        ImportField.FOLLOWERS,
                        ImportField.ENGAGEMENT_RATE,
                        ImportField.LAST_POST,
                        ImportField.PRICE_POST,
                        null);
        assertThat(inspection.mapping().columns().get(2).unit()).isEqualTo(Unit.PERCENT);
    }

    @Test
    void anotherSheetCanBeChosenAndOneThatIsNotThereIsRefused() throws Exception {
        var file = write(workbook());
        assertThat(inspector.inspect(file, "Notes").headers()).containsExactly("Made by hand");
        var refusal = assertThrows(UnreadableFileException.class, () -> inspector.inspect(file, "Elsewhere"));
        assertThat(Wording.of(refusal.sentence())).contains("no sheet “Elsewhere”");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "handle,followers|ana,5~1~handle,followers",
                "Creators of spring||handle,followers|ana,5|bo,6~2~handle,followers",
                "Report;;|made on 3 May;;|Username;Follower;Land|ana;1;HR|bo;2;SI~3~Username;Follower;Land",
                "Instagram,,,TikTok,|Handle,Followers,ER,Handle,Followers|ana,5,1,anna,6~2~Instagram Handle,Instagram Followers,Instagram ER,TikTok Handle,TikTok Followers",
                "handle,followers,ER,likes|,(count),(%),|ana,5,3.1,2~2~handle,followers (count),ER (%),likes",
                "S.no,Name,Youtuber,Country|1,T-Series,tseries,India~1~S.no,Name,Youtuber,Country",
                "name|ana|bo~1~name"
            })
    void theHeaderIsFound(String lines, int skipped, String header) throws Exception {
        var inspection = inspector.inspect(write(lines.replace('|', '\n')));
        // CSV readers pass over blank lines, so they are no records
        assertThat(inspection.skipped()).isEqualTo(skipped);
        assertThat(inspection.headers()).containsExactly(header.split("[,;]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"creators\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"total\": 2}~2",
                "{\"error\": false, \"data\": {\"meta\": [1, [2], {\"x\": []}], \"items\": [{\"a\": 1},^{\"a\": 2}]}, \"after\": [{\"no\": 1}]}~2",
                "{\"result\": {\"creators\": [{\"accounts\": {}}]}}~1",
                "[{\"a\": 1}]~1",
                "{\"name\": \"Ana\", \"accounts\": [{\"platform\": \"tiktok\"}]}~1",
                "{\"error\": false, \"profile\": {\"userId\": \"1\", \"profile\": {\"username\": \"ana\"}, \"hashtags\": [{\"tag\": \"x\"}]}}~1",
                "{\"a\": 1}^{\"a\": 2}^~2"
            })
    void aListIsFoundInWhatWrapsIt(String json, int count) throws Exception {
        var file = write(json.replace('^', '\n'));
        assertThat(records(file, inspector.inspect(file))).hasSize(count).allMatch(text -> text.contains("{\""));
    }

    // Archives

    private Unpacking unpacking(Unpacking.Limits limits) {
        return new Unpacking(new Uploads(folder.resolve("uploads")), limits);
    }

    private static final Unpacking.Limits ROOMY = new Unpacking.Limits(1 << 20, 1 << 20, 100, 5);

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private Unpacking.Unpacked unpack(byte[] content, String name, Unpacking.Limits limits) throws Exception {
        Files.createDirectories(folder.resolve("uploads"));
        Files.write(folder.resolve("uploads").resolve("sent"), content);
        return unpacking(limits).unpack("sent", name);
    }

    private long stored() throws IOException {
        try (var files = Files.list(folder.resolve("uploads"))) {
            return files.count();
        }
    }

    @Test
    void anArchiveBecomesItsFilesAndIsGone() throws Exception {
        var csv = "handle\nana\n".getBytes(StandardCharsets.UTF_8);
        var unpacked = unpack(
                zip(Map.of(
                        "lists/one.csv", csv,
                        "two.csv.gz", gzip(csv),
                        "book.xlsx", workbook(),
                        "__MACOSX/._one.csv", csv,
                        "README.txt", csv)),
                "all.zip",
                ROOMY);
        assertThat(unpacked.parts())
                .extracting(Unpacking.Part::name)
                .containsExactlyInAnyOrder("one.csv", "two.csv", "book.xlsx");
        assertThat(unpacked.refused()).isEmpty();
        assertThat(stored()).isEqualTo(3);
        for (var part : unpacked.parts()) {
            if (part.name().endsWith(".csv")) {
                assertThat(folder.resolve("uploads").resolve(part.stored())).hasBinaryContent(csv);
            }
        }
    }

    @Test
    void aBombCostsASentenceAndNoSpace() throws Exception {
        var zeros = new byte[4 << 20];
        for (var bomb : List.of(
                gzip(zeros),
                zip(Map.of("zeros.csv", zeros)),
                gzip(gzip(zeros)),
                zip(Map.of("a.zip", zip(Map.of("b", zeros)))))) {
            var refusal = assertThrows(UnreadableFileException.class, () -> unpack(bomb, "bomb", ROOMY));
            assertThat(Wording.of(refusal.sentence())).contains("far larger");
            assertThat(stored()).isEqualTo(1);
        }
        var ratio = new Unpacking.Limits(Long.MAX_VALUE, 1_000, 10, 5);
        assertThrows(UnreadableFileException.class, () -> unpack(gzip(zeros), "ratio.gz", ratio));
        var many = zip(Map.of("1", zeros, "2", zeros, "3", zeros, "4", zeros, "5", zeros, "6", zeros));
        assertThat(Wording.of(assertThrows(UnreadableFileException.class, () -> unpack(many, "many.zip", ROOMY))
                        .sentence()))
                .contains("holds 6 files; 5 are taken");
    }

    @Test
    void aDamagedArchiveIsSaid() throws Exception {
        var whole = gzip("handle\nana\n".getBytes(StandardCharsets.UTF_8));
        var cut = java.util.Arrays.copyOf(whole, whole.length - 9);
        var refusal = assertThrows(UnreadableFileException.class, () -> unpack(cut, "cut.gz", ROOMY));
        assertThat(Wording.of(refusal.sentence())).contains("damaged");
        assertThat(stored()).isEqualTo(1);
    }
}
