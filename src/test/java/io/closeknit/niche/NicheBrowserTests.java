package io.closeknit.niche;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.testing.BrowserTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class NicheBrowserTests extends BrowserTest {
    private NicheTables tables;

    @Autowired
    void tables(JdbcClient jdbc) {
        tables = new NicheTables(jdbc);
    }

    @BeforeEach
    @AfterEach
    void leaveTheTaxonomyAsItWas() {
        tables.clear();
    }

    @Test
    void anAdminFindsANicheAndSeesWhatMeansIt() {
        signInAs(Role.ADMIN);
        open("/admin/niches");
        page.locator("summary", new Page.LocatorOptions().setHasText("Style & Fashion"))
                .locator(".ck-icon")
                .click();
        assertThat(link("Beauty")).isVisible();
        checkAccessibility();
        look("niches");
        page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Find by name, other word or hashtag"))
                .fill("hautpf");
        assertThat(page.getByText("One niche for 'hautpf'")).isVisible();
        assertThat(page).hasURL(url("/admin/niches?q=hautpf"));
        checkAccessibility();
        look("niches-found");
        link("Skin Care").click();
        assertThat(page.getByText("#glowingskin")).isVisible();
        checkAccessibility();
        look("niche");
    }

    @Test
    void anAdminAddsANicheWithHelpFromTheTypeAhead() {
        expectProblem("422");
        signInAs(Role.ADMIN);
        open("/admin/niches/new");
        page.getByLabel("Name").fill("Test raku");
        page.getByLabel("Below").pressSequentially("cera");
        assertThat(page.locator("#niche-parents option[value='Ceramics']")).isAttached();
        page.getByLabel("Below").fill("Ceramics");
        page.getByLabel("Hashtags").fill("#ootd");
        button("Add niche").click();
        assertThat(page.locator(".ck-error")).containsText("'ootd' means the niche fashion already");
        checkAccessibility();
        look("niche-form-wrong");
        page.getByLabel("Hashtags").fill("#testraku");
        button("Add niche").click();
        assertThat(page.getByText("Test raku was added.")).isVisible();
        assertThat(page.locator(".ck-trail")).containsText("Ceramics");
    }

    @Test
    void twoAdminsAtOnceSeeBothVersions() {
        expectProblem("409");
        signInAs(Role.ADMIN);
        open("/admin/niches/new");
        page.getByLabel("Name").fill("Test raku");
        button("Add niche").click();
        link("Edit").click();
        var other = page.context().newPage();
        other.navigate(url("/admin/niches/test-raku/edit"));
        other.getByLabel("Description").fill("Theirs");
        other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save niche"))
                .click();
        other.close();
        page.getByLabel("Description").fill("Mine");
        button("Save niche").click();
        assertThat(page.getByText("Somebody changed this niche while you were at it"))
                .isVisible();
        assertThat(page.locator(".niche-theirs")).containsText("Theirs");
        assertThat(page.getByLabel("Description")).hasValue("Mine");
        checkAccessibility();
        look("niche-conflict");
        button("Save niche").click();
        assertThat(page.getByText("Mine")).isVisible();
    }

    @Test
    void itAllWorksWithoutJavaScript() {
        withoutJavaScript();
        signInAs(Role.ADMIN);
        open("/admin/niches");
        page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Find by name, other word or hashtag"))
                .fill("#vanlife");
        button("Find").click();
        link("Vanlife").click();
        link("Add a niche below").click();
        assertThat(page.getByLabel("Below")).hasValue("Vanlife");
        page.getByLabel("Name").fill("Test buses");
        button("Add niche").click();
        assertThat(page.locator("h1")).hasText("Test buses");
    }

    private com.microsoft.playwright.Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private com.microsoft.playwright.Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
