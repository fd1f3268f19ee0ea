package io.closeknit.brief;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.testing.BrowserTest;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BriefBrowserTests extends BrowserTest {
    @Autowired
    private BriefService briefs;

    @Test
    void agencyWritesABriefForASkincareBrand() {
        signInAs(Role.AGENCY);
        open("/briefs");
        checkAccessibility();
        link("Write the first brief").click();
        checkAccessibility();

        // It is saved as one types, once it has a name.
        page.locator("#field-name").fill("Gentle serum");
        assertThat(page.getByText(Pattern.compile("^Saved \\d\\d:\\d\\d"))).isVisible();
        assertThat(page).hasURL(Pattern.compile("/briefs/[0-9a-f-]{36}/edit$"));

        // The text suggests niches, each with the words it came from.
        page.locator("#field-product").fill("A serum for dry skin: skincare without perfume.");
        var skinCare = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(Pattern.compile("Your text")))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Skin Care"));
        assertThat(skinCare).containsText("from “skincare”");
        skinCare.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByLabel("Niche 1", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Skin Care");

        page.getByLabel("Women").check();
        page.getByLabel("18–24").check();
        page.getByLabel("25–34").check();
        var countries = page.getByLabel("Add to: Countries");
        countries.fill("Croatia");
        countries.press("Enter");
        assertThat(page.getByLabel("Croatia")).isChecked();
        button("1K–100K").first().click();
        assertThat(page.getByLabel("At least")).hasValue("1,000");
        page.getByLabel("Amount").fill("12 k€");
        settle();
        checkAccessibility();
        look("brief-form");

        // What cannot be read is said at its field, and stays.
        expectProblem("422");
        button("Save brief").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("2 things to mend");
        assertThat(page.getByLabel("Amount")).hasValue("12 k€");
        assertThat(page.getByLabel("Amount")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("Croatia")).isChecked();
        checkAccessibility();
        look("brief-form-errors");

        // A draft keeps it until tomorrow.
        button("Save draft").click();
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("saved as you typed it");
        page.reload();
        assertThat(page.getByLabel("Amount")).hasValue("12 k€");

        page.getByLabel("Amount").fill("12k");
        page.getByLabel("Currency").selectOption("EUR");
        button("Save brief").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Gentle serum");
        assertThat(page.getByText("Women 18–34 in Croatia")).isVisible();
        assertThat(page.getByText("€12,000")).isVisible();
        assertThat(link("Rank creators")).hasAttribute("href", Pattern.compile("/discover\\?brief=[0-9a-f-]{36}$"));
        checkAccessibility();
        look("brief");

        button("Duplicate").click();
        assertThat(page.locator("#field-name")).hasValue("Copy of Gentle serum");
        open("/briefs");
        checkAccessibility();
        look("briefs");
        page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Search briefs"))
                .fill("copy");
        assertThat(page.getByText("One brief")).isVisible();
        link("Copy of Gentle serum").click();
        link("Delete").click();
        checkAccessibility();
        button("Delete brief").click();
        assertThat(page.getByText("Copy of Gentle serum was deleted.")).isVisible();
        assertThat(page.getByRole(AriaRole.ROWHEADER)).hasCount(1);
    }

    @Test
    void briefIsWrittenWithoutScripts() {
        var ana = people.agency();
        withoutJavaScript();
        signIn(ana);
        open("/briefs/new");
        page.locator("#field-name").fill("Plain");
        var countries = page.getByLabel("Add to: Countries");
        countries.fill("Croatia, Slovenia");
        countries.press("Enter");
        assertThat(page.getByLabel("Slovenia")).isChecked();
        assertThat(page.locator("#field-name")).hasValue("Plain");
        page.getByLabel("Niche 1", new Page.GetByLabelOptions().setExact(true)).fill("travel");
        button("Another niche").click();
        page.getByLabel("Niche 2", new Page.GetByLabelOptions().setExact(true)).fill("beauty");
        page.getByLabel("Importance of niche 2").fill("0,5");
        page.getByLabel("Slovenia").uncheck();
        button("Save brief").click();
        assertThat(page.getByText("People in Croatia", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.getByText(Pattern.compile("Beauty, 33"))).isVisible();
    }

    @Test
    void secondOfTwoEditorsLosesNothing() {
        var ana = people.agency();
        var ben = people.colleague(ana, Role.AGENCY);
        var id = new AtomicReference<BriefId>();
        ana.does(() -> id.set(briefs.add(BriefSamples.named("Gentle serum"))));
        signIn(ana);
        open("/briefs/" + id.get().value() + "/edit");
        page.locator("#field-message").fill("Feels like nothing");
        ben.does(() -> briefs.update(
                id.get(),
                new BriefDocument(
                        "Gentle serum",
                        null,
                        "A serum",
                        "Calm skin",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                false,
                null,
                1));

        expectProblem("409");
        button("Save brief").click();
        var conflict = page.getByRole(AriaRole.ALERT).first();
        assertThat(conflict).containsText("while you were writing");
        assertThat(conflict.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Message")))
                .containsText("Calm skin");
        assertThat(page.locator("#field-message")).hasValue("Feels like nothing");
        assertThat(page.locator("#field-product")).hasValue("A serum");
        checkAccessibility();
        look("brief-conflict");

        button("Save brief").click();
        assertThat(page.getByText("Feels like nothing")).isVisible();
        assertThat(page.getByText("A serum", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
