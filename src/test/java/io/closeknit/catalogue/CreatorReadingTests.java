package io.closeknit.catalogue;

import static io.closeknit.catalogue.Samples.NICHES;
import static io.closeknit.catalogue.Samples.NOW;
import static io.closeknit.catalogue.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CreatorReadingTests {
    private static List<Problem> problems(ObjectNode json) {
        var reading = new CreatorReading(Samples.SENTENCES, NICHES, true, Set.of(), NOW);
        reading.read(json);
        return reading.problems();
    }

    private static ObjectNode with(String fields) {
        return json("{" + fields.replace("ACCOUNT", "'platform': 'x', 'handle': 'a'") + "}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'folowers': 1                                              | folowers                          | no field
            'slug': 'Ana Trails'                                       | slug                              | lower-case
            'slug': 7                                                  | slug                              | is a number
            'name': ['Ana']                                            | name                              | is a list
            'kind': 'bot'                                              | kind                              | person, page
            'country': 'UK'                                            | country                           | GB for the United Kingdom
            'country': 'Croatia'                                       | country                           | ISO 3166-1
            'languages': ['hr', 'klingon']                             | languages[1]                      | BCP 47
            'languages': 'hr'                                          | languages                         | must be a list
            'email': 'ana'                                             | email                             | e-mail address
            'website': 'javascript:alert(1)'                           | website                           | https://
            'website': 'ana.example'                                   | website                           | https://
            'niches': [{'niche': 'running', 'weight': -1}]             | niches[0].weight                  | is -1
            'niches': [{'niche': 'running', 'weight': 1e400}]          | niches[0].weight                  | too large
            'niches': [{'weight': 1}]                                  | niches[0].niche                   | is missing
            'niches': ['running']                                      | niches[0]                         | must be an object
            'hashtags': [{'tag': '  '}]                                | hashtags[0].tag                   | is missing
            'accounts': null                                           | accounts                          | can't be cleared
            'accounts': [{'platform': 'x'}]                            | accounts[0].handle                | is missing
            'accounts': [{'platform': 'x', 'handle': '@'}]             | accounts[0].handle                | 1 to 200
            'accounts': [{'platform': 'x', 'handle': 'a\\tb'}]         | accounts[0].handle                | control characters
            'accounts': [{'platform': 'myspace', 'handle': 'a'}]       | accounts[0].platform              | instagram, tiktok
            'accounts': [{ACCOUNT}, {'platform': 'x', 'handle': '@A'}] | accounts[1]                       | same account as accounts[0]
            'accounts': [{ACCOUNT, 'likse': 1}]                        | accounts[0].likse                 | no field
            'accounts': [{ACCOUNT, 'followers': -1}]                   | accounts[0].followers             | is -1
            'accounts': [{ACCOUNT, 'followers': '18400'}]              | accounts[0].followers             | is text
            'accounts': [{ACCOUNT, 'followers': 12.5}]                 | accounts[0].followers             | 12.5; it must be a whole number
            'accounts': [{ACCOUNT, 'followers': 10000000001}]          | accounts[0].followers             | 10,000,000,000
            'accounts': [{ACCOUNT, 'followers': 1e999999999}]          | accounts[0].followers             | too large
            'accounts': [{ACCOUNT, 'engagementRate': -1}]              | accounts[0].engagementRate        | is -1
            'accounts': [{ACCOUNT, 'engagementRate': 340}]             | accounts[0].engagementRate        | 0.041 for 4.1 %
            'accounts': [{ACCOUNT, 'replyRate': 1.2}]                  | accounts[0].replyRate             | from 0 to 1
            'accounts': [{ACCOUNT, 'authenticity': 93}]                | accounts[0].authenticity          | from 0 to 1
            'accounts': [{ACCOUNT, 'growth90d': -1.5}]                 | accounts[0].growth90d             | at least -1
            'accounts': [{ACCOUNT, 'observedAt': '2026-11-24T00:00:00Z'}] | accounts[0].observedAt         | future
            'accounts': [{ACCOUNT, 'lastPostAt': '1999-12-31'}]        | accounts[0].lastPostAt            | before the year 2000
            'accounts': [{ACCOUNT, 'observedAt': 'yesterday'}]         | accounts[0].observedAt            | not a time
            'accounts': [{ACCOUNT, 'url': 'ftp://a.example'}]          | accounts[0].url                   | https://
            'accounts': [{ACCOUNT, 'audience': {'countries': {'HR': 0.9, 'SI': 0.8}}}]  | accounts[0].audience.countries     | sum to 1.7
            'accounts': [{ACCOUNT, 'audience': {'countries': {'HR': 1.2}}}]             | accounts[0].audience.countries.HR  | from 0 to 1
            'accounts': [{ACCOUNT, 'audience': {'countries': {'Croatia': 0.2}}}]        | accounts[0].audience.countries.Croatia | ISO 3166-1
            'accounts': [{ACCOUNT, 'audience': {'ages': {'18-25': 0.2}}}]               | accounts[0].audience.ages.18-25    | 18-24
            'accounts': [{ACCOUNT, 'audience': {'genders': {'women': 0.2}}}]            | accounts[0].audience.genders.women | female, male, other
            'accounts': [{ACCOUNT, 'audience': {'agesByGender': {'female': {'18-24': 0.7}, 'male': {'18-24': 0.7}}}}] | accounts[0].audience.agesByGender | sum to 1.4
            'accounts': [{ACCOUNT, 'audience': {'agesByGender': {'female': 0.7}}}]      | accounts[0].audience.agesByGender.female | must be an object
            'history': [{'platform': 'x', 'on': '2027-01-01'}]         | history[0].on                     | future
            'history': [{'platform': 'x'}]                             | history[0].on                     | is missing
            'history': [{'platform': 'x', 'on': '2026-01-01'}, {'platform': 'x', 'on': '2026-01-01'}] | history[1] | same platform and day
            'mentions': [{'paid': true}]                               | mentions[0].brand                 | is missing
            'mentions': [{'brand': 'B', 'paid': 'yes'}]                | mentions[0].paid                  | true or false
            'mentions': [{'brand': 'B', 'on': '14.9.2026'}]            | mentions[0].on                    | not a day
            'rates': [{'platform': 'x', 'deliverable': 'tweet', 'price': {'amount': 1, 'currency': 'EUR'}}] | rates[0].deliverable | post, story
            'rates': [{'platform': 'x', 'deliverable': 'post', 'price': 180}]           | rates[0].price          | must be an object
            'rates': [{'platform': 'x', 'deliverable': 'post', 'price': {'amount': -5, 'currency': 'EUR'}}] | rates[0].price.amount | is -5
            'rates': [{'platform': 'x', 'deliverable': 'post', 'price': {'amount': 5, 'currency': 'Euro'}}] | rates[0].price.currency | ISO 4217
            """)
    void saysWhatIsWrongAtItsPath(String fields, String path, String reason) {
        assertThat(problems(with(fields))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(path);
            assertThat(problem.reason()).contains(reason).endsWith(".");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'accounts': [{ACCOUNT, 'engagementRate': 1.91}]",
                "'accounts': [{ACCOUNT, 'followers': 10000000000, 'likes': 0, 'growth90d': -1}]",
                "'accounts': [{ACCOUNT, 'followers': 18400.0}]",
                "'accounts': [{ACCOUNT, 'observedAt': '2026-11-23T11:59:59Z', 'lastPostAt': '2026-11-20T10:00:00+01:00'}]",
                "'accounts': [{ACCOUNT, 'audience': {'countries': {'hr': 0.7, 'SI': 0.32}, 'languages': {'pt-br': 0.4}}}]",
                "'accounts': [{ACCOUNT, 'audience': {'interests': {'jogging': 0.3, 'basket weaving': 0.2}, 'ages': null}}]",
                "'accounts': [{ACCOUNT, 'url': 'https://x.com/a?b=c#d'}], 'website': 'http://ana.example'",
                "'languages': ['hr', 'EN-gb', 'zh-Hant', 'fil'], 'country': 'hr', 'email': 'ana+1@mail.example.com'",
                "'mentions': [], 'rates': null, 'niches': [], 'history': []",
                "'mentions': [{'brand': 'B', 'niche': 'nobody knows it'}]"
            })
    void takesWhatIsReal(String fields) {
        assertThat(problems(with(fields))).isEmpty();
    }

    @Test
    void longValuesAreRefusedNotCut() {
        assertThat(problems(with("'bio': '" + "x".repeat(10_001) + "'")))
                .containsExactly(new Problem("bio", "bio has 10,001 characters; 10,000 are the most. Shorten it."));
        assertThat(problems(with("'accounts': [{'platform': 'x', 'handle': '" + "x".repeat(201) + "'}]")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("201"));
    }

    @Test
    void atMostTwentyProblemsAreListed() {
        var json = json("{}");
        for (var i = 0; i < 100; i++) {
            json.put("field" + i, i);
        }
        assertThat(problems(json)).hasSize(CreatorReading.MOST_PROBLEMS);
    }

    @Test
    void notationIsMadeOne() {
        var sent = Samples.sent("""
                {'country': 'hr', 'languages': ['EN-gb', 'en-GB'], 'niches': [{'niche': 'Jogging', 'weight': 0.2}, {'niche': 'running', 'weight': 0.3}],
                 'hashtags': [{'tag': '#Trail', 'weight': 1}, {'tag': 'trail', 'weight': 2}],
                 'accounts': [{'platform': 'x', 'handle': ' @Straße ', 'audience': {'interests': {'Jogging': 0.2, 'running': 0.1}}}],
                 'rates': [{'platform': 'x', 'deliverable': 'post', 'price': {'amount': 180.00, 'currency': 'eur'}}]}""");

        assertThat(sent.country().value()).isEqualTo("HR");
        assertThat(sent.languages().value()).containsExactly("en-GB");
        assertThat(sent.niches().value()).singleElement().satisfies(niche -> {
            assertThat(niche.tag().niche()).isEqualTo("running");
            assertThat(niche.tag().weight()).isEqualTo(0.5);
        });
        assertThat(sent.hashtags().value()).singleElement().satisfies(hashtag -> {
            assertThat(hashtag.tag()).isEqualTo("Trail");
            assertThat(hashtag.weight()).isEqualTo(3.0);
        });
        assertThat(sent.accounts().getFirst().handle()).isEqualTo("Straße");
        assertThat(sent.accounts().getFirst().key().handleKey()).isEqualTo("strasse");
        assertThat(sent.accounts().getFirst().audience().value().interests().value())
                .containsOnlyKeys("running");
        assertThat(sent.rates().value().getFirst().price().currency()).isEqualTo("EUR");
        assertThat(sent.rates().value().getFirst().price().amount()).hasToString("180");
    }
}
