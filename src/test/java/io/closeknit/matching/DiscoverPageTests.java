package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.DoNotContact;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPeople.class, SampleCatalogue.class})
class DiscoverPageTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private SampleCatalogue catalogue;

    @Autowired
    private CreatorSearch search;

    @Autowired
    private DoNotContact doNotContact;

    private TestPerson marketer;

    @BeforeEach
    void fill() throws InterruptedException {
        catalogue.fill();
        marketer = people.marketer();
    }

    @AfterEach
    void empty() {
        catalogue.empty();
    }

    private MvcTestResult get(TestPerson person, String url) {
        return mvc.get().uri(url).with(person.signedIn()).exchange();
    }

    private MvcTestResult part(String target, String url) {
        return mvc.get()
                .uri(url)
                .with(marketer.signedIn())
                .header("HX-Request", "true")
                .header("HX-Target", target)
                .exchange();
    }

    private static String text(MvcTestResult answer) throws Exception {
        return answer.getResponse()
                .getContentAsString()
                .replaceAll("<[^>]+>", "")
                .replace("&#39;", "'")
                .replaceAll("[\\s\u00a0]+", " ");
    }

    @Test
    void whoIsNotToBeContactedIsMarkedAndLeftOutOnRequest() throws Exception {
        var admin = people.admin();
        admin.does(() -> doNotContact.mark("lea-trailhart", "asked us not to"));
        var shown = get(marketer, "/discover?q=Trailhart");
        assertThat(text(shown)).contains("Lea Trailhart", "Do not contact");
        var leftOut = get(marketer, "/discover?q=Trailhart&leaveOutDoNotContact=true");
        assertThat(text(leftOut)).contains("without those not to contact").doesNotContain("Lea Trailhart");
        assertThat(mvc.get()
                        .uri("/api/v1/creators?q=Trailhart&leaveOutDoNotContact=true")
                        .header("Authorization", marketer.bearer()))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.total")
                .isEqualTo(0);
        admin.does(() -> doNotContact.clear("lea-trailhart"));
        assertThat(text(get(marketer, "/discover?q=Trailhart&leaveOutDoNotContact=true")))
                .contains("Lea Trailhart");
        assertThat(text(get(marketer, "/discover?q=Trailhart"))).doesNotContain("Do not contact");
    }

    @Test
    void freshPageBeginsWithAPresetInSight() throws Exception {
        assertThat(get(marketer, "/discover"))
                .hasStatus(302)
                .hasRedirectedUrl("/discover?followersMin=1000&followersMax=100000");
        assertThat(text(get(marketer, "/discover?followersMin=1000&followersMax=100000")))
                .contains("1K–100K followers (remove this filter)")
                .contains("32 creators")
                .doesNotContain(SampleCatalogue.CELEBRITY)
                .contains("Left out because a figure is not known: 1 without followers.");
        assertThat(text(get(marketer, "/discover?sort=fit"))).contains(SampleCatalogue.size() + " creators");
    }

    @Test
    void formWithoutScriptsEndsAtTheCleanAddress() {
        assertThat(get(marketer, "/discover?brief=&q=&followersMin=10k&niche=&add.audienceAge=&sort=fit"))
                .hasStatus(302)
                .hasRedirectedUrl("/discover?followersMin=10000");
    }

    @Test
    void everyFilterOffersItsChoices() throws Exception {
        var page = get(marketer, "/discover?erMin=0.03&audienceAge=25-34:0.2");
        assertThat(page.getResponse().getContentAsString())
                .contains("<option value=\"0.03\" selected=\"selected\">")
                .contains("name=\"audienceAge\" value=\"25-34:0.2\"");
        assertThat(text(page)).contains("Posted within 90 days", "Sponsored: 20 % or less", "25–34", "women");
    }

    @Test
    void htmxGetsTheResultsAloneAndTheAddressToShow() throws Exception {
        var answer = part("results", "/discover?q=&country=HR&sort=fit");
        assertThat(answer).hasStatusOk().headers().hasValue("HX-Push-Url", "/discover?country=HR");
        assertThat(answer.getResponse().getContentAsString())
                .doesNotContain("<html")
                .contains("id=\"results\"", "hx-swap-oob", "id=\"country-HR\"");
    }

    @Test
    void pagesFollowOneAnother() throws Exception {
        var first = get(marketer, "/discover?sort=name").getResponse().getContentAsString();
        var next =
                first.replaceAll("(?s).*href=\"([^\"]*cursor=[^\"]*)\".*", "$1").replace("&amp;", "&");
        var more = part("more", next);
        assertThat(more).hasStatusOk();
        assertThat(more.getResponse().getHeader("HX-Push-Url")).isNull();
        assertThat(more.getResponse().getContentAsString().split("class=\"di-row\""))
                .hasSize(34 - 25 + 1);
        assertThat(text(get(marketer, next))).contains("26 to 34 of 34 creators");
    }

    @Test
    void briefPutsTheRightOneFirstAndMarksWhoIsNotAboutIt() throws Exception {
        var brief = catalogue.brief(marketer);
        var page = text(get(marketer, "/discover?brief=" + brief));
        assertThat(page.indexOf(SampleCatalogue.RIGHT))
                .isPositive()
                .isLessThan(page.indexOf(SampleCatalogue.WRONG_AUDIENCE));
        assertThat(page).contains("not about this").contains("Budget first suits the objective");
        assertThat(get(marketer, "/discover?brief=" + brief).getResponse().getContentAsString())
                .contains("href=\"/creators/lea-trailhart?brief=" + brief + "\"");
    }

    @Test
    void whereMostIsNotKnownThePageSaysSoAndAdminsAreLedToTheImports() throws Exception {
        var url = "/discover?brief=";
        var page = text(get(marketer, url + catalogue.brief(marketer)));
        assertThat(page)
                .contains("criteria are not known for most of the 34 creators")
                .contains("audience")
                .doesNotContain("Go to imports");
        var admin = people.admin();
        assertThat(text(get(admin, url + catalogue.brief(admin)))).contains("Go to imports");
    }

    @Test
    void emptyResultSaysWhichFilterToTakeOut() throws Exception {
        var page = get(marketer, "/discover?country=US&niche=trail-running");
        assertThat(text(page))
                .contains("Nobody passes all of these filters")
                .contains("Without United States: 2 creators")
                .contains("Without Trail running: 1 creator");
        assertThat(page.getResponse().getContentAsString()).contains("href=\"/discover?niche=trail-running\"");
    }

    @Test
    void whatCannotBeReadIsSaidAtItsFieldAndNothingIsLost() throws Exception {
        var answer = get(marketer, "/discover?country=HR&niche=nosuchniche&priceMax=abc");
        assertThat(answer).hasStatus(422);
        assertThat(text(answer))
                .contains("2 things keep this from being ranked")
                .contains("Niche: No niche, alias or hashtag 'nosuchniche' is known.")
                .contains("Price: 'abc' is not a number")
                .contains("Croatia (remove this filter)");
        assertThat(get(marketer, "/discover?contry=HR")).hasStatus(422);
    }

    @Test
    void weightsThatLeaveNothingAreRefusedInPlace() throws Exception {
        var answer = part("results", "/discover?country=HR&w.bond=0");
        assertThat(answer).hasStatus(422);
        assertThat(text(answer)).contains("Nothing is left to rank by").contains("Croatia (remove this filter)");
    }

    @Test
    void briefOfAnotherWorkspaceIsNotThere() {
        var brief = catalogue.brief(people.agency());
        assertThat(get(marketer, "/discover?brief=" + brief)).hasStatus(404);
        assertThat(get(marketer, "/creators/lea-trailhart?brief=" + brief)).hasStatus(404);
        assertThat(get(marketer, "/discover?brief=nonsense")).hasStatus(404);
    }

    @Test
    void onlyTheAgencyIsOfferedToWriteBriefs() throws Exception {
        assertThat(text(get(marketer, "/discover?sort=fit"))).doesNotContain("New brief");
        assertThat(text(get(people.agency(), "/discover?sort=fit"))).contains("New brief");
        assertThat(mvc.get().uri("/discover").exchange())
                .hasStatus(302)
                .redirectedUrl()
                .contains("/sign-in");
    }

    @Test
    void creatorsPageShowsTheFitWithItsReasons() throws Exception {
        var brief = catalogue.brief(marketer);
        assertThat(text(get(marketer, "/creators/lea-trailhart?brief=" + brief)))
                .contains("Fit for Autumn trail shoe")
                .contains("Trail running 100 %")
                .contains("72 % in the countries")
                .contains("test panel")
                .contains("not asked by this brief");
        assertThat(text(get(marketer, "/creators/lea-trailhart")))
                .contains("Quality")
                .contains("needs a brief");
        assertThat(text(get(marketer, "/creators/lea-trailhart?w.bond=0"))).contains("Nothing is left to rank by");
    }

    @Test
    void briefsPageShowsTheFirstWhoMatch() throws Exception {
        var brief = catalogue.brief(marketer);
        assertThat(text(get(marketer, "/briefs/" + brief)))
                .contains("34 creators match")
                .contains(SampleCatalogue.RIGHT);
    }

    @Test
    void searchBoxFindsNamesAndHandlesGiveOrTakeATypo() {
        assertThat(search.search("trailhrat", 5)).extracting(hit -> hit.title()).containsExactly(SampleCatalogue.RIGHT);
        assertThat(search.search("stella.gl", 5))
                .extracting(hit -> hit.url())
                .containsExactly("/creators/stella-glanz");
        assertThat(search.search("uphill", 5)).as("a word of a bio").isEmpty();
        assertThat(search.search("…", 5)).isEmpty();
    }
}
