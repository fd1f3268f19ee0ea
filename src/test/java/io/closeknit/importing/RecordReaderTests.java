package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordReaderTests {
    private static List<RawRecord> read(RecordReader reader) throws IOException {
        try (reader) {
            var records = new ArrayList<RawRecord>();
            for (var record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
            return records;
        }
    }

    private static List<RawRecord> csv(String text) throws IOException {
        return read(new CsvRecords(new StringReader(text), ','));
    }

    private static List<String> texts(List<RawRecord> records) {
        return records.stream().map(RawRecord::text).toList();
    }

    @Test
    void aRecordIsALineWhateverEndsIt() throws IOException {
        assertThat(csv("a,b\r\nc,d\re,f\n\n ,\ng,h"))
                .extracting(RawRecord::text)
                .containsExactly("a,b", "c,d", "e,f", "g,h");
        assertThat(csv("a,b\r\nc,d\re,f\n\n ,\ng,h"))
                .extracting(RawRecord::line)
                .containsExactly(1L, 2L, 3L, 6L);
    }

    @Test
    void aQuotedCellMayHoldLineBreaksDelimitersAndDoubledQuotes() throws IOException {
        var records = csv("a,b\n\"x\ny, \"\"z\"\"\",1\nc,d\n");
        assertThat(texts(records)).containsExactly("a,b", "\"x\ny, \"\"z\"\"\",1", "c,d");
        assertThat(CsvCells.of(records.get(1).text(), ',')).containsExactly("x\ny, \"z\"", "1");
        assertThat(records.get(2).line()).isEqualTo(4);
    }

    @Test
    void aQuoteThatIsNeverClosedCostsOneLine() throws IOException {
        var records = csv("name,n\nana,1\n\"bea,2\ncyd,3\ndan,4\n");
        assertThat(texts(records)).containsExactly("name,n", "ana,1", "\"bea,2", "cyd,3", "dan,4");
        assertThat(Wording.of(records.get(2).problem())).contains("line 3").contains("never closed");
        assertThat(records).filteredOn(record -> record.problem() == null).hasSize(4);
    }

    @Test
    void aQuoteThatALaterCellClosesByAccidentCostsOneLineToo() throws IOException {
        var records = csv("name,n\n\"ana,1\nbea,2\n\"cyd, d.\",3\ndan,4\n");
        assertThat(texts(records)).containsExactly("name,n", "\"ana,1", "bea,2", "\"cyd, d.\",3", "dan,4");
        assertThat(records)
                .filteredOn(record -> record.problem() != null)
                .singleElement()
                .extracting(RawRecord::line)
                .isEqualTo(2L);
    }

    @Test
    void fiftyMegabytesInOneFieldAreOneRejectInLittleMemory() throws IOException {
        for (var quote : List.of("", "\"")) {
            var text = new Repeated("a,b\n1," + quote, 'x', 50_000_000, quote + "\n2,z\n");
            var records = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(new CsvRecords(text, ',')));
            assertThat(records).hasSize(3);
            assertThat(Wording.of(records.get(1).problem())).contains("longer than 1,000,000 characters");
            assertThat(records.get(1).text()).hasSize(RawRecord.KEPT);
            assertThat(records.get(2).text()).isEqualTo("2,z");
        }
        var json = read(new JsonLineRecords(new Repeated("{\"name\":\"", 'x', 50_000_000, "\"}\n{}\n")));
        assertThat(json).hasSize(2);
        assertThat(Wording.of(json.getFirst().problem())).contains("longer than");
        var array = read(new JsonArrayRecords(new Repeated("[{\"name\":\"", 'x', 50_000_000, "\"},\n{}]")));
        assertThat(array).hasSize(2);
        assertThat(Wording.of(array.getFirst().problem())).contains("longer than");
    }

    @Test
    void jsonLinesAreCountedAsTheyStandInTheFile() throws IOException {
        var records = read(new JsonLineRecords(new StringReader("{\"a\":1}\n\n  \n{broken\r\n{\"b\":2}")));
        assertThat(records).extracting(RawRecord::line).containsExactly(1L, 4L, 5L);
    }

    @Test
    void anArrayIsCutAtItsObjects() throws IOException {
        var records = read(new JsonArrayRecords(
                new StringReader("[\n {\"a\": \"}{\\\"\"},\n 7,\n {\"b\": [1, {\"c\": 2}]}\n]\n")));
        assertThat(texts(records)).containsExactly("{\"a\": \"}{\\\"\"}", "7", "{\"b\": [1, {\"c\": 2}]}");
        assertThat(records).extracting(RawRecord::line).containsExactly(2L, 3L, 4L);
        assertThat(Wording.of(records.get(1).problem())).contains("an object");
    }

    @Test
    void anObjectThatDoesNotEndIsSaid() throws IOException {
        var records = read(new JsonArrayRecords(new StringReader("[{\"a\":1},{\"b\":2")));
        assertThat(records).hasSize(2);
        assertThat(Wording.of(records.get(1).problem())).contains("does not end");
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mutatedFilesNeitherCrashNorHangNorLoseTheirEnd(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder("handle,name,bio\n");
        for (var i = 0; i < 60; i++) {
            text.append("h").append(i).append(",\"Name, \"\"").append(i).append("\"\"\",\"two\nlines\"\n");
        }
        var alphabet = "\",\n\r;{}[]\\' a0\uFFFD😀";
        for (var i = 0; i < random.nextInt(1, 40); i++) {
            var at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
        }
        var file = text.toString();
        List<Function<Reader, RecordReader>> readers = List.of(
                in -> new CsvRecords(in, ','),
                in -> new CsvRecords(in, ';'),
                JsonLineRecords::new,
                JsonArrayRecords::new);
        for (var reader : readers) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
                var records = read(reader.apply(new StringReader(file)));
                assertThat(records).isEqualTo(read(reader.apply(new StringReader(file))));
                for (var record : records) {
                    CsvCells.of(record.text(), ',');
                    new JsonTranslator(null, null).translate(record);
                }
            });
        }
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            var lines = read(new CsvRecords(new StringReader(file), ','));
            assertThat(lines).extracting(RawRecord::line).isSorted().doesNotHaveDuplicates();
        });
    }

    /** A head, one character very often, a tail: without holding it in memory. */
    private static final class Repeated extends Reader {
        private final String head;
        private final char filler;
        private final long times;
        private final String tail;
        private long position;

        Repeated(String head, char filler, long times, String tail) {
            this.head = head;
            this.filler = filler;
            this.times = times;
            this.tail = tail;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            var total = head.length() + times + tail.length();
            if (position >= total) {
                return -1;
            }
            var count = (int) Math.min(length, total - position);
            for (var i = 0; i < count; i++, position++) {
                buffer[offset + i] = position < head.length()
                        ? head.charAt((int) position)
                        : position < head.length() + times
                                ? filler
                                : tail.charAt((int) (position - head.length() - times));
            }
            return count;
        }

        @Override
        public void close() {}
    }
}
