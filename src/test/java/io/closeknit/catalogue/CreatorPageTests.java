package io.closeknit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Created;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import io.closeknit.web.PagePart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class CreatorPageTests {
    @TestConfiguration
    static class OfAnotherModule {
        /** As the fit is one. */
        @Bean
        PagePart greeting() {
            return (place, subject, parameters) -> place.equals("creator") && parameters.containsKey("greet")
                    ? Optional.of(new PagePart.Shown(
                            "catalogue/greeting :: greeting",
                            Map.of("slug", subject, "by", parameters.get("greet")[0])))
                    : Optional.empty();
        }
    }

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void clear() {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
    }

    private void store(String json) {
        assertThat(writer.apply(
                        List.of(Samples.json(json)),
                        new Origin("panel.csv", Instant.parse("2026-11-20T00:00:00Z"), false)))
                .hasOnlyElementsOfType(Created.class);
    }

    private MvcTestResult open(TestPerson person, String path) {
        return mvc.get().uri(path).with(person.signedIn()).exchange();
    }

    @Test
    void showsWhatIsKnownWithWhereItComesFrom() {
        store("""
                {'name': 'Ana Horvat', 'kind': 'person', 'country': 'HR', 'languages': ['hr'], 'email': 'ana@example.com',
                 'niches': [{'niche': 'running', 'weight': 3, 'source': 'bio'}, {'niche': 'travel', 'weight': 1}],
                 'accounts': [{'platform': 'instagram', 'handle': 'ana', 'url': 'https://instagram.com/ana', 'followers': 18400,
                   'engagementRate': 0.041, 'engagementBasis': 'views', 'postsSampled': 30, 'growth90d': 0, 'following': 0,
                   'audience': {'countries': {'HR': 0.71}, 'agesByGender': {'female': {'25-34': 0.37}, 'male': {'25-34': 0.2}}}}],
                 'history': [{'platform': 'instagram', 'on': '2026-10-01', 'followers': 17900}],
                 'mentions': [{'brand': 'Salomon', 'niche': 'running', 'paid': true, 'on': '2026-09-14'}],
                 'rates': [{'platform': 'instagram', 'deliverable': 'reel', 'price': {'amount': 180, 'currency': 'EUR'}}]}""");

        assertThat(open(people.marketer(), "/creators/ana"))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Ana Horvat",
                        "Croatia",
                        "Croatian",
                        "18.4K",
                        "4.1\u00a0%",
                        "of views",
                        "30 posts",
                        "71\u00a0%",
                        "25–34",
                        "from bio",
                        "from panel.csv",
                        "75\u00a0%",
                        "Salomon",
                        "€180",
                        "mailto:ana@example.com",
                        "Followers on Instagram",
                        "rel=\"noopener noreferrer\"")
                .doesNotContain("No audience data yet", "Erase this creator", "Engagement rate on Instagram");
    }

    @Test
    void saysWhatIsMissing() {
        store("{'accounts': [{'platform': 'other', 'handle': 'bare'}]}");

        assertThat(open(people.marketer(), "/creators/bare"))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Country not known",
                        "No audience data yet",
                        "No history yet",
                        "No niche yet",
                        "nobody has looked",
                        "No rates yet",
                        "No contact yet");
    }

    @Test
    void lookedAndFoundNothingIsNotTheSameAsNotLooked() {
        // A handle of its own: the fit on the page comes from the index, which may still have another test's.
        store("{'accounts': [{'platform': 'other', 'handle': 'looked.at'}], 'mentions': []}");

        assertThat(open(people.marketer(), "/creators/looked-at"))
                .bodyText()
                .contains("none names a brand")
                .doesNotContain("nobody has looked");
    }

    @Test
    void whatCreatorsWriteIsNeverMarkup() {
        store("{'name': '<script>alert(1)</script>', 'bio': '<b>', 'accounts': [{'platform': 'x', 'handle': '<i>'}]}");

        assertThat(open(people.marketer(), "/creators/i")).bodyText().doesNotContain("<script>alert", "<b>", "@<i>");
    }

    @Test
    void otherModulesShowTheirParts() {
        store("{'accounts': [{'platform': 'other', 'handle': 'bare'}]}");

        assertThat(open(people.marketer(), "/creators/bare?greet=you"))
                .bodyText()
                .contains("Hello bare, by you");
        assertThat(open(people.marketer(), "/creators/bare")).bodyText().doesNotContain("Hello");
    }

    @Test
    void nobodyOfThatNameIsNotFound() {
        assertThat(open(people.marketer(), "/creators/nobody")).hasStatus(404);
    }

    @Test
    void erasingAsksFirstThenErases() {
        store("{'name': 'Ana', 'accounts': [{'platform': 'other', 'handle': 'bare'}]}");
        var admin = people.admin();

        assertThat(open(people.agency(), "/creators/bare/erase")).hasStatus(403);
        assertThat(open(admin, "/creators/bare")).bodyText().contains("Erase this creator");
        assertThat(open(admin, "/creators/bare/erase")).hasStatusOk().bodyText().contains("Erase Ana?", "@bare");
        assertThat(erase(people.agency(), 1)).hasStatus(403);
        assertThat(erase(admin, 7)).hasStatus(409).bodyText().contains("Nothing was erased");
        assertThat(reader.find("bare")).isPresent();

        assertThat(erase(admin, 1)).hasStatus(302).hasRedirectedUrl("/discover");
        assertThat(reader.find("bare")).isEmpty();
        assertThat(erase(admin, 1)).hasStatus(404);
    }

    private MvcTestResult erase(TestPerson person, long version) {
        return mvc.post()
                .uri("/creators/bare/erase")
                .param("version", Long.toString(version))
                .with(person.signedIn())
                .with(csrf())
                .exchange();
    }
}
