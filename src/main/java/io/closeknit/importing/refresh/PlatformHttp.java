package io.closeknit.importing.refresh;

import io.closeknit.importing.refresh.Connector.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a platform over HTTP; waits longer and longer where it is busy or away. Addresses are never logged: they may hold keys. */
@Component
class PlatformHttp {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int TOO_MANY = 429;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final RetryTemplate retry;
    private final JsonMapper json;

    PlatformHttp(JsonMapper json, @Value("${closeknit.refresh.first-pause:1s}") Duration firstPause) {
        this.json = json;
        this.retry = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(4)
                .delay(firstPause)
                .multiplier(3)
                .jitter(firstPause.dividedBy(4))
                .maxDelay(Duration.ofMinutes(1))
                .includes(BusyException.class, IOException.class)
                .build());
    }

    /** @param status of HTTP, below 500 and not 429 */
    record Answer(int status, JsonNode body) {}

    Answer get(URI base, String path, Map<String, String> parameters, Map<String, String> headers)
            throws RefusedException, InterruptedException {
        var query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request =
                HttpRequest.newBuilder(URI.create(base + path + "?" + query)).timeout(TIMEOUT);
        headers.forEach(request::header);
        try {
            return retry.execute(() -> once(request.build()));
        } catch (RetryException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new RefusedException(e.getCause() instanceof JacksonException ? "answer" : "away", e.getCause());
        }
    }

    private Answer once(HttpRequest request) throws IOException, InterruptedException, BusyException {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == TOO_MANY || response.statusCode() >= 500) {
            throw new BusyException(response.statusCode());
        }
        return new Answer(response.statusCode(), json.readTree(response.body()));
    }

    private static final class BusyException extends Exception {
        private static final long serialVersionUID = 1L;

        BusyException(int status) {
            super("The platform answered " + status);
        }
    }
}
