package io.closeknit.catalogue;

import static io.closeknit.catalogue.Samples.FILE;
import static io.closeknit.catalogue.Samples.JSON;
import static io.closeknit.catalogue.Samples.NOW;
import static io.closeknit.catalogue.Samples.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreatorMergeTests {
    private static final String STORED = """
            {'name': 'Ana', 'kind': 'person', 'bio': 'Runs.', 'country': 'HR', 'city': 'Zagreb', 'languages': ['hr', 'en'],
             'email': 'ana@example.com', 'website': 'https://ana.example',
             'niches': [{'niche': 'running', 'weight': 0.7}], 'hashtags': [{'tag': 'trail', 'weight': 0.4}],
             'accounts': [{'platform': 'x', 'handle': 'ana', 'followers': 100, 'engagementRate': 0.04, 'replyRate': 0.5,
               'audience': {'countries': {'HR': 0.7}, 'genders': {'female': 0.6}}, 'observedAt': '2026-11-10', 'source': 'panel'}],
             'history': [{'platform': 'x', 'on': '2026-10-01', 'followers': 90, 'engagementRate': 0.05}],
             'mentions': [{'brand': 'Salomon', 'niche': 'brooms', 'paid': true}],
             'rates': [{'platform': 'x', 'deliverable': 'post', 'price': {'amount': 10, 'currency': 'EUR'}}]}""";
    private static final String ACCOUNT = "{'accounts': [{'platform': 'x', 'handle': 'ana', %s}]}";

    private final CreatorMerge merge = new CreatorMerge(FILE, false);
    private final StoredCreator stored = merge.create(1, "ana", sent(STORED));

    /** What the document says at a JSON pointer after something more was sent. */
    private static String at(StoredCreator creator, String pointer) {
        var node = JSON.valueToTree(creator.toCreator().document()).at(pointer);
        return node.isMissingNode() ? "unknown" : node.toString().replace('"', '\'');
    }

    @ParameterizedTest(name = "{0} makes {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                            | /city                  | 'Zagreb'
            {'city': 'Split'}                             | /city                  | 'Split'
            {'city': null}                                | /city                  | unknown
            {'city': ' '}                                 | /city                  | unknown
            {'name': null}                                | /name                  | 'ana'
            {'kind': 'page'}                              | /kind                  | 'page'
            {'kind': null}                                | /kind                  | unknown
            {'bio': null}                                 | /bio                   | unknown
            {'country': 'si'}                             | /country               | 'SI'
            {'email': null}                               | /email                 | unknown
            {'website': null}                             | /website               | unknown
            {'languages': ['de']}                         | /languages             | ['de']
            {'languages': null}                           | /languages             | []
            {'niches': [{'niche': 'travel'}]}             | /niches                | [{'niche':'travel','source':'file.csv'}]
            {'niches': [{'niche': 'jogging', 'weight': 0.9}]} | /niches            | [{'niche':'running','weight':0.9,'source':'file.csv'}]
            {'niches': null}                              | /niches                | []
            {'niches': [{'niche': 'brooms', 'weight': 2}]} | /hashtags             | [{'tag':'brooms','weight':2.0},{'tag':'trail','weight':0.4}]
            {'hashtags': [{'tag': '#Summit'}]}            | /hashtags              | [{'tag':'Summit'}]
            {'hashtags': []}                              | /hashtags              | []
            {'mentions': []}                              | /mentions              | []
            {'mentions': null}                            | /mentions              | unknown
            {'mentions': [{'brand': 'Nike'}]}             | /mentions              | [{'brand':'Nike'}]
            {'rates': []}                                 | /rates                 | []
            {'rates': null}                               | /rates                 | []
            {'history': [{'platform': 'x', 'on': '2026-10-01', 'followers': 95}]} | /history/0 | {'platform':'x','on':'2026-10-01','followers':95,'engagementRate':0.05}
            {'history': [{'platform': 'x', 'on': '2026-10-01', 'followers': null}]} | /history/0 | {'platform':'x','on':'2026-10-01','engagementRate':0.05}
            {'history': [{'platform': 'x', 'on': '2026-10-01', 'followers': null, 'engagementRate': null}]} | /history | []
            {'history': [{'platform': 'x', 'on': '2026-09-01', 'followers': 80}]} | /history/0/followers | 80
            {'history': []}                               | /history/0/followers   | 90
            {'history': null}                             | /history               | []
            """)
    void whatIsNotSentStaysAndNullClears(String more, String pointer, String expected) {
        assertThat(at(merge.update(stored, sent(more)), pointer)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} makes {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'posts': 7                                    | followers              | 100
            'followers': 200                              | followers              | 200
            'followers': 200                              | replyRate              | 0.5
            'followers': null                             | followers              | unknown
            'replyRate': null                             | replyRate              | unknown
            'audience': {'countries': {'SI': 0.5}}        | audience               | {'countries':{'SI':0.5},'genders':{'female':0.6}}
            'audience': {'countries': null}               | audience               | {'genders':{'female':0.6}}
            'audience': {'countries': null, 'genders': {}} | audience              | unknown
            'audience': null                              | audience               | unknown
            'followers': 200, 'observedAt': '2026-11-20'  | observedAt             | '2026-11-20T00:00:00Z'
            'followers': 200                              | observedAt             | '2026-11-22T12:00:00Z'
            'followers': 100                              | observedAt             | '2026-11-10T00:00:00Z'
            'followers': 200                              | source                 | 'file.csv'
            'followers': 100                              | source                 | 'panel'
            'followers': 200, 'source': 'by hand'         | source                 | 'by hand'
            """)
    void accountsMergeFigureByFigure(String more, String figure, String expected) {
        assertThat(at(merge.update(stored, sent(ACCOUNT.formatted(more))), "/accounts/0/" + figure))
                .isEqualTo(expected);
    }

    @Test
    void anotherAccountJoinsAndTheLargestComesFirst() {
        var more = sent("{'accounts': [{'platform': 'tiktok', 'handle': 'ana.tok', 'followers': 5000}]}");

        var merged = merge.update(stored, more).toCreator().document();

        assertThat(merged.accounts()).extracting(account -> account.handle()).containsExactly("ana.tok", "ana");
        assertThat(merged.name()).isEqualTo("Ana");
    }

    /** Three files out of order: the newest has followers only, the one in between brings a rate newer than the oldest's. */
    @Test
    void aFileInBetweenReplacesFiguresThatAreOlderThanItself() {
        var newest = merge.update(stored, sent(ACCOUNT.formatted("'followers': 200, 'observedAt': '2026-11-20'")));
        assertThat(newest.accounts().getFirst().others().get("replyRate"))
                .as("as old as it was")
                .isEqualTo(new StoredCreator.Provenance(Instant.parse("2026-11-10T00:00:00Z"), "panel"));

        var between =
                sent(ACCOUNT.formatted("'followers': 150, 'replyRate': 0.7, 'likes': 9, 'observedAt': '2026-11-15'"));
        var merged = merge.update(newest, between);

        assertThat(at(merged, "/accounts/0/followers")).isEqualTo("200");
        assertThat(at(merged, "/accounts/0/replyRate")).isEqualTo("0.7");
        assertThat(at(merged, "/accounts/0/likes")).as("a gap").isEqualTo("9.0");
        assertThat(at(merged, "/accounts/0/observedAt")).isEqualTo("'2026-11-20T00:00:00Z'");
        assertThat(merged.accounts().getFirst().others().get("likes"))
                .isEqualTo(new StoredCreator.Provenance(Instant.parse("2026-11-15T00:00:00Z"), "file.csv"));
        assertThat(merge.update(merged, between)).as("sent again").isEqualTo(merged);

        var older = sent(ACCOUNT.formatted("'replyRate': 0.1, 'likes': 1, 'observedAt': '2026-11-12'"));
        assertThat(at(merge.update(merged, older), "/accounts/0/replyRate")).isEqualTo("0.7");
        var newer = merge.update(
                merged, sent(ACCOUNT.formatted("'replyRate': 0.9, 'likes': 3, 'observedAt': '2026-11-21'")));
        assertThat(newer.accounts().getFirst().others())
                .doesNotContainKeys("replyRate", "likes")
                .containsKey("followers");
    }

    @Test
    void aReplacedFigureStaysInTheHistoryOnItsDay() {
        var merged = merge.update(stored, sent(ACCOUNT.formatted("'followers': 200, 'observedAt': '2026-11-20'")));

        assertThat(at(merged, "/history/1"))
                .isEqualTo("{'platform':'x','on':'2026-11-10','followers':100,'engagementRate':0.04}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'followers': 100, 'observedAt': '2026-11-20'",
                "'replyRate': 0.9, 'observedAt': '2026-11-20'",
                "'followers': 200, 'observedAt': '2026-11-10T20:00:00Z'"
            })
    void nothingBecomesHistoryWhereNothingWasReplacedOrOnTheSameDay(String more) {
        assertThat(merge.update(stored, sent(ACCOUNT.formatted(more))).history())
                .hasSize(1);
    }

    @Test
    void olderFiguresFillGapsAndBecomeHistory() {
        var merged = merge.update(
                stored, sent(ACCOUNT.formatted("'followers': 80, 'posts': 12, 'observedAt': '2026-09-01'")));

        assertThat(at(merged, "/accounts/0/followers")).isEqualTo("100");
        assertThat(at(merged, "/accounts/0/posts")).isEqualTo("12");
        assertThat(at(merged, "/accounts/0/observedAt")).isEqualTo("'2026-11-10T00:00:00Z'");
        assertThat(at(merged, "/history/0")).isEqualTo("{'platform':'x','on':'2026-09-01','followers':80}");
    }

    @Test
    void aPersonsOwnWordCountsAlsoWhereItIsOlder() {
        var edit = new CreatorMerge(FILE, true);

        var merged = edit.update(stored, sent(ACCOUNT.formatted("'followers': 80, 'observedAt': '2026-09-01'")));

        assertThat(at(merged, "/accounts/0/followers")).isEqualTo("80");
    }

    @Test
    void theSameAgainIsEqualWheneverAndFromWhereverItComes() {
        var later = new CreatorMerge(new Origin("again.csv", NOW.plus(Duration.ofDays(3)), false), false);

        assertThat(later.update(stored, sent(STORED))).isEqualTo(stored);
    }

    @Test
    void theDocumentSentBackIsEqual() {
        for (var state : new StoredCreator[] {
            stored, merge.create(2, "bo", sent("{'accounts': [{'platform': 'x', 'handle': 'Bo'}]}"))
        }) {
            var document = JSON.valueToTree(state.toCreator().document()).toString();
            var later = new CreatorMerge(new Origin("admin", NOW.plus(Duration.ofDays(3)), false), true);

            assertThat(later.update(state, sent(document))).isEqualTo(state);
        }
    }
}
