package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.testing.TestPeople;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.LinkedMultiValueMap;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class ImportApiTests {
    private static final Path SAMPLES = Path.of("docs", "samples");

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private JdbcClient jdbc;

    private String admin = "";

    @BeforeEach
    void clear() {
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
        admin = people.admin().bearer();
    }

    private MvcTestResult send(String bearer, String name, byte[] content, Map<String, String> parts) {
        var request =
                mvc.post().uri("/api/v1/imports").multipart().file(new MockMultipartFile("file", name, null, content));
        for (var part : parts.entrySet()) {
            request = request.param(part.getKey(), part.getValue());
        }
        return request.header("Authorization", bearer).exchange();
    }

    private MvcTestResult send(String name, String content, Map<String, String> parts) {
        return send(admin, name, content.getBytes(StandardCharsets.UTF_8), parts);
    }

    private MvcTestResult get(String uri) {
        return mvc.get().uri(uri).header("Authorization", admin).exchange();
    }

    /** The import once it is over. */
    private String finished(MvcTestResult sent) throws Exception {
        assertThat(sent).hasStatus(HttpStatus.ACCEPTED);
        var location = String.valueOf(sent.getResponse().getHeader("Location"));
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until) {
            var shown = get(location).getResponse().getContentAsString();
            if (List.of("DONE", "FAILED").contains(JsonPath.<String>read(shown, "$.state"))) {
                return shown;
            }
            Thread.sleep(50);
        }
        throw new AssertionError(
                "The import did not end: " + get(location).getResponse().getContentAsString());
    }

    private static long number(String json, String field) {
        return ((Number) JsonPath.read(json, "$." + field)).longValue();
    }

    @Test
    void onlyAdminsImport() {
        var file = "handle,platform\nana,instagram\n".getBytes(StandardCharsets.UTF_8);
        for (var person : List.of(people.marketer(), people.agency())) {
            assertThat(send(person.bearer(), "a.csv", file, Map.of())).hasStatus(HttpStatus.FORBIDDEN);
            assertThat(mvc.get().uri("/api/v1/imports").header("Authorization", person.bearer()))
                    .hasStatus(HttpStatus.FORBIDDEN);
            assertThat(mvc.get().uri("/admin/imports").with(person.signedIn())).hasStatus(HttpStatus.FORBIDDEN);
        }
        assertThat(mvc.get().uri("/api/v1/imports")).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(jdbc.sql("select count(*) from import_run").query(Long.class).single())
                .isZero();
    }

    static List<String> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleGoesInWholeAndSentAgainChangesNothing(String name) throws Exception {
        var content = Files.readAllBytes(SAMPLES.resolve(name));
        var first = finished(send(admin, name, content, Map.of()));
        assertThat(number(first, "rejected")).as(first).isZero();
        assertThat(number(first, "created"))
                .isGreaterThanOrEqualTo(2)
                .isEqualTo(reader.count().real());
        var second = finished(send(admin, name, content, Map.of()));
        assertThat(number(second, "unchanged")).as(second).isEqualTo(number(first, "created"));
        assertThat(reader.count().real()).isEqualTo(number(first, "created"));
    }

    @Test
    void theColumnsOfTheSamplesAreReadAsTheySay() throws Exception {
        finished(send(admin, "many-columns.csv", Files.readAllBytes(SAMPLES.resolve("many-columns.csv")), Map.of()));
        var ana = reader.find("ana-horvat")
                .or(() -> reader.find("ana-trails"))
                .orElseThrow()
                .document();
        assertThat(ana.country()).isEqualTo("HR");
        assertThat(ana.languages()).containsExactly("hr", "en");
        assertThat(ana.bio()).contains("\"bad\" weather.\nZagreb");
        assertThat(ana.niches()).isNotNull().hasSize(2);
        assertThat(ana.hashtags()).isNotNull().hasSize(2);
        assertThat(ana.rates()).isNotNull().hasSize(2);
        var account = java.util.Objects.requireNonNull(ana.accounts()).getFirst();
        assertThat(account.platform()).isEqualTo(Platform.INSTAGRAM);
        assertThat(account.followers()).isEqualTo(18_400);
        assertThat(account.engagementRate()).isEqualTo(0.041);
        assertThat(account.authenticity()).isEqualTo(0.93);
        assertThat(account.growth90d()).isEqualTo(0.035);
        assertThat(account.lastPostAt()).hasToString("2026-11-18T00:00:00Z");
        assertThat(account.observedAt()).hasToString("2026-11-20T00:00:00Z");

        finished(send(
                admin, "german-semicolon.csv", Files.readAllBytes(SAMPLES.resolve("german-semicolon.csv")), Map.of()));
        var mia = reader.find("mia-keller")
                .or(() -> reader.find("mia-kocht"))
                .orElseThrow()
                .document();
        assertThat(mia.country()).isEqualTo("CH");
        assertThat(mia.accounts()).singleElement().satisfies(found -> {
            assertThat(found.followers()).isEqualTo(1_130);
            assertThat(found.engagementRate()).isEqualTo(0.071);
            assertThat(found.likes()).isEqualTo(74.5);
        });
        assertThat(mia.rates())
                .singleElement()
                .satisfies(rate -> assertThat(rate.price().amount()).isEqualByComparingTo("1200.50"));

        finished(send(
                admin, "several-accounts.csv", Files.readAllBytes(SAMPLES.resolve("several-accounts.csv")), Map.of()));
        assertThat(reader.find("daradraws").orElseThrow().document().accounts())
                .hasSize(2)
                .anySatisfy(found -> {
                    assertThat(found.platform()).isEqualTo(Platform.TIKTOK);
                    assertThat(found.followers()).isEqualTo(48_900);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list.csv|handle,followers;ana,5|platform||platform",
                "list.csv|handle;ana|platform|myspace|platform",
                "instagram.csv|handle;ana|dryRun|perhaps|dryRun",
                "instagram.csv|handle;ana|mapping|{\"niches\": {\"a\\u0000b\": \"#\"}}|mapping",
                "instagram.csv|handle;ana|mapping|{\"niches\": {\"ab\": \"\\ud800\"}}|mapping",
                "instagram.csv|handle;ana|colour|red|colour",
                "instagram.csv|Name,Rank;Ana Horvat,1|source|x|mapping",
                "instagram.csv|handle|source|x|file",
                "instagram.csv|handle,ER;ana,1|mapping|{\"columns\":{\"Er\":{\"unit\":\"percent\"}}}|mapping.columns.Er"
            })
    void whatCannotBeAcceptedIsRefusedByName(String name, String content, String part, String value, String field) {
        var answer = send(name, content.replace(';', '\n'), Map.of(part, value == null ? "" : value));
        assertThat(answer).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .asString()
                .endsWith(".");
        assertThat(jdbc.sql("select count(*) from import_run").query(Long.class).single())
                .isZero();
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndWritesNothing() throws Exception {
        finished(send("tiktok.csv", "handle,followers,city\nana,100,Zagreb\nbo,200,Pula\ncy,300,Split\n", Map.of()));
        var version = reader.version();
        var dry = finished(send(
                "tiktok.csv",
                "handle,followers,avg likes,category\nana,120,13500000,zzyzx\nBO,200,,\ndara,5,,fashion\nDara,5,,fashion\neve,many,,\n",
                Map.of("dryRun", "true")));

        assertThat(JsonPath.<Boolean>read(dry, "$.dryRun")).isTrue();
        assertThat(number(dry, "created")).as(dry).isEqualTo(1);
        assertThat(number(dry, "updated")).isEqualTo(1);
        assertThat(number(dry, "unchanged")).isEqualTo(2);
        assertThat(number(dry, "rejected")).isEqualTo(1);
        assertThat(number(dry, "unknownNiches")).isEqualTo(1);
        var changes = get("/api/v1/imports/" + JsonPath.<String>read(dry, "$.id") + "/changes");
        assertThat(changes).bodyJson().extractingPath("$.total").isEqualTo(2);
        assertThat(changes).bodyJson().extractingPath("$.unknownNiches.zzyzx").isEqualTo(1);
        assertThat(changes).bodyJson().extractingPath("$.fields.followers").isEqualTo(1);
        assertThat(changes).bodyJson().extractingPath("$.items[0].creator").isEqualTo("ana");
        assertThat(changes)
                .bodyJson()
                .extractingPath("$.items[0].changes[1]")
                .asMap()
                .containsEntry("field", "tiktok @ana › followers")
                .containsEntry("old", "100")
                .containsEntry("now", "120");
        assertThat(changes)
                .bodyJson()
                .extractingPath("$.items[0].changes[2]")
                .asMap()
                .containsEntry("field", "tiktok @ana › likes")
                .containsEntry("now", "13500000");
        assertThat(reader.version()).isEqualTo(version);
        assertThat(reader.count().real()).isEqualTo(3);
    }

    @Test
    void severalFilesAndAnArchiveAreImportsOfTheirOwn() throws Exception {
        var zip = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.ZipOutputStream(zip)) {
            for (var name : List.of("instagram.csv", "tiktok.csv")) {
                out.putNextEntry(new java.util.zip.ZipEntry("lists/" + name));
                out.write(("handle\n" + name.replace(".csv", ".ana") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        var answer = mvc.post()
                .uri("/api/v1/imports")
                .multipart()
                .file(new MockMultipartFile("file", "all.zip", null, zip.toByteArray()))
                .file(new MockMultipartFile(
                        "file", "youtube.csv", null, "handle\nbo\n".getBytes(StandardCharsets.UTF_8)))
                .header("Authorization", admin)
                .exchange();
        finished(answer);
        var body = answer.getResponse().getContentAsString();
        assertThat(JsonPath.<List<String>>read(body, "$.files[*].fileName"))
                .containsExactly("instagram.csv", "tiktok.csv", "youtube.csv");
        for (var id : JsonPath.<List<String>>read(body, "$.files[*].id")) {
            var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!get("/api/v1/imports/" + id)
                    .getResponse()
                    .getContentAsString()
                    .contains("DONE")) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(50);
            }
        }
        assertThat(reader.count().real()).isEqualTo(3);
    }

    private static byte[] workbook() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "Tests", "1.0")) {
            var sheets =
                    Map.of("Old, small", List.of("ana", "bo"), "New", List.of("bo", "cy"), "Gone", List.of("dara"));
            for (var name : List.of("Old, small", "New", "Gone")) {
                var sheet = workbook.newWorksheet(name);
                sheet.value(0, 0, "Handle");
                sheet.value(0, 1, "Followers");
                var handles = sheets.getOrDefault(name, List.of());
                for (var i = 0; i < handles.size(); i++) {
                    sheet.value(i + 1, 0, handles.get(i));
                    sheet.value(i + 1, 1, name.length() * 1_000);
                }
            }
        }
        return out.toByteArray();
    }

    private MvcTestResult sendWorkbook(LinkedMultiValueMap<String, String> parts) throws IOException {
        return mvc.post()
                .uri("/api/v1/imports")
                .multipart()
                .file(new MockMultipartFile("file", "book.xlsx", null, workbook()))
                .params(parts)
                .header("Authorization", admin)
                .exchange();
    }

    /** What was sent at once, when all of it is over. */
    private String together(String answer) throws Exception {
        var address = "/api/v1/imports/together/" + JsonPath.<String>read(answer, "$.together");
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until) {
            var shown = get(address).getResponse().getContentAsString();
            if (JsonPath.<Boolean>read(shown, "$.over")) {
                return shown;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("They did not end");
    }

    @Test
    void theSheetsThatAreChosenAreTriedAsOneAndThenImported() throws Exception {
        var parts = new LinkedMultiValueMap<String, String>();
        parts.addAll("sheet", List.of("Old, small", "New"));
        parts.add("platform", "instagram");
        parts.add("dryRun", "true");
        var tried = sendWorkbook(parts);
        assertThat(tried).hasStatus(HttpStatus.ACCEPTED);
        var dry = together(tried.getResponse().getContentAsString());
        assertThat(JsonPath.<List<String>>read(dry, "$.files[*].fileName"))
                .containsExactly("book.xlsx (Old, small)", "book.xlsx (New)");
        assertThat(JsonPath.<Boolean>read(dry, "$.dryRun")).isTrue();
        assertThat(number(dry, "created")).as("bo is new once").isEqualTo(3);
        assertThat(number(dry, "updated")).isEqualTo(1);
        assertThat(reader.count().real()).isZero();

        parts.remove("dryRun");
        var sent = sendWorkbook(parts);
        var done = together(sent.getResponse().getContentAsString());
        assertThat(number(done, "created")).as(done).isEqualTo(3);
        assertThat(number(done, "updated")).isEqualTo(1);
        assertThat(reader.count().real()).isEqualTo(3);
        assertThat(get("/api/v1/imports/together/nothing")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void onThePageSheetsAreChosenAndTriedAsOne() throws Exception {
        var ada = people.admin();
        var sent = mvc.post()
                .uri("/admin/imports")
                .multipart()
                .file(new MockMultipartFile("file", "instagram.xlsx", null, workbook()))
                .with(ada.signedIn())
                .with(csrf())
                .exchange();
        var page = String.valueOf(sent.getResponse().getRedirectedUrl());
        assertThat(page).startsWith("/admin/imports/together/");
        var ids = jdbc.sql("select id::text from import_run where file_name not like '%Gone%'")
                .query(String.class)
                .list();
        assertThat(ids).hasSize(2);
        assertThat(mvc.post().uri(page).with(ada.signedIn()).with(csrf()))
                .as("none is chosen")
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        var tried = mvc.post()
                .uri(page)
                .param("run", ids.toArray(String[]::new))
                .param("action", "try")
                .with(ada.signedIn())
                .with(csrf())
                .exchange();
        var result = String.valueOf(tried.getResponse().getRedirectedUrl());
        assertThat(result).startsWith("/admin/imports/together/").isNotEqualTo(page);
        var dry = together("{\"together\": \"" + result.replaceFirst(".*/", "") + "\"}");
        assertThat(number(dry, "created")).isEqualTo(3);
        assertThat(mvc.get().uri(result).with(ada.signedIn()))
                .hasStatusOk()
                .bodyText()
                .contains("instagram.xlsx (Old, small)")
                .doesNotContain("Gone")
                .contains(page);

        assertThat(mvc.post()
                        .uri(page)
                        .param("run", ids.toArray(String[]::new))
                        .param("action", "start")
                        .with(ada.signedIn())
                        .with(csrf()))
                .hasStatus3xxRedirection();
        together("{\"together\": \"" + page.replaceFirst(".*/", "") + "\"}");
        assertThat(reader.count().real()).isEqualTo(3);
        assertThat(mvc.get().uri(page).with(ada.signedIn()))
                .hasStatusOk()
                .bodyText()
                .as("the third still waits")
                .contains("instagram.xlsx (Gone)");
    }

    @Test
    void allFilesGoInOrNone() throws Exception {
        var answer = mvc.post()
                .uri("/api/v1/imports")
                .multipart()
                .file(new MockMultipartFile(
                        "file", "tiktok.csv", null, "handle\nana\n".getBytes(StandardCharsets.UTF_8)))
                .file(new MockMultipartFile("file", "plan.pdf", null, "%PDF-1.7".getBytes(StandardCharsets.UTF_8)))
                .header("Authorization", admin)
                .exchange();
        assertThat(answer).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .isEqualTo("“plan.pdf”: This is a PDF document. Send a CSV file, a workbook (.xlsx) or JSON lines.");
        assertThat(jdbc.sql("select count(*) from import_run").query(Long.class).single())
                .isZero();
    }

    @Test
    void everyCellThatWasLeftOutOrAlteredIsListedWithItsLine() throws Exception {
        var sent = finished(send(
                "tiktok.csv",
                "handle,followers,ER,country,religion,rank\nana,12.5K,3.4 %,Kroatien,catholic,1\nbo,#VALOR!,4 %,Atlantis,,2\ncy,10.6,5 %,Atlantis,,3\n",
                Map.of()));
        assertThat(number(sent, "created")).as(sent).isEqualTo(3);
        var notes = get("/api/v1/imports/" + JsonPath.<String>read(sent, "$.id") + "/notes.csv")
                .getResponse()
                .getContentAsString();
        assertThat(notes.lines())
                .contains(
                        "2,followers,12.5K,12500,Abbreviated: taken as the full number.,1",
                        "2,ER,3.4 %,0.034,Percentage: kept as a fraction of 1.,1",
                        "2,country,Kroatien,HR,Taken as this country.,1",
                        "3,country,Atlantis,,This is no country.,1",
                        "4,country,Atlantis,,This is no country.,1",
                        "3,followers,#VALOR!,,Says that there is nothing.,1",
                        "4,followers,10.6,11,Rounded: a count has no decimals.,1")
                .anyMatch(line -> line.contains(",religion,,,\"Personal data of a special category"))
                .anyMatch(line -> line.contains(",rank,,,Not recognised."));
    }

    @Test
    void aRequestWithoutAFileIsRefused() {
        var answer = mvc.post()
                .uri("/api/v1/imports")
                .multipart()
                .param("platform", "tiktok")
                .header("Authorization", admin)
                .exchange();
        assertThat(answer).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo("file");
    }

    @Test
    void rejectsComeBackAsTheyCameAndGoInOnceMended() throws Exception {
        var sent = finished(send(
                "tiktok.csv", "handle,name,followers\n@ana,=1+1,many\nbo,\"B, o\",5\n\"cy\ncy\",C,-3\n", Map.of()));
        assertThat(number(sent, "read")).isEqualTo(3);
        assertThat(number(sent, "rejected")).isEqualTo(2);
        var answer = get("/api/v1/imports/" + JsonPath.<String>read(sent, "$.id") + "/rejects.csv");
        assertThat(answer).hasStatusOk().hasContentTypeCompatibleWith("text/csv");
        assertThat(answer.getResponse().getHeader("Content-Disposition"))
                .contains("attachment")
                .contains("tiktok-rejects.csv");
        var csv = answer.getResponse().getContentAsString();
        assertThat(csv)
                .startsWith(
                        "line,reason,handle,name,followers\r\n2,followers: 'many' is not a number. Write it as 18400 or 18.4K.,'@ana,'=1+1,many\r\n4,");
        assertThat(csv).contains("\"cy\ncy\",C,'-3");

        var mended = finished(send(
                "tiktok.csv", csv.replace(",many", ",7").replace("'-3", "3").replace("\"cy\ncy\"", "cy"), Map.of()));
        assertThat(number(mended, "created")).as(mended).isEqualTo(2);
        assertThat(reader.find("1-1")
                        .or(() -> reader.find("ana"))
                        .orElseThrow()
                        .document()
                        .name())
                .isEqualTo("=1+1");
    }

    @Test
    void importsAreListedNewestFirstInPages() throws Exception {
        for (var i = 0; i < 3; i++) {
            finished(send("tiktok-" + i + ".csv", "handle\nana\nbo\n", Map.of("source", "List " + i)));
        }
        var first = get("/api/v1/imports?limit=2");
        assertThat(first).bodyJson().extractingPath("$.total").isEqualTo(3);
        assertThat(first).bodyJson().extractingPath("$.items[0].source").isEqualTo("List 2");
        assertThat(first).bodyJson().extractingPath("$.next").isEqualTo("2");
        assertThat(get("/api/v1/imports?limit=2&cursor=2"))
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(1);
        assertThat(get("/api/v1/imports?limit=0")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(get("/api/v1/imports?page=2")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(get("/api/v1/imports/nonsense")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(get("/api/v1/imports/00000000-0000-0000-0000-000000000000")).hasStatus(HttpStatus.NOT_FOUND);
    }
}
