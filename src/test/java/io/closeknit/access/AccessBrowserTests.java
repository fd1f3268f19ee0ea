package io.closeknit.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.testing.BrowserTest;
import io.closeknit.testing.TestPeople;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessBrowserTests extends BrowserTest {
    @Test
    void aWrongPasswordKeepsTheEmailAndTheWayToThePage() {
        expectProblem("422");
        var ana = people.marketer();
        open("/account");
        checkAccessibility();
        page.getByLabel("E-mail").fill(ana.email());
        page.getByLabel("Password").fill("not the password");
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The e-mail or the password is not right.");
        assertThat(page.getByLabel("E-mail")).hasValue(ana.email());
        assertThat(page.getByLabel("Password")).isFocused();
        checkAccessibility();
        look("sign-in-wrong");
        page.getByLabel("Password").fill(TestPeople.PASSWORD);
        button("Sign in").click();
        assertThat(page).hasURL(url("/account"));
    }

    @Test
    void anAdminAddsSomebodyAndPassesThePasswordOn() {
        expectProblem("422");
        var admin = signInAs(Role.ADMIN);
        open("/admin/people");
        checkAccessibility();
        look("people");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add a person"))
                .click();
        button("Add").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Choose a role in at least one workspace.");
        checkAccessibility();
        look("person-form-wrong");
        var email = UUID.randomUUID() + "@example.com";
        page.getByLabel("Name").fill("Iva Novak");
        page.getByLabel("E-mail").fill(email);
        page.getByLabel(admin.person().workspaceName()).selectOption("AGENCY");
        button("Add").click();
        assertThat(page.locator("#link")).hasText(java.util.regex.Pattern.compile("http.*/link/.{43}"));
        checkAccessibility();
        look("person-added");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("I have passed it on"))
                .click();
        page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(email))
                .getByRole(AriaRole.LINK)
                .click();
        assertThat(page.getByLabel("First password")).hasCount(0);
        checkAccessibility();
        look("person");
    }

    @Test
    void theOtherWorkspacesAreOneClickAwayTopRight() {
        signInAs(Role.ADMIN);
        open("/admin/people");
        var name = "Client " + UUID.randomUUID();
        page.getByLabel("Name of a new workspace").fill(name);
        button("Add a workspace").click();
        expectProblem("404"); // the start page may not be there yet
        page.locator(".ck-person summary").click();
        look("workspace-menu");
        page.locator(".ck-person")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Work in " + name))
                .click();
        open("/account");
        assertThat(page.locator(".ck-person-workspace")).containsText(name);
    }

    @Test
    void aTokenIsMadeOnTheAccountPage() {
        signInAs(Role.AGENCY);
        open("/account");
        checkAccessibility();
        page.getByLabel("What it is for").fill("Nightly export");
        button("Make a token").click();
        assertThat(page.locator("#token")).containsText("ck_");
        checkAccessibility();
        look("account-token");
        button("Revoke Nightly export").click();
        assertThat(page.getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName("Nightly export")))
                .hasCount(0);
    }

    @Test
    void withoutTheRoleThePageSaysWhoOneIsAndWhatOneMayDo() {
        expectProblem("403");
        var ana = signInAs(Role.MARKETER);
        open("/admin/people");
        assertThat(page.locator("main")).containsText(ana.person().workspaceName());
        assertThat(page.locator("main")).containsText("Marketers discover creators");
        checkAccessibility();
        look("refused");
    }

    @Test
    void theDescriptionOfTheApiShowsHowToSignIn() {
        expectProblem("inline style"); // Swagger UI sets one on its logo, and does without it
        signInAs(Role.MARKETER);
        open("/swagger-ui.html");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Authorize")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000)); // a megabyte of scripts
        assertThat(page.getByText("/api/v1/tokens").first()).isVisible();
        look("swagger");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
