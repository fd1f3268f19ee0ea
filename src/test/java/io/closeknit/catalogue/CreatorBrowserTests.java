package io.closeknit.catalogue;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.testing.BrowserTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class CreatorBrowserTests extends BrowserTest {
    private static final String LONG = "Theophania-Alexandrina Konstantinopoulou-Wolfeschlegelsteinhausenbergerdorff";

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void fill() {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
        var slugs = jdbc.sql("select slug from niche order by id limit 40")
                .query(String.class)
                .list();
        var niches = String.join(
                ",",
                slugs.stream()
                        .map(slug -> "{'niche': '" + slug + "', 'weight': " + slug.length() + "}")
                        .toList());
        writer.apply(
                List.of(
                        Samples.json("""
                                {'slug': 'ana', 'name': '%s', 'kind': 'person', 'country': 'HR', 'city': 'Zagreb',
                                 'languages': ['hr', 'en'], 'bio': 'Runs uphill.', 'email': 'ana@example.com', 'niches': [%s],
                                 'hashtags': [{'tag': 'trail'}],
                                 'accounts': [{'platform': 'instagram', 'handle': 'ana.trails', 'url': 'https://example.com/ana',
                                   'followers': 18400, 'engagementRate': 0.041, 'observedAt': '2026-11-01',
                                   'audience': {'countries': {'HR': 0.7, 'SI': 0.2}, 'genders': {'female': 0.6, 'male': 0.4},
                                     'agesByGender': {'female': {'18-24': 0.2, '25-34': 0.4}, 'male': {'25-34': 0.4}}}}],
                                 'history': [{'platform': 'instagram', 'on': '2026-08-01', 'followers': 15000, 'engagementRate': 0.05},
                                   {'platform': 'instagram', 'on': '2026-10-01', 'followers': 17900, 'engagementRate': 0.043}],
                                 'mentions': [{'brand': 'Salomon', 'niche': 'running', 'paid': true, 'on': '2026-09-14'},
                                   {'brand': 'Nike', 'on': '2026-10-14'}],
                                 'rates': [{'platform': 'instagram', 'deliverable': 'reel', 'price': {'amount': 180, 'currency': 'EUR'}}]}""".formatted(LONG, niches)),
                        Samples.json("{'slug': 'bare', 'accounts': [{'platform': 'x', 'handle': 'bare'}]}")),
                new Origin("panel.csv", Instant.parse("2026-11-20T00:00:00Z"), false));
    }

    private Locator role(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void aMarketerReadsWhatIsKnownOfACreator() {
        signInAs(Role.MARKETER);
        open("/creators/ana");

        assertThat(role(AriaRole.HEADING, LONG)).isVisible();
        assertThat(page.getByText("18.4K").first()).isVisible();
        assertThat(role(AriaRole.TABLE, "Age and gender of the audience")).isVisible();
        assertThat(role(AriaRole.LINK, "Erase this creator")).hasCount(0);
        page.getByText("28 more niches").click();
        checkAccessibility();
        look("creator");

        open("/creators/bare");
        assertThat(page.getByText("No audience data yet")).isVisible();
        checkAccessibility();
        look("creator-bare");
    }

    @Test
    void anAdminErasesAPersonWithoutScriptsToo() {
        withoutJavaScript();
        signInAs(Role.ADMIN);
        open("/creators/ana");
        role(AriaRole.LINK, "Erase this creator").click();

        assertThat(page.getByText("@ana.trails")).isVisible();
        role(AriaRole.LINK, "Keep").click();
        role(AriaRole.LINK, "Erase this creator").click();
        expectProblem("404");
        role(AriaRole.BUTTON, "Erase for good").click();
        page.waitForURL("**/discover?*");

        open("/creators/ana");
        assertThat(role(AriaRole.HEADING, LONG)).hasCount(0);
    }

    @Test
    void theQuestionBeforeErasingIsAccessible() {
        signInAs(Role.ADMIN);
        open("/creators/ana/erase");

        checkAccessibility();
        look("creator-erase");
    }
}
