package io.closeknit.access;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param baseUrl where people reach Closeknit, such as {@code https://closeknit.example.com}. Links in mails begin with
 *     it, never with what a request says its host is; so without it no mail is sent
 * @param mailFrom the sender of mails
 * @param apiPerMinute calls of the API that one person may make in a minute, and saved up at most
 */
@Validated
@ConfigurationProperties("closeknit.access")
record AccessProperties(
        @Pattern(
                regexp = "https?://[^\\s/]+(/[^\\s]*[^\\s/])?",
                message = "must be an address such as https://closeknit.example.com, without a slash at its end")
        @Nullable
        String baseUrl,

        @DefaultValue("closeknit@localhost") String mailFrom,
        @DefaultValue("6000") @Min(1) int apiPerMinute) {}
