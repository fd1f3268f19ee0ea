package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Walks every mapped address with every role: each lets in exactly whom {@code src/test/resources/access/routes.txt}
 * says, and nobody finds what belongs to another workspace. The table in {@code docs/security.md} is drawn from it.
 *
 * <p>The walk goes through the real filter chains; where a handler is reached, its own {@code @PreAuthorize} is decided by
 * Spring Security's own manager and the handler is not called, so that nothing is erased on the way.
 */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPeople.class, RouteWalkTests.Stopper.class})
class RouteWalkTests {
    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final String BEGIN = "<!-- routes: drawn by RouteWalkTests -->";
    private static final String END = "<!-- end of the routes -->";
    private static final String WALK = "X-Walk";
    private static final int REACHED = 299;
    private static final List<String> LEVELS = List.of("anybody", "viewer", "marketer", "agency", "admin");

    /** How to make a thing of one workspace, by what its addresses begin with; gives the id. */
    private static final Map<String, BiFunction<MockMvcTester, TestPerson, String>> THINGS = Map.of(
            "/briefs/", RouteWalkTests::brief,
            "/api/v1/briefs/", RouteWalkTests::brief,
            "/rankings/", RouteWalkTests::keptRanking,
            "/api/v1/rankings/", RouteWalkTests::keptRanking,
            "/presets/", RouteWalkTests::preset,
            "/api/v1/presets/", RouteWalkTests::preset);

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    private final Map<String, TestPerson> somebody = new LinkedHashMap<>();

