package io.closeknit.testing;

import io.closeknit.database.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives every application context of a test run the same real PostgreSQL, one per JVM, below {@code target}. Registered
 * in {@code META-INF/spring.factories}, so that no test needs to name it.
 */
public final class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Path FOLDER =
            Path.of("target", "test-data", "jvm-" + ProcessHandle.current().pid());
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
        try {
            // Every context that the tests keep has a pool of its own.
            var settings = new HashMap<>(Map.of("max_connections", "400"));
            if (!durable()) {
                // Speed only: the data does not outlive the run.
                settings.putAll(Map.of("fsync", "off", "synchronous_commit", "off"));
            }
            var postgres = EmbeddedPostgres.start(FOLDER.resolve("postgres"), settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    postgres.close();
                } catch (IOException | InterruptedException e) {
                    System.err.println("The test database did not stop: " + e);
                }
            }));
            return postgres;
        } catch (IOException | InterruptedException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Measurements are of a server as it is in use. */
    private static boolean durable() {
        return Boolean.getBoolean("closeknit.test.durable");
    }

    /** The server of this test run. */
    public static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Files.createDirectories(FOLDER);
            TestPropertyValues.of(
                            "spring.datasource.url=" + POSTGRES.url(),
                            "spring.datasource.username=" + EmbeddedPostgres.APP,
                            "spring.datasource.password=" + POSTGRES.password(EmbeddedPostgres.APP),
                            "spring.datasource.hikari.maximum-pool-size=8",
                            "spring.datasource.hikari.minimum-idle=1",
                            "spring.flyway.user=" + EmbeddedPostgres.OWNER,
                            "spring.flyway.password=" + POSTGRES.password(EmbeddedPostgres.OWNER),
                            "closeknit.data-dir=" + Files.createTempDirectory(FOLDER, "context-"))
                    .applyTo(context);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
