package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import io.closeknit.web.FieldProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class FileInspectorTests {
    private static final NicheTree TREE = new NicheTree(
            1,
            List.of(
                    niche(1, "fashion", List.of("mode", "style")),
                    niche(2, "trail-running", List.of("trail")),
                    niche(3, "food-drink", List.of("food", "cooking"))));

    @TempDir
    private Path folder;

    private final FileInspector inspector = new FileInspector(JsonMapper.shared());

    private static Niche niche(int id, String slug, List<String> aliases) {
        return new Niche(id, slug, slug, null, null, null, aliases, List.of(), List.of(), 0);
    }

    private FileInspection inspect(byte[] content) throws Exception {
        var file = folder.resolve("file");
        Files.write(file, content);
        return inspector.inspect(file);
    }

    private FileInspection inspect(String content) throws Exception {
        return inspect(content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text, String charset, int... mark) {
        var out = new ByteArrayOutputStream();
        for (var b : mark) {
            out.write(b);
        }
        out.writeBytes(text.getBytes(Charset.forName(charset)));
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,,UTF-8,false",
        "UTF-8,239 187 191,UTF-8,false",
        "UTF-16LE,255 254,UTF-16LE,false",
        "UTF-16BE,254 255,UTF-16BE,false",
        "UTF-16LE,,UTF-16LE,true",
        "windows-1252,,windows-1252,true"
    })
    void findsTheEncoding(String written, String mark, String found, boolean guessed) throws Exception {
        var marks = mark == null
                ? new int[0]
                : java.util.Arrays.stream(mark.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        var file = inspect(bytes(
                "handle;name\nzoe;Zoë Šimić\nana;Ana – Trails\n"
                        .replace(written.startsWith("win") ? "Šimić" : "\0", "Müller"),
                written,
                marks));
        assertThat(file.encoding().charset()).isEqualTo(found);
        assertThat(file.encoding().guessed()).isEqualTo(guessed);
        assertThat(file.delimiter()).isEqualTo(';');
        assertThat(file.columns().get(1).cells().getFirst()).startsWith("Zoë ");
        assertThat(file.headers()).containsExactly("handle", "name");
    }

    @Test
    void aBrokenLetterOfAUtf8FileDoesNotSpoilTheOthers() throws Exception {
        var content = bytes("handle,name\n" + "ana,Šárka Ćosić Žižek\n".repeat(20) + "bo,", "UTF-8");
        var broken = new ByteArrayOutputStream();
        broken.writeBytes(content);
        broken.write(0xE9);
        broken.write('\n');
        var file = inspect(broken.toByteArray());
        assertThat(file.encoding().charset()).isEqualTo("UTF-8");
        assertThat(file.encoding().unreadable()).isEqualTo(1);
        assertThat(file.columns().get(1).cells().getFirst()).isEqualTo("Šárka Ćosić Žižek");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "handle,name,followers|ana,Ana,1~,",
                "handle;name;followers|ana;\"A; B, C\";1,5~;",
                "handle\tname\tfollowers|ana\tAna, B\t1~\t",
                "handle/name/followers|ana/Ana/1~/",
                "sep=;|handle;name,x|ana;Ana,1~;",
                "handle|ana|bo~,",
                "\"a,b\";handle|\"1,2\";ana~;"
            })
    void findsTheDelimiter(String lines, String delimiter) throws Exception {
        // '|' stands for a line break, '/' for a bar
        var file = inspect(lines.replace('|', '\n').replace('/', '|'));
        assertThat(file.delimiter())
                .isEqualTo(
                        (delimiter == null ? "\t" : delimiter).replace('/', '|').charAt(0));
    }

    @Test
    void whatIsNoTextIsRefusedWithASentence() {
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}))
                .contains("picture");
        assertThat(refusal(new byte[] {'P', 'K', 3, 4, 0, 0})).contains("workbook is damaged");
        assertThat(refusal(new byte[] {0x1f, (byte) 0x8b, 8})).contains("archive is damaged");
        assertThat(refusal("%PDF-1.7")).contains("PDF");
        var noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        assertThat(refusal(noise)).contains("not a text file");
        assertThat(refusal("")).contains("empty");
        assertThat(refusal(" \n\n  ")).contains("empty");
        assertThat(refusal("handle,followers\n")).contains("no rows").contains("handle, followers");
        assertThat(refusal("[]")).contains("list is empty");
    }

    private String refusal(String content) {
        return refusal(content.getBytes(StandardCharsets.UTF_8));
    }

    private String refusal(byte[] content) {
        return Wording.of(
                org.junit.jupiter.api.Assertions.assertThrows(UnreadableFileException.class, () -> inspect(content))
                        .sentence());
    }

    @Test
    void aFileWithoutHandlesIsSaidWithTheColumnsThatItHas() throws Exception {
        var file = inspect("Rank,Name,Followers\n1,Ana Horvat,5\n2,Bo Lindqvist,6\n");
        assertThat(ImportService.missing(file, file.mapping(), null, "instagram.csv"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("mapping");
                    assertThat(Wording.of(problem.reason()))
                            .contains("Rank, Name, Followers")
                            .contains("username");
                });
        var named = inspect("handle,Followers\nana,5\n");
        assertThat(ImportService.missing(named, named.mapping(), null, "creators.csv"))
                .extracting(FieldProblem::field)
                .containsExactly("platform");
        assertThat(ImportService.missing(named, named.mapping(), null, "my TikTok list.csv"))
                .isEmpty();
    }

    @Test
    void kindsOfJsonAreToldApart() throws Exception {
        assertThat(inspect("{\"name\":\"a\"}\n{\"name\":\"b\"}\n").format()).isEqualTo(FileFormat.JSON_LINES);
        assertThat(inspect("{\"name\":\"a\"}").format()).isEqualTo(FileFormat.JSON_LINES);
        assertThat(inspect("{\"name\":\n{\"name\":\"b\"}\n").format()).isEqualTo(FileFormat.JSON_LINES);
        assertThat(inspect("[{\"name\":\"a\"}]").format()).isEqualTo(FileFormat.JSON_ARRAY);
        assertThat(inspect("{\n  \"name\": \"a\"\n}\n").format()).isEqualTo(FileFormat.JSON_ARRAY);
        assertThat(inspect("handle\n{ana}\n").format()).isEqualTo(FileFormat.CSV);
    }

    @Test
    void aMappingThatWasSentIsCheckedByName() throws Exception {
        var file = inspect("handle,Followers,ER\nana,5,0.9\n");
        var problems = new ArrayList<FieldProblem>();
        MappingJson.apply(
                "{\"columns\": {\"Folowers\": {\"field\": \"followers\"}, \"ER\": {\"field\": \"rate\", \"units\": \"percent\"}, \"Followers\": {\"unit\": \"percent\"}}, \"niches\": {\"x\": \"no such niche\"}, \"rows\": 1}",
                file,
                TREE,
                problems);
        assertThat(problems)
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder(
                        "mapping.rows",
                        "mapping.columns.Folowers",
                        "mapping.columns.ER.units",
                        "mapping.columns.ER.field",
                        "mapping.columns.Followers.unit",
                        "mapping.niches.x");
        assertThat(problems)
                .extracting(FieldProblem::reason)
                .anyMatch(reason -> reason.contains("handle, Followers, ER"));

        problems.clear();
        MappingJson.apply("not json", file, TREE, problems);
        assertThat(problems).extracting(FieldProblem::field).containsExactly("mapping");

        problems.clear();
        var mapping = MappingJson.apply(
                "{\"columns\": {\"ER\": {\"unit\": \"fraction\"}, \"Followers\": {\"field\": null}}, \"niches\": {\"Mode\": \"style\", \"other\": null, \"x\": \"#\"}}",
                file,
                TREE,
                problems);
        assertThat(problems).isEmpty();
        assertThat(mapping.columns())
                .extracting(ColumnMapping::field)
                .containsExactly(ImportField.HANDLE, null, ImportField.ENGAGEMENT_RATE);
        assertThat(mapping.columns().get(2).unit()).isEqualTo(Unit.FRACTION);
        assertThat(mapping.niches()).isEqualTo(Map.of("mode", "fashion", "other", "", "x", "#"));
        assertThat(MappingJson.read(MappingJson.write(mapping), file)).isEqualTo(mapping);
    }

    @ParameterizedTest
    @CsvSource({
        "fashion,fashion",
        "Fashion,fashion",
        "#fashion,fashion",
        "fasion,fashion",
        "fashion 0.5,fashion 0.5",
        "fashion (0.5),fashion 0.5",
        "fashion: 40%,fashion 0.4",
        "Mode,fashion",
        "trail runing,trail-running",
        "Trail Running; food,trail-running food-drink",
        "cooking/style,food-drink fashion",
        "Food & Travel,food-drink",
        "other,''",
        "N/A,''",
        "numismatics,#numismatics",
        "fashion|numismatics,fashion #numismatics"
    })
    void wordsBecomeNichesAlsoWhenMisspelt(String cell, String expected) {
        assertThat(CellReading.of(
                                new ColumnMapping("c", ImportField.NICHES, null, null, NumberCell.DecimalMark.UNCLEAR),
                                cell,
                                new NicheWords(TREE, Map.of()))
                        .text())
                .isEqualTo(
                        expected.isEmpty()
                                ? null
                                : expected.replace(" food", ", food")
                                        .replace("drink fashion", "drink, fashion")
                                        .replace(" #", ", #"));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyBytesAreReadOrRefusedWithASentence(long seed) throws Exception {
        var random = new Random(seed);
        var charsets = new String[] {"UTF-8", "windows-1252", "UTF-16LE"};
        var content = bytes(
                        "handle;Followers;ER;category;Country;Languages\n"
                                + "ana.ž;12,5K;3,4 %;fashion 0.5;Croatia;hr, en\n\"bo\n\";1.234;0,8;\"a;b\";x;y\n"
                                        .repeat(20),
                        charsets[random.nextInt(charsets.length)])
                .clone();
        for (var i = 0; i < random.nextInt(0, 60); i++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
        }
        try {
            var file = inspect(content);
            var translator = Translators.understanding(file, file.mapping(), null, "instagram.csv", TREE);
            try (var records = FileInspector.open(folder.resolve("file"), file, file.mapping())) {
                for (var record = records.next(); record != null; record = records.next()) {
                    if (record.problem() == null) {
                        assertThat(translator.translate(record)).isNotNull();
                    }
                }
            }
            MappingView.of(file, file.mapping(), TREE);
        } catch (UnreadableFileException e) {
            assertThat(e.sentence()).endsWith(".");
        }
    }
}
