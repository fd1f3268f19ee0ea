package io.closeknit.importing.refresh;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the refresh from platforms. Without keys nothing is ever called.
 *
 * @param every how old figures may become before they are fetched anew
 * @param look how often to look whether some are
 */
@ConfigurationProperties("closeknit.refresh")
record RefreshProperties(
        @DefaultValue("30d") Duration every,
        @DefaultValue("15m") Duration look,
        @DefaultValue YouTube youtube,
        @DefaultValue Instagram instagram) {
    RefreshProperties {
        if (every.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("closeknit.refresh.every must be at least 1h");
        }
        if (look.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("closeknit.refresh.look must be at least 1s");
        }
    }

    /**
     * @param key of the YouTube Data API v3; best given as {@code CLOSEKNIT_REFRESH_YOUTUBE_KEY}
     * @param unitsPerDay what Google grants; a day begins at midnight Pacific time
     */
    record YouTube(
            @Nullable String key,

            @DefaultValue("https://www.googleapis.com/youtube/v3")
            URI baseUrl,

            @DefaultValue("10000") long unitsPerDay) {}

    /**
     * @param token of the operator's Instagram account; best given as {@code CLOSEKNIT_REFRESH_INSTAGRAM_TOKEN}
     * @param accountId the id of that account, which asks for the others
     * @param callsPerHour what Meta grants
     */
    record Instagram(
            @Nullable String token,
            @Nullable String accountId,

            @DefaultValue("https://graph.facebook.com/v25.0")
            URI baseUrl,

            @DefaultValue("200") long callsPerHour) {}
}
