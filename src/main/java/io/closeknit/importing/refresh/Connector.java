package io.closeknit.importing.refresh;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks one platform for figures. */
interface Connector {
    Platform platform();

    /** Whether the operator gave the keys that it needs. */
    boolean isConfigured();

    /** How many accounts it asks for at a time. */
    int batch();

    /** What the platform grants in a window of time. */
    Window window(Instant now);

    /**
     * @param spend takes from what the platform grants, before each call
     * @return for each account what became of it, in order; fewer where what is granted was spent on the way
     * @throws RefusedException where the platform refuses to serve us at all
     */
    List<Fetched> fetch(List<Known> accounts, Spending spend) throws RefusedException, InterruptedException;

    /**
     * An account whose figures are due.
     *
     * @param externalId the platform's own name for it, where we know it
     */
    record Known(
            String handleKey,
            String handle,
            @Nullable String url,
            @Nullable String externalId) {}

    /**
     * @param account as the API describes it; null where there is none to be had
     * @param problem why, a key of the messages; null where there is one
     */
    record Fetched(
            Known known,
            @Nullable ObjectNode account,
            @Nullable String externalId,
            @Nullable String problem) {}

    /** @param granted calls or units from {@code from} until {@code until} */
    record Window(Instant from, Instant until, long granted) {}

    /** Keeps what is spent, for good, before it is spent. */
    interface Spending {
        /** @return false where it is no longer granted; nothing is spent then */
        boolean take(long units);

        /** The platform says that nothing is left, whatever we counted. */
        void exhausted();
    }

    /** The platform does not serve us: a wrong key, no permission, no answer. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        /** @param reason a key of the messages: {@code key}, {@code away}, {@code answer} */
        RefusedException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Figures of posts, as far as they are known. */
    record Posts(List<Post> all) {
        /** @param base what reactions are a share of; null where it is not known */
        record Post(
                Instant at,
                @Nullable Long likes,
                @Nullable Long comments,
                @Nullable Long views,
                @Nullable Long base) {}

        /** Writes what the posts say into {@code account}. */
        void into(ObjectNode account, String basis) {
            if (all.isEmpty()) {
                return;
            }
            var rates = all.stream()
                    .filter(post -> post.likes != null && post.comments != null && post.base != null && post.base > 0)
                    .mapToDouble(post -> (double) (post.likes + post.comments) / post.base)
                    .sorted()
                    .toArray();
            if (rates.length > 0) {
                account.put("engagementRate", Math.min(100, median(rates)));
                account.put("engagementBasis", basis);
                account.put("engagementStatistic", "median");
                account.put("postsSampled", rates.length);
            }
            mean("likes", account, Post::likes);
            mean("comments", account, Post::comments);
            mean("views", account, Post::views);
            var times = all.stream().map(Post::at).sorted().toList();
            account.put("lastPostAt", times.getLast().toString());
            var days = Duration.between(times.getFirst(), times.getLast()).toHours() / 24.0;
            if (times.size() > 2 && days >= 1) {
                account.put("postsPerWeek", Math.min(10_000, (times.size() - 1) * 7 / days));
            }
        }

        private static double median(double[] sorted) {
            var middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        private void mean(String name, ObjectNode account, Function<Post, @Nullable Long> figure) {
            var sum = 0L;
            var known = 0;
            for (var post : all) {
                var value = figure.apply(post);
                if (value != null) {
                    sum += value;
                    known++;
                }
            }
            if (known > 0) {
                account.put(name, (double) sum / known);
            }
        }
    }

    /** Parameters of a request, in their order. */
    static Map<String, String> parameters(String... namesAndValues) {
        var all = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return all;
    }
}
