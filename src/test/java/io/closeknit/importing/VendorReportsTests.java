package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CreatorDocument.Platform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Reports of the shapes that the services document; the people are invented. */
class VendorReportsTests {
    private static Translated translate(String json, @Nullable Platform chosen) {
        return new JsonTranslator(chosen, null).translate(new RawRecord(1, json, null));
    }

    private static ObjectNode creator(String json, @Nullable Platform chosen) {
        return ((Translated.Creator) translate(json, chosen)).object();
    }

    private static final String MODASH = """
            {"error": false, "profile": {"userId": "1",
              "profile": {"userId": "1", "fullname": "Ana Horvat", "username": "ana.trails", "url": "https://www.instagram.com/ana.trails",
                "picture": "https://x.example/1.jpg", "followers": 18400, "engagements": 50, "engagementRate": 0.0027},
              "bio": "Runs uphill", "city": "Zagreb", "country": "HR", "language": {"code": "hr", "name": "Croatian"},
              "contacts": [{"type": "email", "value": "ana@example.com"}], "hashtags": [{"tag": "trailrunning", "weight": 0.4}],
              "mentions": [{"tag": "salomon", "weight": 0.2}], "postsCount": 830, "stats": {"avgLikes": {"value": 610.5, "compared": 0.1}},
              "sponsoredPosts": [{"url": "https://www.instagram.com/p/1", "created": "2026-09-14T10:00:00.000Z", "sponsors": [{"username": "hoka"}]}],
              "statHistory": [{"month": "2026-05", "followers": 17900, "avgLikes": 500}],
              "audience": {"credibility": 0.93, "genders": [{"code": "FEMALE", "weight": 0.64}, {"code": "MALE", "weight": 0.36}],
                "ages": [{"code": "25-34", "weight": 0.58}, {"code": "45-64", "weight": 0.1}, {"code": "65-", "weight": 0.02}],
                "gendersPerAge": [{"code": "25-34", "male": 0.21, "female": 0.37}],
                "geoCountries": [{"name": "Croatia", "code": "HR", "weight": 0.71}], "languages": [{"code": "hr", "name": "Croatian", "weight": 0.8}],
                "interests": [{"name": "Trail running", "weight": 0.5}], "ethnicities": [{"code": "white", "weight": 0.9}]}}}""";

    @Test
    void aModashReportIsACreatorWithHerAudience() {
        var ana = creator(MODASH, null);
        var account = ana.at("/accounts/0");
        assertThat(account.path("platform").asString()).isEqualTo("instagram");
        assertThat(account.path("engagementRate").asDouble()).isEqualTo(0.0027); // a fraction there
        assertThat(account.path("authenticity").asDouble()).isEqualTo(0.93);
        assertThat(account.path("likes").asDouble()).isEqualTo(610.5);
        assertThat(account.at("/audience/genders/female").asDouble()).isEqualTo(0.64);
        assertThat(account.at("/audience/ages").toString()).isEqualTo("{\"25-34\":0.58,\"65+\":0.02}");
        assertThat(account.at("/audience/agesByGender/female/25-34").asDouble()).isEqualTo(0.37);
        assertThat(ana.at("/history/0/on").asString()).isEqualTo("2026-05-01");
        assertThat(ana.at("/mentions/0").toString())
                .isEqualTo(
                        "{\"brand\":\"hoka\",\"paid\":true,\"on\":\"2026-09-14\",\"url\":\"https://www.instagram.com/p/1\",\"platform\":\"instagram\"}");
        assertThat(ana.at("/mentions/1/brand").asString()).isEqualTo("salomon");
    }

    @Test
    void whatIsLeftOutOfAReportIsSaidAndEthnicityIsNeverKept() {
        var notes = ((Translated.Creator) translate(MODASH, null)).notes();
        assertThat(notes)
                .anySatisfy(note -> {
                    assertThat(note.column()).endsWith("audience.ethnicities");
                    assertThat(Wording.of(note.reason())).contains("special category");
                })
                .anySatisfy(note -> assertThat(note.value()).contains("45-64"));
        assertThat(creator(MODASH, null).toString()).doesNotContain("white");
    }

    @Test
    void aHypeAuditorRateIsAPercentage() {
        var creator = creator("""
                {"first_name": "Bo", "last_name": "Lind", "bio": "Cooks", "language": ["sv"], "emails": ["bo@example.com"],
                 "country": {"title": "Sweden"}, "accounts": {"instagram": {"username": "bo.cooks", "subscribers_count": 8400, "er": 3.4},
                   "twitch": {"username": "bo", "subscribers_count": 10, "er": 0}}}""", null);
        assertThat(creator.path("name").asString()).isEqualTo("Bo Lind");
        assertThat(creator.path("country").asString()).isEqualTo("SE");
        assertThat(creator.at("/accounts/0/engagementRate").asDouble()).isEqualTo(0.034);
        assertThat(creator.at("/accounts/1").has("engagementRate")).isFalse();

        var connection = creator(
                "{\"social_id\": 1, \"username\": \"cy\", \"title\": \"Cy\", \"subscribers_count\": 5, \"er\": 191.3955}",
                Platform.TIKTOK);
        assertThat(connection.at("/accounts/0/engagementRate").asDouble()).isEqualTo(1.913955);
        assertThat(connection.at("/accounts/0/platform").asString()).isEqualTo("tiktok");
    }

    @Test
    void anInsightIqRateMayPassOne() {
        var creator = creator("""
                {"work_platform": {"id": "9", "name": "Instagram"}, "profile": {"platform_username": "dara", "full_name": "Dara", "follower_count": 80080,
                  "average_likes": 153269, "engagement_rate": 1.913955, "language": "EN", "location": {"city": "Pune", "country": "India"},
                  "reputation_history": [{"month": "2026-04", "follower_count": 33566}, {"month": "2026-05", "follower_count": 69168}],
                  "top_hashtags": [{"name": "#wedding", "value": 3}], "top_contents": [{"published_at": "2026-05-03T10:00:00"}]}}""", null);
        var account = creator.at("/accounts/0");
        assertThat(account.path("engagementRate").asDouble()).isEqualTo(1.913955);
        assertThat(account.path("lastPostAt").asString()).isEqualTo("2026-05-03T10:00:00Z");
        assertThat(creator.path("country").asString()).isEqualTo("IN");
        assertThat(creator.at("/history/1/followers").asLong()).isEqualTo(69168);
        assertThat(creator.at("/hashtags/0/tag").asString()).isEqualTo("wedding");
    }

    @Test
    void aReportOfNobodyOrOfNoPlatformIsRefusedInWords() {
        assertThat(translate("{\"username\": \"cy\", \"subscribers_count\": 5}", null))
                .isInstanceOfSatisfying(
                        Translated.Refused.class,
                        refused -> assertThat(Wording.of(refused.reason())).contains("platform"));
        assertThat(translate("{\"profile\": {\"platform_username\": \"\", \"x\": 1}}", Platform.TIKTOK))
                .isInstanceOfSatisfying(
                        Translated.Refused.class,
                        refused -> assertThat(Wording.of(refused.reason())).contains("no handle"));
    }
}
