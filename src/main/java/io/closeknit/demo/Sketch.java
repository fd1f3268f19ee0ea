package io.closeknit.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A creator in the JSON of the API while she is being invented. Lists appear with their first entry. */
final class Sketch {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    Sketch(String name) {
        json.put("name", name);
    }

    ObjectNode json() {
        return json;
    }

    Sketch put(String field, String value) {
        json.put(field, value);
        return this;
    }

    /** Where the creator lives. */
    Sketch from(String country, String city) {
        return put("country", country).put("city", city);
    }

    Sketch languages(String... languages) {
        for (var language : languages) {
            json.withArray("languages").add(language);
        }
        return this;
    }

    /** @param weight null: not sent */
    Sketch niche(String slug, @Nullable Double weight) {
        var niche = json.withArray("niches").addObject().put("niche", slug);
        if (weight != null) {
            niche.put("weight", rounded(weight));
        }
        return this;
    }

    Sketch hashtag(String tag, @Nullable Double weight) {
        var hashtag = json.withArray("hashtags").addObject().put("tag", tag);
        if (weight != null) {
            hashtag.put("weight", rounded(weight));
        }
        return this;
    }

    /** Looked for mentions and found none, unless some are added. */
    Sketch lookedForMentions() {
        json.withArray("mentions");
        return this;
    }

    Sketch mention(
            String brand,
            @Nullable String niche,
            @Nullable Boolean paid,
            @Nullable LocalDate on,
            @Nullable String platform,
            @Nullable String url) {
        var mention = json.withArray("mentions").addObject().put("brand", brand);
        if (niche != null) {
            mention.put("niche", niche);
        }
        if (paid != null) {
            mention.put("paid", paid);
        }
        if (on != null) {
            mention.put("on", on.toString());
        }
        if (platform != null) {
            mention.put("platform", platform);
        }
        if (url != null) {
            mention.put("url", url);
        }
        return this;
    }

    Sketch rate(String platform, String deliverable, long amount, String currency) {
        json.withArray("rates")
                .addObject()
                .put("platform", platform)
                .put("deliverable", deliverable)
                .putObject("price")
                .put("amount", BigDecimal.valueOf(amount))
                .put("currency", currency);
        return this;
    }

    Sketch history(String platform, LocalDate on, long followers, @Nullable Double engagementRate) {
        var point = json.withArray("history")
                .addObject()
                .put("platform", platform)
                .put("on", on.toString())
                .put("followers", followers);
        if (engagementRate != null) {
            point.put("engagementRate", rounded(engagementRate));
        }
        return this;
    }

    Account account(String platform, String handle) {
        return new Account(
                json.withArray("accounts").addObject().put("platform", platform).put("handle", handle));
    }

    ArrayNode accounts() {
        return json.withArray("accounts");
    }

    /** Four digits after the point, the resolution of the whole product. */
    static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /** One account of the creator. */
    record Account(ObjectNode json) {
        Account put(String field, long value) {
            json.put(field, value);
            return this;
        }

        Account share(String field, double value) {
            json.put(field, rounded(value));
            return this;
        }

        Account put(String field, String value) {
            json.put(field, value);
            return this;
        }

        Account at(String field, Instant value) {
            json.put(field, value.toString());
            return this;
        }

        Account audience(ObjectNode audience) {
            json.set("audience", audience);
            return this;
        }
    }
}
