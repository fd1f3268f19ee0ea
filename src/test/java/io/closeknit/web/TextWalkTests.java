package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Walks every mapped address and sends to each of its text fields what no field takes: a zero byte, another control
 * character, a text without end. Each is refused by the field's name with 422; none gets as far as the database.
 */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class TextWalkTests {
    private static final String UNTHOUGHT_OF = "somethingElse";
    private static final String ID = "00000000-0000-4000-8000-000000000000";
    private static final String ENDLESS = "x".repeat(TextCheck.LONGEST + 1);
    private static final Map<String, String> BAD = Map.of("a\0b", "U+0000", ENDLESS, "This is longer than");

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    private TestPerson admin;

    @BeforeEach
    void anAdminMayOpenEverything() {
        admin = people.admin();
    }

    @Test
    void noParameterTakesATextThatCannotBeKept() {
        var wrong = new ArrayList<String>();
        var sent = 0;
        for (var route : routes()) {
            for (var field : route.fields()) {
                for (var bad : BAD.entrySet()) {
                    if (bad.getKey().equals(ENDLESS) && route.takesMore()) {
                        continue;
                    }
                    sent++;
                    var result = ask(route, field, bad.getKey());
                    if (!refused(result, field, bad.getValue())) {
                        wrong.add("%s, field %s, %s: %s %s"
                                .formatted(
                                        route,
                                        field,
                                        bad.getValue(),
                                        result.getResponse().getStatus(),
                                        result.getMvcResult().getResolvedException()));
                    }
                }
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
        assertThat(sent).as("of all addresses").isGreaterThan(500);
    }

    @Test
    void noFieldOfJsonTakesATextThatCannotBeKept() {
        var bodies = Map.of(
                "{'%s':'a\\u0000b'}",
                "U+0000",
                "{'%s':[{'deep':'a\\u001bb'}]}",
                "U+001B",
                "{'%s':'a\\ud800b'}",
                "U+D800",
                "{'%s':'" + ENDLESS + "'}",
                "This is longer than",
                "{'%s':{'a\\u0000b':1}}",
                "U+0000");
        var walked = 0;
        for (var route : routes()) {
            if (route.body() == null) {
                continue;
            }
            walked++;
            var record = route.body().isRecord();
            var field = record
                    ? Arrays.stream(route.body().getRecordComponents())
                            .filter(component -> component.getType() == String.class)
                            .findFirst()
                            .orElseThrow()
                            .getName()
                    : "name";
            bodies.forEach((body, said) -> {
                if (record && (body.contains("[") || body.contains(":{"))) {
                    return; // refused before: this field is a text
                }
                var result = mvc.method(route.method())
                        .uri(route.uri())
                        .header("Authorization", admin.bearer())
                        .header("If-Match", "\"1\"")
                        .accept(route.accept())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body.formatted(field).replace('\'', '"'))
                        .exchange();
                assertThat(refused(result, field, said))
                        .as(
                                "%s, %s: %s %s",
                                route,
                                said,
                                result.getResponse().getStatus(),
                                result.getMvcResult().getResolvedException())
                        .isTrue();
            });
        }
        assertThat(walked).as("addresses that take JSON").isGreaterThan(8);
    }

    @Test
    void norDoesTheNameOfAFile() {
        for (var path : List.of("/api/v1/imports", "/admin/imports")) {
            for (var name : List.of("a\0b.csv", "x".repeat(300) + ".csv")) {
                var file = new MockMultipartFile("file", name, "text/csv", new byte[] {'a'});
                var request = mvc.post().uri(path).multipart().file(file);
                var result = path.startsWith("/api/")
                        ? request.header("Authorization", admin.bearer()).exchange()
                        : request.with(admin.signedIn()).with(csrf()).exchange();
                assertThat(refused(result, "file", "The name of the file"))
                        .as(path)
                        .isTrue();
            }
        }
    }

    @Test
    void anEMailWithAZeroByteIsSimplyUnknown() {
        assertThat(mvc.post()
                        .uri("/sign-in")
                        .with(csrf())
                        .param("email", "a\0b@test.example")
                        .param("password", TestPeople.PASSWORD))
                .hasStatus(422);
        var basic = Base64.getEncoder()
                .encodeToString(("a\0b@test.example:" + TestPeople.PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(mvc.get().uri("/api/v1/niches").header("Authorization", "Basic " + basic))
                .hasStatus(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\u001b", "\u007f", "\u0085", "\ud800", "\udc00a"})
    void otherCharactersThatNobodyTypesAreRefusedToo(String character) {
        assertThat(TextCheck.problem("q", "a" + character, 100)).isPresent();
    }

    @Test
    void whatPeopleReallyTypeIsTaken() {
        assertThat(mvc.get()
                        .uri("/admin/audit")
                        .param("q", "Zoë\t👩‍👩‍👧 محمد\r\n100 %")
                        .with(admin.signedIn()))
                .hasStatusOk();
    }

    private static boolean refused(MvcTestResult result, String field, String said) {
        return result.getResponse().getStatus() == 422
                && result.getMvcResult().getResolvedException() instanceof ApiException refused
                && refused.getBody().getDetail() instanceof String detail
                && detail.startsWith(field)
                && detail.contains(said);
    }

    private MvcTestResult ask(Route route, String field, String text) {
        var request = mvc.method(route.method()).uri(route.uri()).param(field, text);
        if (route.consumes() != null) {
            request.contentType(route.consumes());
        }
        if (route.htmx()) {
            request.header("HX-Request", "true");
        }
        if (route.path().startsWith("/api/")) {
            request.header("Authorization", admin.bearer()).accept(route.accept());
        } else {
            request.with(admin.signedIn());
            if (route.method() != HttpMethod.GET) {
                request.with(csrf());
            }
        }
        return request.exchange();
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                if (handler.getBeanType().getPackageName().startsWith("io.closeknit")
                        && !info.getPatternValues().contains("/error")
                        && !handler.getBeanType()
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath()
                                .contains("test-classes")) {
                    routes.addAll(routes(info, handler));
                }
            });
        }
        return routes;
    }

    private static List<Route> routes(RequestMappingInfo info, HandlerMethod handler) {
        var methods = info.getMethodsCondition().getMethods().isEmpty()
                ? Set.of(RequestMethod.GET)
                : info.getMethodsCondition().getMethods();
        var fields = new TreeSet<>(ParameterCheck.read(handler).exact());
        fields.add(UNTHOUGHT_OF);
        Class<?> body = null;
        var more = false;
        for (var parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                body = parameter.getParameterType();
            }
            more |= parameter.hasParameterAnnotation(LongestText.class);
        }
        var type = body;
        var longer = more;
        var consumes = info.getConsumesCondition().getConsumableMediaTypes().stream()
                .findFirst()
                .map(MediaType::toString)
                .orElse(null);
        var accept = info.getProducesCondition().getProducibleMediaTypes().stream()
                .findFirst()
                .orElse(MediaType.APPLICATION_JSON);
        return info.getPatternValues().stream()
                .flatMap(path -> methods.stream()
                        .map(method -> new Route(
                                HttpMethod.valueOf(method.name()),
                                path,
                                List.copyOf(fields),
                                type,
                                consumes,
                                accept,
                                info.getCustomCondition() != null,
                                longer)))
                .toList();
    }

    /**
     * @param body that of the JSON it takes; null: none
     * @param htmx answers only what htmx asks for
     * @param takesMore one of its texts may be longer than others
     */
    record Route(
            HttpMethod method,
            String path,
            List<String> fields,
            @Nullable Class<?> body,
            @Nullable String consumes,
            MediaType accept,
            boolean htmx,
            boolean takesMore) {
        String uri() {
            return path.replaceAll("\\{[^}]+}", ID);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