    @Test
    void everyAddressLetsInWhomItIsDeclaredFor() {
        var declarations = declarations();
        var wrong = new ArrayList<String>();
        for (var route : routes()) {
            var declared =
                    declarations.stream().filter(each -> each.fits(route)).findFirst();
            if (declared.isEmpty()) {
                wrong.add(
                        route + " is not declared: add a line to src/test/resources/access/routes.txt that says who may"
                                + " open it (now: " + leastRole(route) + ")");
            } else if (!leastRole(route).equals(declared.get().who())) {
                wrong.add(route + " lets in: " + leastRole(route) + "; declared is "
                        + declared.get().who()
                        + ". Mend @ForAgency and its like at the handler, or ViewerAddresses, or the declaration");
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    @Test
    void noChangeIsTakenFromAPageOfAnotherSite() {
        for (var route : routes()) {
            if (!route.path().startsWith("/api/")
                    && route.method() != HttpMethod.GET
                    && !route.path().equals("/error")) {
                assertThat(status(route, "admin", false)).as(route.toString()).isEqualTo(403);
            }
        }
    }

    @Test
    void whatBelongsToAnotherWorkspaceIsNotThere() {
        var owner = people.agency();
        var stranger = people.agency();
        for (var route : routes()) {
            var declared =
                    declarations().stream().filter(each -> each.fits(route)).findFirst();
            if (declared.isEmpty() || !declared.get().workspace()) {
                continue;
            }
            var maker = THINGS.entrySet().stream()
                    .filter(each -> route.path().startsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            assertThat(maker)
                    .as("RouteWalkTests.THINGS must know how to make what %s is about", route)
                    .isPresent();
            var id = maker.get().apply(mvc, owner);
            var mine = ask(route, id, owner);
            assertThat(mine).as("%s by its owner", route).isNotIn(401, 403, 404);
            var theirs = ask(route, maker.get().apply(mvc, owner), stranger);
            assertThat(theirs)
                    .as("%s by somebody of another workspace is answered as if there were none", route)
                    .isEqualTo(ask(route, UUID.randomUUID().toString(), stranger))
                    .isLessThan(500);
            if (route.method() == HttpMethod.GET) {
                assertThat(theirs).as(route.toString()).isEqualTo(404);
            }
        }
    }

    /** Where the table is out of date, this writes the new one and fails once, as ModularityTests does. */
    @Test
    void theTableInTheDocsIsTheTruth() throws IOException {
        var text = Files.readString(DOCUMENT);
        var begin = text.indexOf(BEGIN);
        var end = text.indexOf(END);
        assertThat(begin).as("%s holds '%s'", DOCUMENT, BEGIN).isNotNegative();
        var drawn = text.substring(0, begin) + BEGIN + "\n" + table() + text.substring(end);
        if (!text.equals(drawn)) {
            Files.writeString(DOCUMENT, drawn);
        }
        assertThat(text)
                .as("%s has been drawn anew: look at it and commit it", DOCUMENT)
                .isEqualTo(drawn);
    }

    private String table() {
        var declarations = declarations();
        var table =
                new StringBuilder("| address | | nobody | viewer | marketer | agency | admin | another workspace |\n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (var route : routes()) {
            var least = LEVELS.indexOf(leastRole(route));
            var walled = declarations.stream()
                    .filter(each -> each.fits(route))
                    .findFirst()
                    .filter(Declaration::workspace)
                    .isPresent();
            table.append("| `")
                    .append(route.path())
                    .append("` | ")
                    .append(route.method())
                    .append(route.htmx() ? " (htmx)" : "");
            for (var level = 0; level < LEVELS.size(); level++) {
                table.append(" | ").append(level >= least ? "yes" : level == 0 ? "sign in" : "403");
            }
            table.append(" | ").append(walled ? "404" : "–").append(" |\n");
        }
        return table.toString();
    }

    /** The least role that is let in; a role above one that is let in is let in too. */
    private String leastRole(Route route) {
        var in = LEVELS.stream()
                .filter(level -> reached(status(route, level, true)))
                .toList();
        assertThat(LEVELS.subList(LEVELS.size() - in.size(), LEVELS.size()))
                .as("%s lets in a role, but not one above it", route)
                .isEqualTo(in);
        return in.isEmpty() ? "nobody" : in.getFirst();
    }

    private static boolean reached(int status) {
        return status != 401 && status != 403 && status != 302;
    }

    private int status(Route route, String level, boolean token) {
        var request = mvc.method(route.method())
                .uri(route.path().replaceAll("\\{\\*?[^}]+}", "x"))
                .header(WALK, "1");
        if (route.consumes() != null) {
            request.contentType(route.consumes());
        }
        if (route.htmx()) {
            request.header("HX-Request", "true");
        }
        if (!level.equals("anybody")) {
            var person = somebody.computeIfAbsent(level, each -> people.person(Role.valueOf(each.toUpperCase())));
            if (route.forPrograms()) {
                request.header("Authorization", person.bearer());
            } else {
                request.with(person.signedIn());
            }
        }
        if (token && !route.forPrograms()) {
            request.with(csrf());
        }
        return request.exchange().getResponse().getStatus();
    }

    /** Asks for real. */
    private int ask(Route route, String id, TestPerson person) {
        var request = mvc.method(route.method())
                .uri(route.path().replaceFirst("\\{[^}]+}", id).replaceAll("\\{[^}]+}", "x"));
        if (route.htmx()) {
            request.header("HX-Request", "true");
        }
        if (route.forPrograms()) {
            request.header("Authorization", person.bearer()).header("If-Match", "\"1\"");
            if (route.method() != HttpMethod.GET) {
                request.contentType("application/json").content("{\"name\":\"Taken over\"}");
            }
        } else {
            request.with(person.signedIn());
            if (route.method() != HttpMethod.GET) {
                request.with(csrf()).param("version", "1");
            }
        }
        return request.exchange().getResponse().getStatus();
    }

    private static String brief(MockMvcTester mvc, TestPerson owner) {
        return made(mvc, owner, "/api/v1/briefs", "{'name':'Secret launch','niches':[{'niche':'travel'}]}");
    }

    private static String keptRanking(MockMvcTester mvc, TestPerson owner) {
        return made(mvc, owner, "/api/v1/rankings/kept", "{'name':'Secret " + UUID.randomUUID() + "'}");
    }

    private static String preset(MockMvcTester mvc, TestPerson owner) {
        return made(mvc, owner, "/api/v1/presets", "{'name':'Secret " + UUID.randomUUID() + "','weights':{'bond':2}}");
    }

    private static String made(MockMvcTester mvc, TestPerson owner, String path, String body) {
        try {
            var made = mvc.post()
                    .uri(path)
                    .header("Authorization", owner.bearer())
                    .contentType("application/json")
                    .content(body.replace('\'', '"'))
                    .exchange();
            assertThat(made).hasStatus(201);
            return JsonPath.read(made.getResponse().getContentAsString(), "$.id");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Route> routes() {
        Set<Route> routes = new TreeSet<>(Comparator.comparing(Route::path)
                .thenComparing(route -> route.method().name())
                .thenComparing(Route::htmx));
        for (var mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                if (!handler.getBeanType().getPackageName().startsWith("io.closeknit") || ours(handler)) {
                    routes.addAll(routes(info));
                }
            });
        }
        return List.copyOf(routes);
    }

    /** Test classes have controllers too. */
    private static boolean ours(HandlerMethod handler) {
        var source = handler.getBeanType().getProtectionDomain().getCodeSource();
        return source != null && !source.getLocation().getPath().contains("test-classes");
    }

    private static List<Route> routes(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods().isEmpty()
                ? Set.of(RequestMethod.GET)
                : info.getMethodsCondition().getMethods();
        var consumes = info.getConsumesCondition().getConsumableMediaTypes().stream()
                .findFirst()
                .map(Object::toString)
                .orElse(null);
        return info.getPatternValues().stream()
                .flatMap(path -> methods.stream()
                        .map(method -> new Route(
                                HttpMethod.valueOf(method.name()), path, consumes, info.getCustomCondition() != null)))
                .toList();
    }

    private static List<Declaration> declarations() {
        try (var file = RouteWalkTests.class.getResourceAsStream("/access/routes.txt")) {
            return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .map(words -> new Declaration(words[0], words[1], words[2], words.length > 3))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param htmx answers only what htmx asks for */
    record Route(HttpMethod method, String path, @Nullable String consumes, boolean htmx) {
        boolean forPrograms() {
            return path.startsWith("/api/") || path.startsWith("/actuator") || path.startsWith("/v3/");
        }

        @Override
        public String toString() {
            return method + " " + path + (htmx ? " (htmx)" : "");
        }
    }

    record Declaration(String methods, String path, String who, boolean workspace) {
        boolean fits(Route route) {
            return (methods.equals("*")
                            || Arrays.asList(methods.split(","))
                                    .contains(route.method().name()))
                    && (path.endsWith("/**")
                            ? route.path().startsWith(path.substring(0, path.length() - 2))
                            : path.equals(route.path()));
        }
    }

    /** Answers where a handler would be called. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Stopper {
        @Bean
        WebMvcConfigurer stopsAtTheHandler(RoleHierarchy roles) {
            var expressions = new DefaultMethodSecurityExpressionHandler();
            expressions.setRoleHierarchy(roles);
            var annotations = new PreAuthorizeAuthorizationManager();
            annotations.setExpressionHandler(expressions);
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new HandlerInterceptor() {
                                @Override
                                public boolean preHandle(
                                        HttpServletRequest request, HttpServletResponse response, Object handler) {
                                    if (request.getHeader(WALK) == null || !(handler instanceof HandlerMethod method)) {
                                        return true;
                                    }
                                    var bean = method.createWithResolvedBean().getBean();
                                    var decision = annotations.authorize(
                                            () -> SecurityContextHolder.getContext()
                                                    .getAuthentication(),
                                            new SimpleMethodInvocation(bean, method.getMethod()));
                                    response.setStatus(decision == null || decision.isGranted() ? REACHED : 403);
                                    return false;
                                }
                            })
                            .order(Ordered.HIGHEST_PRECEDENCE);
                }
            };
        }
    }
}
