package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What every text of the pages and the API has to keep to, whichever module it belongs to. */
class MessagesTests {
    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?!')");

    /** Spring formats a text only where it is given something to put in: elsewhere a doubled apostrophe stays doubled. */
    @Test
    void apostrophesAreDoubledWhereSomethingIsPutInAndNowhereElse() throws IOException {
        var wrong = new ArrayList<String>();
        var files = new PathMatchingResourcePatternResolver().getResources("classpath:messages/*.properties");
        for (var file : files) {
            var messages = new Properties();
            try (var reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                messages.load(reader);
            }
            messages.forEach((key, value) -> {
                var text = value.toString();
                if (text.contains("{") ? LONE_APOSTROPHE.matcher(text).find() : text.contains("''")) {
                    wrong.add(key + "=" + text);
                }
            });
        }
        assertThat(files).isNotEmpty();
        assertThat(wrong).isEmpty();
    }
}
