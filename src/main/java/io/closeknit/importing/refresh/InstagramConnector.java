package io.closeknit.importing.refresh;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Instagram's business_discovery: one professional account a call, with its last posts. */
@Component
class InstagramConnector implements Connector {
    /** The username goes into an expression: nothing but what a username may hold. */
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._]{1,30}");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]") // Meta writes +0000
            .toFormatter(java.util.Locale.ROOT);
    /** Meta's codes: limits of the application, the person, the page, the business. */
    private static final Set<Integer> LIMITS = Set.of(4, 17, 32, 613, 80002);

    private static final Set<Integer> NOT_TO_BE_HAD = Set.of(24, 100, 110);
    private static final String SOURCE = "Instagram business discovery";

    private final RefreshProperties.Instagram properties;
    private final PlatformHttp http;
    private final Clock clock;

    InstagramConnector(RefreshProperties properties, PlatformHttp http, Clock clock) {
        this.properties = properties.instagram();
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Platform platform() {
        return Platform.INSTAGRAM;
    }

    @Override
    public boolean isConfigured() {
        return properties.token() != null
                && !properties.token().isBlank()
                && properties.accountId() != null
                && !properties.accountId().isBlank();
    }

    @Override
    public int batch() {
        return 10;
    }

    @Override
    public Window window(Instant now) {
        var from = now.truncatedTo(ChronoUnit.HOURS);
        return new Window(from, from.plus(1, ChronoUnit.HOURS), properties.callsPerHour());
    }

    @Override
    public List<Fetched> fetch(List<Known> accounts, Spending spend) throws RefusedException, InterruptedException {
        var fetched = new ArrayList<Fetched>();
        for (var account : accounts) {
            if (!USERNAME.matcher(account.handle()).matches()) {
                fetched.add(new Fetched(account, null, null, "none"));
                continue;
            }
            if (!spend.take(1)) {
                return fetched;
            }
            var answer = http.get(
                    properties.baseUrl(),
                    "/" + properties.accountId(),
                    Connector.parameters(
                            "fields",
                            "business_discovery.username(" + account.handle()
                                    + "){username,followers_count,follows_count,media_count,"
                                    + "media.limit(30){like_count,comments_count,timestamp}}",
                            "access_token",
                            String.valueOf(properties.token())),
                    Map.of());
            var found = answer.body().path("business_discovery");
            if (answer.status() == 200 && !found.isMissingNode()) {
                fetched.add(new Fetched(account, account(account, found), null, null));
                continue;
            }
            var code = answer.body().path("error").path("code").asInt(0);
            if (LIMITS.contains(code)) {
                spend.exhausted();
                return fetched;
            }
            if (!NOT_TO_BE_HAD.contains(code)) {
                throw new RefusedException(answer.status() == 200 ? "answer" : "key", null);
            }
            fetched.add(new Fetched(account, null, null, "none")); // no professional account, renamed, or age-gated
        }
        return fetched;
    }

    private ObjectNode account(Known known, JsonNode found) {
        var account = JsonNodeFactory.instance.objectNode();
        account.put("platform", platform().key());
        account.put("handle", known.handle());
        var followers = count(found, "followers_count");
        put(account, "followers", followers);
        put(account, "following", count(found, "follows_count"));
        put(account, "posts", count(found, "media_count"));
        var posts = new ArrayList<Posts.Post>();
        found.path("media").path("data").forEach(media -> {
            var at = time(media.path("timestamp").asString(""));
            if (at != null) {
                // like_count is missing where likes are hidden
                posts.add(new Posts.Post(
                        at, count(media, "like_count"), count(media, "comments_count"), null, followers));
            }
        });
        new Posts(posts).into(account, "followers");
        account.put("observedAt", clock.instant().toString());
        account.put("source", SOURCE);
        return account;
    }

    private static void put(ObjectNode account, String name, @Nullable Long value) {
        if (value != null) {
            account.put(name, value);
        }
    }

    private static @Nullable Long count(JsonNode node, String name) {
        var value = node.path(name);
        return value.isIntegralNumber() && value.longValue() >= 0 ? Long.valueOf(value.longValue()) : null;
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
