package io.closeknit.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that every page says across its whole width while it holds, such as 'Demo data, invented'. Every bean of this
 * type is asked for every page, so the answer must be cheap; the banners come in the order of {@code @Order}.
 */
public interface PageBanner {
    /** @return empty where there is nothing to say now */
    Optional<Banner> banner();

    /**
     * @param text a message key
     * @param arguments of the message
     * @param url where to do something about it, below the context path; null: nowhere. Not shown before the sign-in
     * @param action the message key that labels the url
     */
    record Banner(
            String text,
            List<?> arguments,
            @Nullable String url,
            @Nullable String action) {
        public Banner(String text) {
            this(text, List.of(), null, null);
        }
    }
}
