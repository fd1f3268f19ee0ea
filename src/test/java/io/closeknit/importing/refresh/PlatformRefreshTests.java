package io.closeknit.importing.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.refresh.Connector.Known;
import io.closeknit.importing.refresh.Connector.RefusedException;
import io.closeknit.importing.refresh.Connector.Spending;
import io.closeknit.importing.refresh.RefreshStore.State;
import io.closeknit.testing.TestPeople;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against a stand-in on this machine that answers in the shapes that the platforms document. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class PlatformRefreshTests {
    private static final Instant NOON = Instant.parse("2026-11-23T20:00:00Z"); // in California

    @Autowired
    private RefreshStore store;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    /** The parameters of each call that came. */
    private final List<Map<String, String>> calls = new CopyOnWriteArrayList<>();

    private HttpServer server;
    private Function<Map<String, String>, Answer> answers = call -> new Answer(404, "{}");
    private Instant now = NOON;

    private record Answer(int status, String body) {}

    @BeforeEach
    void clear() throws IOException {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from platform_spent").update();
        jdbc.sql("delete from platform_refresh").update();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var call = Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        call.put("path", exchange.getRequestURI().getPath());
        var key = exchange.getRequestHeaders().getFirst("X-goog-api-key");
        if (key != null) {
            call.put("key", key);
        }
        calls.add(call);
        var answer = answers.apply(call);
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private RefreshProperties properties(long units, long calls) {
        var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new RefreshProperties(
                Duration.ofDays(30),
                Duration.ofMinutes(15),
                new RefreshProperties.YouTube("secret", base, units),
                new RefreshProperties.Instagram("token", "1784", base, calls));
    }

    private PlatformHttp http() {
        return new PlatformHttp(json, Duration.ofMillis(1));
    }

    private YouTubeConnector youtube(long units) {
        return new YouTubeConnector(properties(units, 200), http(), clock());
    }

    private InstagramConnector instagram(long calls) {
        return new InstagramConnector(properties(10_000, calls), http(), clock());
    }

    private void refresh(Connector connector) throws InterruptedException {
        new PlatformRefresh(List.of(connector), store, properties(1, 1), writer, dataSource, transactions, clock())
                .refresh(connector);
    }

    private void creators(String platform, List<String> handles) {
        writer.apply(
                handles.stream()
                        .map(handle -> (ObjectNode) json.readTree(
                                "{\"accounts\": [{\"platform\": \"%s\", \"handle\": \"%s\", \"followers\": 5, \"following\": 7, \"observedAt\": \"2026-01-01T00:00:00Z\"}]}"
                                        .formatted(platform, handle)))
                        .toList(),
                new Origin("list.csv", NOON.minusSeconds(60), false));
    }

    private static String channel(int i) {
        return "UC%022d".formatted(i);
    }

    private AccountDocument account(String slug) {
        return reader.find(slug).orElseThrow().document().accounts().getFirst();
    }

    /** Answers as YouTube does for channels that all have two videos. */
    private static Answer channels(Map<String, String> call) {
        return switch (call.get("path")) {
            case "/channels" -> {
                var ids = call.containsKey("id") ? call.get("id").split(",") : new String[] {channel(77)};
                yield new Answer(
                        200,
                        Arrays.stream(ids)
                                .map("""
                        {"kind": "youtube#channel", "id": "%1$s", "snippet": {"title": "A channel"},
                         "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": "UU%1$s"}},
                         "statistics": {"viewCount": "9000", "subscriberCount": "12300", "hiddenSubscriberCount": false, "videoCount": "81"}}"""::formatted)
                                .collect(Collectors.joining(
                                        ",", "{\"kind\": \"youtube#channelListResponse\", \"items\": [", "]}")));
            }
            case "/playlistItems" -> new Answer(200, """
                        {"items": [{"contentDetails": {"videoId": "a", "videoPublishedAt": "2026-11-20T10:00:00Z"}},
                                   {"contentDetails": {"videoId": "b"}}, {"contentDetails": {"videoId": "c"}}]}""");
            case "/videos" -> new Answer(200, """
                        {"items": [
                         {"id": "a", "snippet": {"publishedAt": "2026-11-20T10:00:00Z"}, "statistics": {"viewCount": "1000", "likeCount": "40", "commentCount": "10"}},
                         {"id": "b", "snippet": {"publishedAt": "2026-11-13T10:00:00Z"}, "statistics": {"viewCount": "2000", "likeCount": "20", "commentCount": "0"}},
                         {"id": "c", "snippet": {"publishedAt": "2026-11-06T10:00:00Z"}, "statistics": {"viewCount": "500"}}]}""");
            default -> new Answer(404, "{}");
        };
    }

    @Test
    void aChannelGetsItsFiguresWithSourceAndDateAndKeepsTheOthers() throws Exception {
        creators("youtube", List.of(channel(1)));
        answers = PlatformRefreshTests::channels;
        refresh(youtube(10_000));

        var account = account("uc0000000000000000000001");
        assertThat(account.followers()).isEqualTo(12_300);
        assertThat(account.following()).as("not in the answer").isEqualTo(7);
        assertThat(account.posts()).isEqualTo(81);
        assertThat(account.engagementRate()).isCloseTo(0.03, within(1e-9)); // the median of 5 % and 1 %
        assertThat(account.engagementBasis()).hasToString("VIEWS");
        assertThat(account.postsSampled())
                .as("reactions to the third are hidden")
                .isEqualTo(2);
        assertThat(account.lastPostAt()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(account.postsPerWeek()).isCloseTo(1, within(1e-9));
        assertThat(account.observedAt()).isEqualTo(NOON);
        assertThat(account.source()).isEqualTo("YouTube Data API");
        assertThat(calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.get("key")).isEqualTo("secret"));
        assertThat(store.spent(Platform.YOUTUBE, youtube(10_000).window(now))).isEqualTo(3);
        assertThat(store.countDue(Platform.YOUTUBE, now)).isZero();
        assertThat(store.countDue(Platform.YOUTUBE, now.plus(Duration.ofDays(31))))
                .isEqualTo(1);
    }

    @Test
    void aHandleIsResolvedOnceAndAChannelThatIsGoneIsNoted() throws Exception {
        creators("youtube", List.of("ana.cooks", channel(404)));
        answers = call -> call.containsKey("id") && call.get("id").contains(channel(404))
                ? new Answer(200, "{\"kind\": \"youtube#channelListResponse\", \"pageInfo\": {\"totalResults\": 0}}")
                : channels(call);
        refresh(youtube(10_000));
        assertThat(calls).anySatisfy(call -> assertThat(call.get("forHandle")).isEqualTo("@ana.cooks"));
        var status = store.status(Platform.YOUTUBE).orElseThrow();
        assertThat(List.of(status.refreshed(), status.unavailable())).containsExactly(1L, 1L);

        calls.clear();
        now = NOON.plus(Duration.ofDays(40));
        refresh(youtube(10_000));
        assertThat(calls.getFirst().get("id"))
                .as("known by now; the other is not due yet")
                .isEqualTo(channel(77));
    }

    /** CASES 12: 4,950 channels fit into a day, with 5,000 it stops cleanly. */
    @Test
    void case12FourThousandNineHundredAndFiftyChannelsFitIntoADay() throws Exception {
        var spent = new AtomicInteger();
        var purse = new Spending() {
            @Override
            public boolean take(long units) {
                return spent.get() + units <= 10_000 && spent.addAndGet((int) units) > 0;
            }

            @Override
            public void exhausted() {
                throw new AssertionError();
            }
        };
        var connector = new YouTubeConnector(
                properties(10_000, 200),
                new PlatformHttp(json, Duration.ofMillis(1)) {
                    @Override
                    Answer get(URI base, String path, Map<String, String> parameters, Map<String, String> headers) {
                        var call = new java.util.HashMap<>(parameters);
                        call.put("path", path);
                        var answer = channels(call);
                        return new Answer(answer.status(), json.readTree(answer.body()));
                    }
                },
                clock());
        var done = 0;
        for (var first = 0; first < 5_000; first += 50) {
            var batch = IntStream.range(first, first + 50)
                    .mapToObj(i -> new Known(channel(i).toLowerCase(), channel(i), null, null))
                    .toList();
            var fetched = connector.fetch(batch, purse);
            done += fetched.size();
            if (fetched.size() < batch.size()) {
                break;
            }
        }
        assertThat(done).isEqualTo(4_950);
        assertThat(spent.get()).isEqualTo(10_000);
    }

    @Test
    void whereTheUnitsAreSpentItStopsCleanlyAndGoesOnTheNextDay() throws Exception {
        creators(
                "youtube",
                IntStream.range(0, 60).mapToObj(PlatformRefreshTests::channel).toList());
        answers = PlatformRefreshTests::channels;
        refresh(youtube(102)); // 1 + 50 × 2 for the first fifty, 1 for the second call, then no more
        assertThat(calls).hasSize(102);
        assertThat(store.status(Platform.YOUTUBE).orElseThrow().state()).isEqualTo(State.SPENT);
        assertThat(store.countDue(Platform.YOUTUBE, now)).isEqualTo(10);

        calls.clear();
        refresh(youtube(102)); // a restart, the same day
        assertThat(calls).isEmpty();
        now = Instant.parse("2026-11-24T07:59:00Z"); // still the same day in California
        refresh(youtube(102));
        assertThat(calls).isEmpty();
        now = Instant.parse("2026-11-24T08:00:00Z");
        refresh(youtube(102));
        assertThat(calls).hasSize(21);
        assertThat(store.countDue(Platform.YOUTUBE, now)).isZero();
        assertThat(store.status(Platform.YOUTUBE).orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void whatThePlatformSaysAboutItsQuotaCountsMoreThanOurSum() throws Exception {
        creators("youtube", List.of(channel(1)));
        answers = call -> new Answer(403, """
                {"error": {"code": 403, "message": "quota", "errors": [{"domain": "youtube.quota", "reason": "quotaExceeded"}]}}""");
        refresh(youtube(10_000));
        assertThat(store.status(Platform.YOUTUBE).orElseThrow().state()).isEqualTo(State.SPENT);
        refresh(youtube(10_000));
        assertThat(calls).hasSize(1);
    }

    @Test
    void aWrongKeyIsRefusedAndAPlatformThatIsAwayIsAskedAgain() throws Exception {
        creators("youtube", List.of(channel(1)));
        answers = call -> new Answer(400, """
                {"error": {"code": 400, "errors": [{"domain": "usageLimits", "reason": "keyInvalid"}]}}""");
        refresh(youtube(10_000));
        assertThat(store.status(Platform.YOUTUBE).orElseThrow())
                .extracting(RefreshStore.Status::state, RefreshStore.Status::reason)
                .containsExactly(State.REFUSED, "key");

        var busy = new AtomicInteger();
        answers = call -> busy.incrementAndGet() <= 3 ? new Answer(503, "busy") : channels(call);
        refresh(youtube(10_000));
        assertThat(store.status(Platform.YOUTUBE).orElseThrow().state()).isEqualTo(State.WAITING);
        assertThat(account("uc0000000000000000000001").followers()).isEqualTo(12_300);

        now = NOON.plus(Duration.ofDays(40));
        answers = call -> new Answer(500, "away");
        refresh(youtube(10_000));
        assertThat(store.status(Platform.YOUTUBE).orElseThrow().reason()).isEqualTo("away");
    }

    @Test
    void instagramGivesFiguresOfProfessionalAccountsOnly() throws Exception {
        creators("instagram", List.of("bluebottle", "private.person"));
        answers = call ->
                call.get("fields").contains("username(bluebottle)") ? new Answer(200, """
                        {"business_discovery": {"username": "bluebottle", "followers_count": 267793, "follows_count": 12, "media_count": 1205, "id": "17841401441775531",
                          "media": {"data": [
                            {"id": "1", "like_count": 2000, "comments_count": 678, "timestamp": "2026-11-20T10:00:00+0000"},
                            {"id": "2", "comments_count": 5, "timestamp": "2026-11-10T10:00:00+0000"}]}}, "id": "1784"}""") : new Answer(400, """
                        {"error": {"message": "Invalid user id", "type": "OAuthException", "code": 110, "error_subcode": 2207013}}""");
        refresh(instagram(200));
        var account = account("bluebottle");
        assertThat(account.followers()).isEqualTo(267_793);
        assertThat(account.following()).isEqualTo(12);
        assertThat(account.engagementRate()).isCloseTo(0.01, within(1e-5));
        assertThat(account.postsSampled()).as("likes of the second are hidden").isEqualTo(1);
        assertThat(account.lastPostAt()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(account.source()).isEqualTo("Instagram business discovery");
        assertThat(account("private-person").followers()).isEqualTo(5);
        assertThat(store.status(Platform.INSTAGRAM).orElseThrow().unavailable()).isEqualTo(1);
        assertThat(calls).allSatisfy(call -> assertThat(call).containsEntry("access_token", "token"));
    }

    @Test
    void instagramStopsAtItsLimitUntilTheNextHourAndAtAWrongToken() throws Exception {
        creators("instagram", List.of("one", "two", "three"));
        answers = call -> new Answer(200, "{\"business_discovery\": {\"followers_count\": 10, \"media_count\": 0}}");
        refresh(instagram(2));
        assertThat(calls).hasSize(2);
        assertThat(store.status(Platform.INSTAGRAM).orElseThrow().state()).isEqualTo(State.SPENT);
        now = NOON.plus(Duration.ofHours(1));
        answers = call -> new Answer(400, "{\"error\": {\"message\": \"limit\", \"code\": 4}}");
        refresh(instagram(2));
        assertThat(calls).hasSize(3);
        refresh(instagram(2));
        assertThat(calls).hasSize(3);
        now = NOON.plus(Duration.ofHours(2));
        answers = call -> new Answer(400, "{\"error\": {\"message\": \"expired\", \"code\": 190}}");
        refresh(instagram(2));
        assertThat(store.status(Platform.INSTAGRAM).orElseThrow().reason()).isEqualTo("key");
    }

    @Test
    void aUsernameThatIsNoneNeverBecomesPartOfTheQuestion() throws Exception {
        var fetched = instagram(5).fetch(List.of(new Known("x", "a){id}", null, null)), new Spending() {
            @Override
            public boolean take(long units) {
                return true;
            }

            @Override
            public void exhausted() {}
        });
        assertThat(fetched)
                .singleElement()
                .extracting(Connector.Fetched::problem)
                .isEqualTo("none");
        assertThat(calls).isEmpty();
    }

    @Test
    void anAnswerThatIsNoJsonIsSaid() {
        answers = call -> new Answer(200, "<html>");
        var all = new ArrayList<Known>(List.of(new Known("x", "ana", null, null)));
        assertThatThrownBy(() -> instagram(5).fetch(all, new Spending() {
                    @Override
                    public boolean take(long units) {
                        return true;
                    }

                    @Override
                    public void exhausted() {}
                }))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("answer"));
    }

    @Test
    void thePageSaysThatNothingIsCalledWithoutKeys() {
        assertThat(mvc.get().uri("/admin/refresh").with(people.admin().signedIn()))
                .hasStatusOk()
                .bodyText()
                .contains("CLOSEKNIT_REFRESH_YOUTUBE_KEY", "nothing is ever called");
        assertThat(mvc.get().uri("/admin/refresh").with(people.marketer().signedIn()))
                .hasStatus(403);
    }
}
