package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Whatever leaves as a file is in the audit, once: every export there is, and none that this test does not know. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class ExportAuditTests {
    private static final List<Export> EXPORTS = List.of(
            new Export("GET", "/discover/ranking.csv", AuditAction.RANKING_EXPORTED),
            new Export("GET", "/rankings/{ranking}/ranking.csv", AuditAction.RANKING_EXPORTED),
            new Export("GET", "/api/v1/rankings/{ranking}", AuditAction.RANKING_EXPORTED),
            new Export("POST", "/api/v1/rankings", AuditAction.RANKING_EXPORTED),
            new Export("GET", "/api/v1/briefs/{brief}/ranking", AuditAction.RANKING_EXPORTED),
            new Export("GET", "/api/v1/creators", AuditAction.RANKING_EXPORTED),
            new Export("GET", "/creators/{creator}/personal-data/export.json", AuditAction.CREATOR_EXPORTED),
            new Export("GET", "/api/v1/creators/{creator}/export", AuditAction.CREATOR_EXPORTED),
            new Export("GET", "/admin/audit/export.csv", AuditAction.AUDIT_EXPORTED),
            new Export("GET", "/admin/imports/{import}/rejects.csv", AuditAction.IMPORT_EXPORTED),
            new Export("GET", "/admin/imports/{import}/notes.csv", AuditAction.IMPORT_EXPORTED),
            new Export("GET", "/api/v1/imports/{import}/rejects.csv", AuditAction.IMPORT_EXPORTED),
            new Export("GET", "/api/v1/imports/{import}/notes.csv", AuditAction.IMPORT_EXPORTED));

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private Audit audit;

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    private TestPerson admin;

    @BeforeEach
    void somebodyExports() {
        admin = people.admin();
    }

    @Test
    void everyExportIsWrittenDownOnce() throws UnsupportedEncodingException {
        var slug = "export-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(api("PUT", "/api/v1/creators/" + slug, """
                        {"name":"Exported","accounts":[{"platform":"instagram","handle":"%s","followers":1000}]}
                        """.formatted(slug.replace('-', '_'))))
                .isIn(200, 201);
        var brief = made("/api/v1/briefs", "{\"name\":\"Exported\"}");
        var ranking = made("/api/v1/rankings/kept", "{\"name\":\"Exported " + UUID.randomUUID() + "\"}");
        var sent = mvc.post()
                .uri("/api/v1/imports")
                .multipart()
                .file(new MockMultipartFile(
                        "file",
                        "exported.csv",
                        "text/csv",
                        "platform,handle,followers\ninstagram,exported_one,many\n".getBytes(StandardCharsets.UTF_8)))
                .header("Authorization", admin.bearer())
                .exchange();
        assertThat(sent).hasStatus(202);
        String run = JsonPath.read(sent.getResponse().getContentAsString(), "$.id");
        for (var export : EXPORTS) {
            var path = export.path()
                    .replace("{creator}", slug)
                    .replace("{brief}", brief)
                    .replace("{ranking}", ranking)
                    .replace("{import}", run);
            var before = exports();
            assertThat(ask(export, path)).as(path).isEqualTo(200);
            var since = new ArrayList<>(exports());
            since.subList(since.size() - before.size(), since.size()).clear();
            assertThat(since)
                    .as("%s %s in the audit", export.method(), path)
                    .containsExactly(export.action().name());
        }
    }

    /** A file is what is called so, or what is not for a page or a program. */
    @Test
    void noExportIsForgotten() {
        var known = EXPORTS.stream()
                .map(export -> export.method() + " " + export.path().replaceAll("\\{[^}]+}", "{}"))
                .toList();
        var files = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .filter(ExportAuditTests::file)
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(path -> info.getMethodsCondition().getMethods().stream()
                                .map(RequestMethod::name)
                                .map(method -> method + " " + path.replaceAll("\\{[^}]+}", "{}"))))
                .toList();
        assertThat(files).containsExactlyInAnyOrderElementsOf(known);
    }

    private static boolean file(RequestMappingInfo info) {
        return info.getPatternValues().stream().anyMatch(path -> path.matches(".*(\\.(csv|xlsx|json|zip)|/export)"))
                || info.getProducesCondition().getProducibleMediaTypes().stream()
                        .anyMatch(type -> type.toString().contains("csv"));
    }

    private List<String> exports() {
        return audit.find(new Audit.Search(admin.person().name(), null, null, null), null).stream()
                .map(Audit.Entry::action)
                .filter(action -> action.endsWith("_EXPORTED"))
                .toList();
    }

    private int ask(Export export, String path) {
        var request = export.method().equals("POST")
                ? mvc.post().uri(path).contentType("application/json").content("{}")
                : mvc.get().uri(path);
        if (path.startsWith("/api/")) {
            request.header("Authorization", admin.bearer());
            if (!path.endsWith(".csv") && !path.endsWith("/export")) {
                request.header("Accept", "text/csv");
            }
        } else {
            request.with(admin.signedIn());
        }
        return request.exchange().getResponse().getStatus();
    }

    private String made(String path, String body) throws UnsupportedEncodingException {
        var made = mvc.post()
                .uri(path)
                .header("Authorization", admin.bearer())
                .contentType("application/json")
                .content(body)
                .exchange();
        assertThat(made).hasStatus(201);
        return JsonPath.read(made.getResponse().getContentAsString(), "$.id");
    }

    private int api(String method, String path, String body) {
        return mvc.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri(path)
                .header("Authorization", admin.bearer())
                .contentType("application/json")
                .content(body)
                .exchange()
                .getResponse()
                .getStatus();
    }

    record Export(String method, String path, AuditAction action) {}
}
