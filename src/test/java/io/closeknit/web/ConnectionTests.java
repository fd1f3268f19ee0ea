package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * With a single connection to the database: whoever takes a second one while holding the first, or makes its holder wait,
 * waits for ever. With ten connections the same needs ten people at once.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
class ConnectionTests {
    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    private TestPeople people;

    @Autowired
    private DataSource connections;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private NicheDirectory niches;

    @Autowired
    private PlatformTransactionManager transactions;

    @LocalServerPort
    private int port;

    /** Other tests share the pool. */
    private int most;

    private long patience;

    @BeforeEach
    void leaveOneConnection() {
        var pool = pool();
        most = pool.getHikariConfigMXBean().getMaximumPoolSize();
        patience = pool.getHikariConfigMXBean().getConnectionTimeout();
        pool.getHikariConfigMXBean().setMaximumPoolSize(1);
        pool.getHikariConfigMXBean().setConnectionTimeout(3_000);
        await().until(() -> {
            pool.getHikariPoolMXBean().softEvictConnections();
            return pool.getHikariPoolMXBean().getTotalConnections() <= 1;
        });
    }

    @AfterEach
    void giveTheOthersBack() {
        pool().getHikariConfigMXBean().setMaximumPoolSize(most);
        pool().getHikariConfigMXBean().setConnectionTimeout(patience);
    }

    @Test
    void oneConnectionIsEnoughForPagesAndPrograms() {
        var ana = people.admin();
        var visitor = new Visitor(port);
        assertThat(visitor.signIn(ana).statusCode()).isEqualTo(302);
        for (var page : new String[] {"/discover?sort=fit", "/briefs", "/account", "/admin/index", "/admin/imports"}) {
            assertThat(visitor.get(page).statusCode()).as(page).isIn(200, 503);
            assertThat(visitor.get(page).body()).as(page).doesNotContain("Error 500", "The server is busy");
        }
        var made = api("/api/v1/tokens", ana.basic());
        assertThat(made.statusCode()).isEqualTo(201);
        var token = made.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
        assertThat(api("/api/v1/tokens", "Bearer " + token).statusCode()).isEqualTo(201);
    }

    @Test
    void whoHoldsAConnectionDoesNotWaitForWhoeverLooksAtTheNiches() throws Exception {
        niches.tree();
        Thread.sleep(1_100); // the tree is trusted for a second
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looking = new TransactionTemplate(transactions).execute(_ -> {
                jdbc.sql("select 1").query(Integer.class).single(); // from here on the connection is held
                var other = CompletableFuture.supplyAsync(niches::tree, threads);
                await().until(() -> pool().getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
                assertThat(niches.tree().all()).isNotEmpty();
                return other;
            });
            assertThat(looking)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .extracting(NicheTree::all)
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .isNotEmpty();
        }
    }

    @Test
    void whoWaitedInVainIsToldToComeAgain() throws Exception {
        var ana = people.admin();
        var visitor = new Visitor(port);
        visitor.signIn(ana);
        try (var taken = connections.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertThat(visitor.get("/briefs", "HX-Request", "true").body()).contains("ck-notice", "The server is busy");
            var page = visitor.get("/briefs");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.body()).contains("The server is busy").doesNotContain("Exception");

            var program = api("/api/v1/tokens", ana.basic());
            assertThat(program.statusCode()).isEqualTo(503);
            assertThat(program.headers().firstValue("Retry-After")).isPresent();
            assertThat(program.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(program.body()).contains("urn:closeknit:problem:busy", "Try again");
        }
        assertThat(visitor.get("/briefs").statusCode()).as("still signed in").isEqualTo(200);
    }

    @Test
    void filesAreLinkedByTheirContentAndPagesAsTheyAre() {
        var page = new Visitor(port).get("/sign-in").body();
        assertThat(page).containsPattern("/web/closeknit-[0-9a-f]{32}\\.css").contains("action=\"/sign-in\"");
        assertThat(FileLinks.isFile("/web/closeknit.css")).isTrue();
        assertThat(FileLinks.isFile("/creators/ana-babic")).isFalse();
        assertThat(FileLinks.isFile("/discover?q=a.css")).isFalse();
    }

    private HikariDataSource pool() {
        return (HikariDataSource) connections;
    }

    private HttpResponse<String> api(String path, String authorization) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Authorization", authorization)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
