package io.closeknit.brief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.access.Role;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class BriefPagesTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private BriefService briefs;

    private TestPerson ana;
    private String id = "";

    @BeforeEach
    void anAgencyWithABrief() {
        ana = people.agency();
        var added = new AtomicReference<BriefId>();
        ana.does(() -> added.set(briefs.add(BriefSamples.named("Gentle serum"))));
        id = added.get().value().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/edit", "/delete"})
    void anotherWorkspacesBriefHasNoPage(String page) {
        assertThat(get(ana, "/briefs/" + id + page)).hasStatusOk();
        var stranger = people.admin();
        assertThat(get(stranger, "/briefs/" + id + page)).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/delete", "/duplicate"})
    void anotherWorkspacesBriefIsNotChanged(String action) {
        assertThat(post(people.admin(), "/briefs/" + id + action, "name", "Taken", "version", "1", "action", "save"))
                .hasStatus(404);
        assertThat(get(ana, "/briefs/" + id)).bodyText().contains("Gentle serum");
    }

    @Test
    void autosaveOfAnotherWorkspacesBriefSavesNothing() {
        var stranger = people.admin();
        assertThat(post(stranger, "/briefs/" + id + "/autosave", "name", "Taken", "version", "1"))
                .bodyText()
                .contains("Somebody else saved");
        assertThat(post(stranger, "/briefs/" + id + "/autosave", "name", "Taken"))
                .hasStatus(404);
        assertThat(get(ana, "/briefs/" + id)).bodyText().doesNotContain("Taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/briefs/new", "/briefs/%s/edit", "/briefs/%s/delete"})
    void marketerMayNotOpenWhatWrites(String page) {
        var mark = people.colleague(ana, Role.MARKETER);
        assertThat(get(mark, page.formatted(id))).hasStatus(403);
    }

    @Test
    void marketerReadsTheBriefAndFindsNothingToWriteWith() {
        var mark = people.colleague(ana, Role.MARKETER);
        assertThat(get(mark, "/briefs/" + id))
                .hasStatusOk()
                .bodyText()
                .contains("Rank creators", "/discover?brief=" + id)
                .doesNotContain("/edit", "/duplicate", "/delete");
        assertThat(get(mark, "/briefs")).bodyText().contains("Gentle serum").doesNotContain("/briefs/new");
        assertThat(post(mark, "/briefs/" + id, "name", "Mine", "version", "1")).hasStatus(403);
        assertThat(post(mark, "/briefs/" + id + "/delete", "version", "1")).hasStatus(403);
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedStays() {
        var refused = post(
                ana,
                "/briefs/" + id,
                "version",
                "1",
                "action",
                "save",
                "name",
                "",
                "budgetAmount",
                "12 k€",
                "budgetCurrency",
                "EUR",
                "followersMin",
                "5k",
                "followersMax",
                "1,000",
                "countriesMore",
                "Croatia, Narnia",
                "niches[0].niche",
                "no such niche",
                "niches[0].importance",
                "",
                "product",
                "<b>Serum</b>");
        assertThat(refused)
                .hasStatus(422)
                .bodyText()
                .contains(
                        "5 things to mend",
                        "Give the brief a name.",
                        "value=\"12 k&euro;\"",
                        "value=\"Narnia\"",
                        "value=\"HR\"")
                .contains(
                        "value=\"no such niche\"",
                        "&lt;b&gt;Serum&lt;/b&gt;",
                        "value=\"5k\"",
                        "href=\"#field-budgetamount\"");
        assertThat(get(ana, "/briefs/" + id)).bodyText().contains("Gentle serum");
    }

    @Test
    void draftKeepsWhatCannotBeReadYet() {
        var fresh = UUID.randomUUID().toString();
        assertThat(post(ana, "/briefs/" + fresh, "action", "draft", "name", "Half", "budgetAmount", "12 k€"))
                .hasStatus3xxRedirection()
                .hasRedirectedUrl("/briefs/" + fresh + "/edit");
        assertThat(get(ana, "/briefs/" + fresh + "/edit"))
                .bodyText()
                .contains("value=\"12 k&euro;\"", "cannot be read as an amount", "name=\"version\" value=\"1\"");
    }

    @Test
    void sameFormSentTwiceMakesOneBrief() {
        var fresh = UUID.randomUUID().toString();
        for (var i = 0; i < 2; i++) {
            assertThat(post(ana, "/briefs/" + fresh, "action", "save", "name", "Once"))
                    .hasRedirectedUrl("/briefs/" + fresh);
        }
        ana.does(() -> assertThat(briefs.list())
                .hasSize(2)
                .first()
                .satisfies(brief -> assertThat(brief.version()).isEqualTo(1)));
    }

    @Test
    void loserSeesBothVersionsAndSavesOnTopOfTheNewer() {
        post(ana, "/briefs/" + id, "version", "1", "action", "save", "name", "Gentle serum", "product", "Theirs");
        var lost =
                post(ana, "/briefs/" + id, "version", "1", "action", "save", "name", "Better serum", "message", "Mine");
        assertThat(lost)
                .hasStatus(409)
                .bodyText()
                .contains("while you were writing", "Better serum", "Theirs", "Mine", "name=\"version\" value=\"2\"");
        assertThat(post(
                        ana,
                        "/briefs/" + id,
                        "version",
                        "2",
                        "action",
                        "save",
                        "name",
                        "Better serum",
                        "product",
                        "Theirs",
                        "message",
                        "Mine"))
                .hasRedirectedUrl("/briefs/" + id);
        assertThat(get(ana, "/briefs/" + id)).bodyText().contains("Better serum", "Theirs", "Mine");
    }

    @Test
    void autosaveSavesADraftAndNoFinishedBrief() {
        var fresh = UUID.randomUUID().toString();
        assertThat(post(ana, "/briefs/" + fresh + "/autosave", "name", " "))
                .bodyText()
                .contains("Give the brief a name");
        assertThat(post(ana, "/briefs/" + fresh + "/autosave", "name", "Typing"))
                .hasHeader("HX-Replace-Url", "/briefs/" + fresh + "/edit")
                .bodyText()
                .contains("Saved", "name=\"version\" value=\"1\"");
        assertThat(post(ana, "/briefs/" + fresh + "/autosave", "name", "Typing on", "version", "1"))
                .bodyText()
                .contains("name=\"version\" value=\"2\"");
        assertThat(post(ana, "/briefs/" + fresh + "/autosave", "name", "Late", "version", "1"))
                .bodyText()
                .contains("Somebody else saved");
        assertThat(post(ana, "/briefs/" + id + "/autosave", "name", "Never", "version", "1"))
                .bodyText()
                .contains("Somebody else saved");
        assertThat(get(ana, "/briefs/" + id)).bodyText().contains("Gentle serum");
    }

    @Test
    void everySavedVersionIsKept() {
        post(ana, "/briefs/" + id, "version", "1", "action", "save", "name", "Second");
        ana.does(() -> {
            assertThat(briefs.version(new BriefId(UUID.fromString(id)), 1))
                    .map(BriefDocument::name)
                    .hasValue("Gentle serum");
            assertThat(briefs.version(new BriefId(UUID.fromString(id)), 2))
                    .map(BriefDocument::name)
                    .hasValue("Second");
        });
    }

    @Test
    void formButtonsWorkWithoutScripts() {
        assertThat(post(ana, "/briefs/" + id + "/form", "action", "band:small", "name", "x"))
                .bodyText()
                .contains("value=\"1,000\"", "value=\"100,000\"", "<nav");
        assertThat(post(ana, "/briefs/" + id + "/form", "action", "niche:travel", "name", "x"))
                .bodyText()
                .contains("name=\"niches[0].niche\" value=\"Travel\"", "name=\"niches[1].niche\" value=\"\"");
        assertThat(post(
                        ana,
                        "/briefs/" + id + "/form",
                        "action",
                        "remove-row:0",
                        "niches[0].niche",
                        "Travel",
                        "niches[0].importance",
                        "1",
                        "niches[1].niche",
                        "Beauty",
                        "niches[1].importance",
                        "2"))
                .bodyText()
                .contains("name=\"niches[0].niche\" value=\"Beauty\"")
                .doesNotContain("value=\"Travel\" list=\"list-niches\" class");
    }

    @Test
    void copyIsNamedAndEditedAtOnce() {
        var copied = post(ana, "/briefs/" + id + "/duplicate");
        assertThat(copied).hasStatus3xxRedirection();
        assertThat(get(ana, copied.getResponse().getRedirectedUrl()))
                .bodyText()
                .contains("value=\"Copy of Gentle serum\"");
    }

    @Test
    void deletingSomethingChangedAsksAgain() {
        post(ana, "/briefs/" + id, "version", "1", "action", "save", "name", "Second");
        assertThat(post(ana, "/briefs/" + id + "/delete", "version", "1"))
                .hasStatus(409)
                .bodyText()
                .contains("saved this brief meanwhile");
        assertThat(post(ana, "/briefs/" + id + "/delete", "version", "2")).hasRedirectedUrl("/briefs");
        assertThat(get(ana, "/briefs/" + id)).hasStatus(404);
    }

    @Test
    void searchBoxFindsBriefsOfTheWorkspaceOnly() {
        assertThat(get(ana, "/search?q=gentle ser")).bodyText().contains("/briefs/" + id);
        assertThat(get(people.admin(), "/search?q=gentle ser")).bodyText().doesNotContain("/briefs/" + id);
    }

    private MvcTestResult get(TestPerson by, String url) {
        return mvc.get().uri(url).with(by.signedIn()).exchange();
    }

    private MvcTestResult post(TestPerson by, String url, String... fields) {
        var request = mvc.post().uri(url).with(by.signedIn()).with(csrf());
        for (var i = 0; i < fields.length; i += 2) {
            request = request.param(fields[i], fields[i + 1]);
        }
        return request.exchange();
    }
}
