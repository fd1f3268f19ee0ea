package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.nio.charset.StandardCharsets;
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
@Import({TestPeople.class, NicheTables.class})
class NicheControllerTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private NicheTables tables;

    @Autowired
    private NicheDirectory niches;

    private TestPerson admin;

    @BeforeEach
    void anAdmin() {
        tables.clear();
        admin = people.admin();
    }

    @AfterEach
    void leaveTheTaxonomyAsItWas() {
        tables.clear();
    }

    @Test
    void onlyAdminsSeeThePages() {
        for (var path :
                new String[] {"/admin/niches", "/admin/niches/tea", "/admin/niches/new", "/admin/niches/tea/edit"}) {
            assertThat(mvc.get().uri(path).with(people.agency().signedIn()))
                    .as(path)
                    .hasStatus(403);
            assertThat(get(path, admin)).as(path).hasStatusOk();
        }
    }

    @Test
    void theTreeHoldsEveryNicheAndSaysWhereItComesFrom() {
        var page = html(get("/admin/niches", admin));
        for (var niche : niches.tree().all()) {
            assertThat(page).contains("/admin/niches/" + niche.slug() + "\"");
        }
        assertThat(page).contains("IAB Tech Lab").contains("creativecommons.org/licenses/by/3.0");
    }

    @Test
    void theSearchFindsByNameAliasAndHashtag() {
        assertThat(html(get("/admin/niches?q=padel", admin))).contains("Padel");
        assertThat(html(get("/admin/niches?q=hautpfl", admin)))
                .contains("Skin Care")
                .contains("by hautpflege");
        assertThat(html(get("/admin/niches?q=%23ootd", admin))).contains(">Fashion<");
        assertThat(html(get("/admin/niches?q=qwertz", admin))).contains("No niche means &#39;qwertz&#39;");
    }

    @Test
    void aNichesPageShowsItsWordsRelationsAndSource() {
        assertThat(html(get("/admin/niches/skin-care", admin)))
                .contains(
                        "hautpflege",
                        "#glowingskin",
                        "Makeup and Accessories",
                        "node 559",
                        "Acne care",
                        "Style &amp; Fashion");
        assertThat(html(get("/admin/niches/padel", admin))).contains("not in the IAB taxonomy");
        assertThat(get("/admin/niches/skincare", admin))
                .hasStatus3xxRedirection()
                .hasRedirectedUrl("/admin/niches/skin-care");
        assertThat(get("/admin/niches/qwertz", admin)).hasStatus(404);
    }

    @Test
    void addsANiche() {
        var answer = mvc.post()
                .uri("/admin/niches")
                .with(admin.signedIn())
                .with(csrf())
                .param("name", "Test pottery")
                .param("parent", "Ceramics")
                .param("aliases", "test pots, test vases\ntest jugs")
                .param("hashtags", "#testpots testjar, #testwheel")
                .param("related", "Tea 0.4\nHiking: 20 %")
                .exchange();
        assertThat(answer).hasStatus3xxRedirection().hasRedirectedUrl("/admin/niches/test-pottery");
        var niche = niches.tree().bySlug("test-pottery").orElseThrow();
        assertThat(niche.aliases()).containsExactly("test jugs", "test pots", "test vases");
        assertThat(niche.hashtags()).as("testpots is an alias already").containsExactly("testjar", "testwheel");
        assertThat(niche.related()).containsExactly(new Niche.Related("tea", 0.4), new Niche.Related("hiking", 0.2));
    }

    @Test
    void mistakesAreNamedAtTheirFieldsAndNothingTypedIsLost() {
        var answer = mvc.post()
                .uri("/admin/niches")
                .with(admin.signedIn())
                .with(csrf())
                .param("name", "Test pottery")
                .param("parent", "no such niche")
                .param("aliases", "test pots")
                .param("related", "Tea")
                .exchange();
        assertThat(answer).hasStatus(422);
        assertThat(html(answer))
                .contains("needs a strength above 0", "field-related-error", "value=\"no such niche\"", "test pots");
        var taken = mvc.post()
                .uri("/admin/niches")
                .with(admin.signedIn())
                .with(csrf())
                .param("name", "Test pottery")
                .param("hashtags", "#ootd")
                .exchange();
        assertThat(taken).hasStatus(422);
        assertThat(html(taken)).contains("means the niche fashion already", "field-hashtags-error");
    }

    @Test
    void twoAdminsAtOnceLoseNothing() {
        post("/admin/niches", "Test pottery", "first", null);
        post("/admin/niches/test-pottery", "Test pottery", "theirs", "1");
        var answer = post("/admin/niches/test-pottery", "Test pottery", "mine", "1");
        assertThat(answer).hasStatus(409);
        assertThat(html(answer))
                .contains("Somebody changed this niche", "theirs", ">mine<", "name=\"version\" value=\"2\"");
        assertThat(post("/admin/niches/test-pottery", "Test pottery", "mine", "2"))
                .hasStatus3xxRedirection();
        assertThat(niches.tree().bySlug("test-pottery").orElseThrow().description())
                .isEqualTo("mine");
    }

    @Test
    void anybodySignedInIsOfferedNichesWhileTyping() {
        var marketer = people.marketer();
        assertThat(html(get("/niches/suggest?q=trail", marketer))).contains("value=\"Trail running\"");
        assertThat(get("/niches/suggest?parent=hautpf", marketer)).hasStatusOk();
        assertThat(html(get("/niches/suggest?parent=hautpf", marketer)))
                .contains("value=\"Skin Care\"", "Style &amp; Fashion › Beauty · hautpflege");
        assertThat(html(get("/niches/suggest?q=", marketer))).doesNotContain("<option");
        assertThat(mvc.get().uri("/niches/suggest?q=trail")).hasStatus3xxRedirection();
    }

    private MvcTestResult post(String uri, String name, String description, String version) {
        var request = mvc.post()
                .uri(uri)
                .with(admin.signedIn())
                .with(csrf())
                .param("name", name)
                .param("description", description);
        return (version == null ? request : request.param("version", version)).exchange();
    }

    private MvcTestResult get(String uri, TestPerson person) {
        return mvc.get().uri(java.net.URI.create(uri)).with(person.signedIn()).exchange();
    }

    private static String html(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
