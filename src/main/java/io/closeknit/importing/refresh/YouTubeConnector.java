package io.closeknit.importing.refresh;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.refresh.PlatformHttp.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The YouTube Data API v3: fifty channels a call, then the list of uploads and the figures of the last of them, a call each
 * for every channel. Each call costs a unit, also one that fails; about 4,950 channels fit into a day's 10,000. A channel
 * whose id is not known yet costs one more, once.
 */
@Component
class YouTubeConnector implements Connector {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final Pattern CHANNEL = Pattern.compile("UC[A-Za-z0-9_-]{22}");
    private static final Pattern CHANNEL_ADDRESS = Pattern.compile("/channel/(UC[A-Za-z0-9_-]{22})");
    private static final int IDS = 50;
    private static final String VIDEOS = "30";
    private static final String SOURCE = "YouTube Data API";

    private final RefreshProperties.YouTube properties;
    private final PlatformHttp http;
    private final Clock clock;

    YouTubeConnector(RefreshProperties properties, PlatformHttp http, Clock clock) {
        this.properties = properties.youtube();
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Platform platform() {
        return Platform.YOUTUBE;
    }

    @Override
    public boolean isConfigured() {
        return properties.key() != null && !properties.key().isBlank();
    }

    @Override
    public int batch() {
        return IDS;
    }

    @Override
    public Window window(Instant now) {
        var day = now.atZone(PACIFIC).toLocalDate();
        return new Window(
                day.atStartOfDay(PACIFIC).toInstant(),
                day.plusDays(1).atStartOfDay(PACIFIC).toInstant(),
                properties.unitsPerDay());
    }

    @Override
    public List<Fetched> fetch(List<Known> accounts, Spending spend) throws RefusedException, InterruptedException {
        var fetched = new ArrayList<Fetched>();
        var channels = new HashMap<String, JsonNode>();
        var byId = new ArrayList<String>();
        for (var account : accounts) {
            var id = id(account);
            if (id != null) {
                byId.add(id);
            }
        }
        if (!byId.isEmpty()) {
            var answer = call(
                    "/channels",
                    Connector.parameters(
                            "part",
                            "snippet,statistics,contentDetails",
                            "id",
                            String.join(",", byId),
                            "maxResults",
                            "50"),
                    spend);
            if (answer == null) {
                return fetched;
            }
            answer.path("items").forEach(item -> channels.put(item.path("id").asString(""), item));
        }
        for (var account : accounts) {
            var id = id(account);
            JsonNode channel;
            if (id == null) {
                var answer = call(
                        "/channels",
                        Connector.parameters(
                                "part", "snippet,statistics,contentDetails", "forHandle", "@" + account.handle()),
                        spend);
                if (answer == null) {
                    return fetched;
                }
                channel = answer.path("items").path(0);
            } else {
                channel = channels.getOrDefault(id, JsonNodeFactory.instance.missingNode());
            }
            if (channel.isMissingNode()) {
                fetched.add(new Fetched(account, null, null, "none"));
                continue;
            }
            var posts = posts(channel, spend);
            if (posts == null) {
                return fetched;
            }
            fetched.add(new Fetched(
                    account,
                    account(account, channel, posts),
                    channel.path("id").asString(""),
                    null));
        }
        return fetched;
    }

    private static @Nullable String id(Known account) {
        if (account.externalId() != null) {
            return account.externalId();
        }
        if (CHANNEL.matcher(account.handle()).matches()) {
            return account.handle();
        }
        var address = account.url() == null ? null : CHANNEL_ADDRESS.matcher(account.url());
        return address != null && address.find() ? address.group(1) : null;
    }

    /** The last videos; null where nothing is granted any more. */
    private @Nullable Posts posts(JsonNode channel, Spending spend) throws RefusedException, InterruptedException {
        var uploads = channel.path("contentDetails")
                .path("relatedPlaylists")
                .path("uploads")
                .asString("");
        if (uploads.isEmpty()) {
            return new Posts(List.of());
        }
        var list = call(
                "/playlistItems",
                Connector.parameters("part", "contentDetails", "playlistId", uploads, "maxResults", VIDEOS),
                spend);
        if (list == null) {
            return null;
        }
        var ids = new ArrayList<String>();
        list.path("items")
                .forEach(item ->
                        ids.add(item.path("contentDetails").path("videoId").asString("")));
        ids.removeIf(String::isEmpty);
        if (ids.isEmpty()) {
            return new Posts(List.of());
        }
        var videos =
                call("/videos", Connector.parameters("part", "snippet,statistics", "id", String.join(",", ids)), spend);
        if (videos == null) {
            return null;
        }
        var posts = new ArrayList<Posts.Post>();
        videos.path("items").forEach(video -> {
            var at = video.path("snippet").path("publishedAt").asString("");
            var statistics = video.path("statistics");
            var views = count(statistics, "viewCount");
            if (!at.isEmpty()) {
                posts.add(new Posts.Post(
                        Instant.parse(at),
                        count(statistics, "likeCount"), // hidden by some
                        count(statistics, "commentCount"), // switched off by some
                        views,
                        views));
            }
        });
        return new Posts(posts);
    }

    /** Counts come as text. */
    private static @Nullable Long count(JsonNode statistics, String name) {
        var value = statistics.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return Long.valueOf(value.asString());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private ObjectNode account(Known known, JsonNode channel, Posts posts) {
        var account = JsonNodeFactory.instance.objectNode();
        account.put("platform", platform().key());
        account.put("handle", known.handle());
        var statistics = channel.path("statistics");
        var followers = count(statistics, "subscriberCount");
        if (followers != null && !statistics.path("hiddenSubscriberCount").asBoolean(false)) {
            account.put("followers", followers);
        }
        var videos = count(statistics, "videoCount");
        if (videos != null) {
            account.put("posts", videos);
        }
        posts.into(account, "views");
        account.put("observedAt", clock.instant().toString());
        account.put("source", SOURCE);
        return account;
    }

    /** @return null where nothing is granted any more */
    private @Nullable JsonNode call(String path, Map<String, String> parameters, Spending spend)
            throws RefusedException, InterruptedException {
        if (!spend.take(1)) {
            return null;
        }
        var answer = http.get(
                properties.baseUrl(), path, parameters, Map.of("X-goog-api-key", String.valueOf(properties.key())));
        if (answer.status() == 200) {
            return answer.body();
        }
        return switch (reason(answer)) {
            case "quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded" -> {
                spend.exhausted();
                yield null;
            }
            // A channel or a list of uploads that is not there (any more) says nothing about the others.
            case "playlistNotFound",
                    "channelNotFound",
                    "videoNotFound",
                    "playlistItemsNotAccessible",
                    "channelForbidden" -> JsonNodeFactory.instance.objectNode();
            default -> throw new RefusedException(answer.status() == 404 ? "answer" : "key", null);
        };
    }

    private static String reason(Answer answer) {
        return answer.body().path("error").path("errors").path(0).path("reason").asString("");
    }
}
