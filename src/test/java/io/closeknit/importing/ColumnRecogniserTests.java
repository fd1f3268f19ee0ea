package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.importing.RecognisedColumn.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers as exports have them; the values are invented. */
class ColumnRecogniserTests {
    /** @param table lines with '|' between cells, the header first */
    private static List<RecognisedColumn> recognise(String... table) {
        var rows = Arrays.stream(table)
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
        var columns =
                ColumnNames.of(rows.getFirst()).stream().map(ColumnProfile::new).toList();
        for (var row : rows.subList(1, rows.size())) {
            for (var i = 0; i < row.size(); i++) {
                columns.get(i).add(row.get(i));
            }
        }
        return ColumnRecogniser.recognise(columns);
    }

    private static String fields(List<RecognisedColumn> columns) {
        return columns.stream()
                .map(column -> {
                    var mapping = column.mapping();
                    return (mapping.field() == null ? "-" : mapping.field().key())
                            + (mapping.platform() == null
                                    ? ""
                                    : "@" + mapping.platform().key())
                            + (mapping.unit() == null
                                    ? ""
                                    : ":" + mapping.unit().key());
                })
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "''{0}'' with cells like ''{1}'' is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "username|ana.trails|handle",
                "Handle|@ana|handle",
                "User Name|ana|handle",
                "Instagram Handle|ana|handle@instagram",
                "TikTok username|ana|handle@tiktok",
                "Instagram|@ana|handle@instagram",
                "Instagram|https://instagram.com/ana|url@instagram",
                "Nutzername|ana|handle",
                "Profile URL|https://instagram.com/ana|url",
                "url|https://example.com/ana|website",
                "link in bio|https://example.com|website",
                "Platform|Instagram|platform",
                "Netzwerk|TikTok|platform",
                "Followers|12.5K|followers",
                "Follower count|12500|followers",
                "followers_count|12500|followers",
                "followersCount|12500|followers",
                "Subscribers|1.2M|followers",
                "Abonnenten|12.500|followers",
                "Seguidores|12 500|followers",
                "Number of followers|12500|followers",
                "Instagram Followers|12500|followers@instagram",
                "Abonnés|12500|followers",
                "Followees|300|following",
                "Following|300|following",
                "Posts|40|posts",
                "media_count|40|posts",
                "Total videos|40|posts",
                "posts_total|40|posts",
                "posts_sampled|17|postsSampled",
                "Category|fashion|niches",
                "Category_1|fashion|niches",
                "Kategorie|Mode|niches",
                "Tags|a, b|niches",
                "bio_hashtags|#a #b|hashtags",
                "Engagement Rate|3.4 %|engagementRate:percent",
                "ER|3.4 %|engagementRate:percent",
                "ER (%)|0.8|engagementRate:percent",
                "engagement_rate_pct|0.8|engagementRate:percent",
                "Interaktionsrate|3,4 %|engagementRate:percent",
                "eng. rate|0.034|engagementRate:fraction",
                "Engagement|6.2M|engagements",
                "Avg. likes|610|likes",
                "Likes avg.|610|likes",
                "avg_likes_sampled|610.5|likes",
                "Average comments|41|comments",
                "Total likes|99000000|-",
                "avg_views|5200|views",
                "Audience country|India|-",
                "Country|Croatia|country",
                "Land|Kroatien|country",
                "Location|Zagreb, Croatia|location",
                "Country|Zagreb, Croatia|location",
                "language_code|eng|languages",
                "Sprache|Deutsch|languages",
                "E-mail|ana@example.com|email",
                "Contact|ana@example.com|email",
                "Contact|call me|-",
                "Credibility|0.93|authenticity:fraction",
                "Real followers %|93|authenticity:percent",
                "Price (EUR)|180|price.post",
                "Story price|€80|price.story",
                "Follower growth|0.035|growth90d:fraction",
                "Last post|2025-12-31|lastPostAt",
                "scraped_at|2025-09-06T07:03:43Z|observedAt",
                "Rating|5|-",
                "S.no|1|-",
                "Followers|many|-",
                "shipping_address.city|Split|-"
            })
    void oneColumnIsRecognisedByNameAndValues(String header, String cell, String expected) {
        var columns = recognise("some id|" + header, "x|" + cell, "y|" + cell);
        assertThat(fields(columns.subList(1, 2))).isEqualTo(expected);
    }

    @Test
    void ofTwoColumnsForOneFigureTheMoreExactOneIsTakenAndSaid() {
        var columns = recognise(
                "S.no|Tiktoker name|Tiktok name|Subscribers|Subscribers|Views avg.|Views avg.",
                "1|ana.trails|Ana Horvat|13.8M|13800000|6.4M|6400000",
                "2|bo.cooks|Bo Lindqvist|2.1M|2100000|17.9M|17900000");
        assertThat(fields(columns)).isEqualTo("- handle@tiktok name - followers - views");
        assertThat(columns.get(3).status()).isEqualTo(Status.LESS_EXACT);
        assertThat(columns.get(3).other()).isEqualTo("Subscribers (2)");
    }

    @Test
    void namesAndHandlesAreToldApartByTheirValues() {
        assertThat(fields(recognise(
                        "Name|Youtuber|Country|Subscribers|Category_2|Category_3",
                        "Ana - Trails & Co|anatrails|India|224.4M|Music & Dance|",
                        "Bo Cooks|BoCooks|United States|90.8M|Video games|Humor")))
                .isEqualTo("name handle@youtube country followers niches niches");
        assertThat(fields(recognise(
                        "youtuber name|channel name|avg views",
                        "anatrails|Ana Trails|323.7K",
                        "bocooks|Bo Cooks|13.8M")))
                .isEqualTo("handle@youtube name views");
        assertThat(fields(recognise(
                        "Instagram name| Name|Engagement average|Engagement average Values",
                        "ana|Ana H|6.2M|6200000.00",
                        "bo|Bo L|5.5M|5500000.00")))
                .isEqualTo("handle@instagram name - engagements");
        assertThat(fields(recognise(
                        "creator_hash|niche|followers", "2254f4bac2b4|crypto|32000", "1d2fa45e60ad|crypto|22300")))
                .isEqualTo("handle niches followers");
        assertThat(fields(recognise("name|followers", "Ana Horvat|1", "Bo Lindqvist|2")))
                .isEqualTo("name followers");
    }

    @Test
    void severalAccountsOfOneCreatorStandBesideEachOther() {
        assertThat(fields(recognise(
                        "Name|Email|Instagram Handle|YouTube Handle|TikTok Handle|Followers Count|Engagement Rate|City|Country",
                        "Ana Horvat|a@example.com|ana|anatrails||18400|4.1%|Zagreb|Croatia")))
                .isEqualTo(
                        "name email handle@instagram handle@youtube - followers engagementRate:percent city country");
    }

    @Test
    void theUnitOfRatesComesFromTheColumnAsAWhole() {
        assertThat(fields(recognise("ER", "0.034", "0.021", "1.913955", "0.05")))
                .isEqualTo("engagementRate:fraction");
        assertThat(fields(recognise("ER", "3.4", "2.2", "0.4", "5.1", "8"))).isEqualTo("engagementRate:percent");
        assertThat(fields(recognise("ER", "3,4 %", "2,2 %"))).isEqualTo("engagementRate:percent");
        var unclear = recognise("ER", "0.9", "1.1", "0.4").getFirst();
        assertThat(unclear.mapping().unit()).isNull();
        assertThat(unclear.unitUnclear()).isTrue();
        assertThat(unclear.suggested()).isEqualTo(Unit.PERCENT);
        assertThat(recognise("ER", "1.9").getFirst().unitUnclear()).isTrue();
    }

    @Test
    void germanThousandsAreTakenWhereTheWholeColumnOrTheFileShowsThem() {
        assertThat(recognise("Follower", "1.234", "56.789", "812")
                        .getFirst()
                        .mapping()
                        .decimal())
                .isEqualTo(DecimalMark.COMMA);
        assertThat(recognise("Follower", "1.234", "56789", "812")
                        .getFirst()
                        .mapping()
                        .decimal())
                .isEqualTo(DecimalMark.UNCLEAR);
        assertThat(recognise("Follower", "1.234").getFirst().mapping().decimal())
                .isEqualTo(DecimalMark.UNCLEAR);
        assertThat(recognise("Follower|ER", "1.234|3,4 %", "812|2,25 %")
                        .getFirst()
                        .mapping()
                        .decimal())
                .isEqualTo(DecimalMark.COMMA);
        assertThat(recognise("avg likes", "1.234", "810.5").getFirst().mapping().decimal())
                .isEqualTo(DecimalMark.POINT);
    }

    @Test
    void blankAndDoubledHeadersHaveNamesOfTheirOwn() {
        assertThat(ColumnNames.of(List.of("", "Name", " name ", "Authentic\nengagement ", "")))
                .containsExactly("Column 1", "Name", "name (2)", "Authentic engagement", "Column 5");
        assertThat(ColumnNames.of(new ArrayList<>(List.of("a", "a", "a (2)")))).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "''{0}'' is {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Female %|GENDERS|female",
                "Audience male|GENDERS|male",
                "Frauen (Anteil)|GENDERS|female",
                "IG Women|GENDERS|female",
                "18–24|AGES|18-24",
                "25-34 %|AGES|25-34",
                "Audience age 65+|AGES|65+",
                "age_13_17|AGES|13-17",
                "Female 25-34 %|AGES_BY_GENDER|female/25-34",
                "Audience: US|COUNTRIES|US",
                "Audience Germany %|COUNTRIES|DE",
                "Followers from Croatia|COUNTRIES|HR",
                "Audience language en|LANGUAGES|en",
                "Top country 1|TOP_COUNTRY|1",
                "Audience country|TOP_COUNTRY|''",
                "Top country 1 %|TOP_COUNTRY_SHARE|1",
                "Top Country 2 share|TOP_COUNTRY_SHARE|2",
            })
    void saysWhichPartOfTheAudienceAHeaderNames(String header, AudienceColumn.Part part, String key) {
        assertThat(AudienceColumn.of(header)).contains(new AudienceColumn(part, key));
    }

    @ParameterizedTest
    @CsvSource({
        "Gender",
        "Followers",
        "Followers growth %",
        "ER %",
        "Age",
        "18-34",
        "Engagement share",
        "Female posts",
        "Top posts",
        "Male and female",
        "Country",
        "Other",
        "Post 18-24"
    })
    void takesNothingElseForTheAudience(String header) {
        assertThat(AudienceColumn.of(header)).isEmpty();
    }

    @Test
    void sharesOfTheAudienceHaveOneUnitInAFile() {
        assertThat(fields(recognise(
                        "handle|Female|Male|18-24|Audience: AT",
                        "ana|64|36|41.5|0.4",
                        "bo|20|80|12|0.9",
                        "cy|||3|0.1")))
                .as("a small country is percent as the others are")
                .isEqualTo(
                        "handle audience.share:percent audience.share:percent audience.share:percent audience.share:percent");
        assertThat(fields(recognise("handle|Female|Audience: AT", "ana|0.64|0.04", "bo|0.2|0.01")))
                .isEqualTo("handle audience.share:fraction audience.share:fraction");
        var unclear = recognise("handle|Audience: AT", "ana|0.1", "bo|0.05");
        assertThat(unclear.get(1).unitUnclear()).isTrue();
        assertThat(fields(recognise("handle|Male", "ana|yes", "bo|no"))).isEqualTo("handle -");
    }

    @Test
    void countriesWithoutTheirSharesAreLeftOut() {
        assertThat(fields(recognise(
                        "handle|Top country 1|Top country 1 %|Top country 2",
                        "ana|Croatia|45.2|Germany", "bo|Italy|12|Spain")))
                .isEqualTo("handle audience.country audience.share:percent -");
        var named = recognise("handle|Audience country", "ana|Croatia", "bo|Italy");
        assertThat(fields(named)).isEqualTo("handle -");
        assertThat(named.get(1).status()).isEqualTo(Status.AUDIENCE);
        assertThat(fields(recognise("handle|Top countries", "ana|US (45.2%), India 10,5 %", "bo|Spain: 30%")))
                .isEqualTo("handle audience.country");
    }
}
