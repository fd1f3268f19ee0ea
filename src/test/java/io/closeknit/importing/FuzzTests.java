package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.niche.NicheTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every reader with files that somebody damaged: nothing comes out but records and sentences. The work is bounded by the
 * size of the file: no reader gives more records than there are bytes. {@code -Dcloseknit.fuzz=5000} tries more seeds.
 */
class FuzzTests {
    private static final NicheTree NO_NICHES = new NicheTree(1, List.of());
    private static final String CELLS = "0123456789.,;|\t\n\r\"'%KM€$#@=+- \u00e9\u0000\uFEFF{}[]:abcN/A";

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("closeknit.fuzz", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsSentBecomesRecordsOrASentence(long seed) throws Exception {
        var random = new Random(seed);
        var content = mutated(whole(random), random);
        Files.createDirectories(folder.resolve("uploads"));
        Files.write(folder.resolve("uploads").resolve("sent"), content);
        var uploads = new Uploads(folder.resolve("uploads"));
        try {
            var unpacked =
                    new Unpacking(uploads, new Unpacking.Limits(8 << 20, 1 << 20, 100, 20)).unpack("sent", "sent");
            for (var part : unpacked.parts()) {
                read(uploads.path(part.stored()));
            }
            unpacked.refused().forEach(refused -> assertSentence(refused.reason()));
        } catch (UnreadableFileException e) {
            assertSentence(e.sentence());
        }
    }

    private static void read(Path file) throws IOException {
        try {
            var inspection = new FileInspector(JsonMapper.shared()).inspect(file);
            var mapping = inspection.mapping();
            var translator = Translators.understanding(inspection, mapping, null, "instagram.csv", NO_NICHES);
            var most = 64 * Files.size(file) + 100; // a packed sheet has more rows than its file has bytes
            var count = 0L;
            try (var records = FileInspector.open(file, inspection, mapping)) {
                for (var record = records.next(); record != null; record = records.next()) {
                    assertThat(++count).isLessThan(most);
                    if (record.problem() != null) {
                        assertSentence(record.problem());
                    } else if (translator.translate(record) instanceof Translated.Refused(String reason)) {
                        assertSentence(reason);
                    }
                }
            }
            MappingView.of(inspection, mapping, NO_NICHES);
        } catch (UnreadableFileException e) {
            assertSentence(e.sentence());
        }
    }

    /** Worded, and no trace of a key or of a class. */
    private static void assertSentence(String sentence) {
        assertThat(Wording.of(sentence))
                .isNotBlank()
                .doesNotContain("importing.")
                .doesNotContain("Exception");
    }

    private static byte[] whole(Random random) throws IOException {
        return switch (random.nextInt(10)) {
            case 0 -> text(random).getBytes(StandardCharsets.UTF_8);
            case 1 -> text(random).getBytes(StandardCharsets.UTF_16LE);
            case 2 ->
                ("\uFEFFHandle;Followers;ER;Land\nana;1.234;3,4 %;Kroatien\n\"bo\nbo\";12,5K;1,9;Null\n" + text(random))
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE);
            case 3 ->
                ("user,date,likes,hashtags\n" + "ana,2026-05-01,5,ad|x\n".repeat(5) + text(random))
                        .getBytes(StandardCharsets.UTF_8);
            case 4 ->
                "{\"data\": {\"creators\": [{\"accounts\": {\"instagram\": {\"username\": \"a\", \"subscribers_count\": 5, \"er\": 3.4}}}]}}"
                        .getBytes(StandardCharsets.UTF_8);
            case 5 ->
                "[{\"profile\": {\"userId\": \"1\", \"profile\": {\"username\": \"ana\", \"followers\": 5}, \"audience\": {\"ages\": [{\"code\": \"18-24\", \"weight\": 0.5}]}}}]"
                        .getBytes(StandardCharsets.UTF_8);
            case 6 ->
                "{\"work_platform\": {\"name\": \"TikTok\"}, \"profile\": {\"platform_username\": \"a\", \"reputation_history\": [{\"month\": \"2026-05\", \"follower_count\": 5}]}}\n"
                        .repeat(3)
                        .getBytes(StandardCharsets.UTF_8);
            case 7 -> workbook(random);
            case 8 -> zip(workbook(random), text(random).getBytes(StandardCharsets.UTF_8));
            default -> gzip(text(random).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "handle,followers,ER,date,price\n" : "");
        for (var i = random.nextInt(400); i > 0; i--) {
            text.append(CELLS.charAt(random.nextInt(CELLS.length())));
        }
        return text.toString();
    }

    private static byte[] workbook(Random random) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "Tests", "1.0")) {
            var sheet = workbook.newWorksheet("Creators");
            sheet.value(0, 0, "handle");
            sheet.value(0, 1, "followers");
            for (var row = 1; row < 5; row++) {
                sheet.value(row, 0, text(random));
                sheet.value(row, 1, random.nextGaussian() * 1e6);
                sheet.style(row, 1)
                        .format(List.of("0.0%", "yyyy-mm-dd", "#,##0", "[$€-407]0.00")
                                .get(random.nextInt(4)))
                        .set();
            }
        }
        return out.toByteArray();
    }

    private static byte[] zip(byte[] first, byte[] second) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a/creators.xlsx"));
            zip.write(first);
            zip.putNextEntry(new ZipEntry("b.csv"));
            zip.write(second);
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

    /** Some bytes changed, doubled, dropped, or the end cut off; now and then nothing. */
    private static byte[] mutated(byte[] content, Random random) {
        var bytes = content.clone();
        var changes = random.nextInt(12);
        for (var i = 0; i < changes && bytes.length > 2; i++) {
            var at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) CELLS.charAt(random.nextInt(CELLS.length()));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                case 3 -> {
                    var to = Math.min(bytes.length, at + 1 + random.nextInt(20));
                    var shorter = new byte[bytes.length - (to - at)];
                    System.arraycopy(bytes, 0, shorter, 0, at);
                    System.arraycopy(bytes, to, shorter, at, bytes.length - to);
                    bytes = shorter;
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }
}
