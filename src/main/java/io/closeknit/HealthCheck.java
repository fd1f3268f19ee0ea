package io.closeknit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the application on this machine whether it is ready; for the container's health check, whose image has no curl. */
final class HealthCheck {
    private HealthCheck() {}

    /** Exits with 0 where pages and rankings are served, with 1 where not. */
    public static void main(String[] args) throws InterruptedException {
        var port = System.getenv().getOrDefault("SERVER_PORT", "8080");
        var ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(4))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var status =
                    client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode();
            System.exit(status == 200 ? 0 : 1);
        } catch (java.io.IOException e) {
            System.exit(1);
        }
    }
}
