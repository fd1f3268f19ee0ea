package io.closeknit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.DemoPeople;
import io.closeknit.brief.BriefDirectory;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.demo.Filling.State;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.testing.TestPeople;
import io.closeknit.web.PageBanner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class DemoTests {
    /** Enough to have the cast in it; the whole catalogue goes in once. */
    private static final int FEW = 20;

    @Autowired
    private Demo demo;

    @Autowired
    private FillingTable table;

    @Autowired
    private CatalogueReader creators;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private BriefDirectory briefs;

    @Autowired
    private DemoPeople demoPeople;

    @Autowired
    private NicheDirectory niches;

    @Autowired
    private CurrentPerson current;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private DemoBanner banner;

    @Autowired
    private MockMvcTester mvc;

    /** The database is shared with other test classes: afterwards it is as if there had never been a demo. */
    @BeforeEach
    @AfterEach
    void empty() {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from demo_filling").update();
        demoPeople.removeAll();
        jdbc.sql("delete from person").update();
        jdbc.sql("delete from workspace").update();
    }

    @Test
    void everyNicheThatItNamesIsInTheTree() {
        var named = new TreeSet<String>();
        var lists = Lists.load();
        lists.brands().forEach(brand -> named.add(brand.niche()));
        lists.topics().forEach(topic -> {
            named.add(topic.niche());
            named.addAll(topic.also());
        });
        Cast.on(LocalDate.EPOCH)
                .forEach(creator -> creator.findValues("niche").forEach(niche -> named.add(niche.asString())));
        var tree = niches.tree();
        assertThat(named)
                .allSatisfy(slug -> assertThat(tree.bySlug(slug)).as(slug).isPresent());
    }

    @Test
    void theCatalogueTakesEveryInventedCreator() {
        var outcomes = writer.apply(
                InventedCreators.on(LocalDate.of(2026, 11, 23)).toList(), new Origin("test", Instant.EPOCH, true));
        assertThat(outcomes).hasSize(InventedCreators.COUNT).allMatch(Outcome.Created.class::isInstance);
        assertThat(creators.count().demo()).isEqualTo(InventedCreators.COUNT);
    }

    @Test
    void fillsAnEmptyInstallation() {
        demo.start(true, false, FEW);

        assertThat(creators.count()).isEqualTo(new CatalogueReader.Count(0, FEW));
        assertThat(jdbc.sql("select email from person where demo order by email")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "admin@demo.closeknit.example",
                        "agency@demo.closeknit.example",
                        "marketer@demo.closeknit.example");
        assertThat(inTheDemoWorkspace())
                .extracting(brief -> brief.document().name())
                .containsExactlyInAnyOrder(
                        "Barrier serum, spring launch",
                        "Trail shoe for the autumn races",
                        "Family board game before Christmas");
        assertThat(inTheDemoWorkspace()).noneMatch(BriefDirectory.StoredBrief::draft);
        assertThat(demo.present()).isTrue();
    }

    @Test
    void theBriefsAskForEveryFieldSomewhere() {
        demo.start(true, false, FEW);
        var documents = inTheDemoWorkspace().stream()
                .map(BriefDirectory.StoredBrief::document)
                .toList();
        for (var component : io.closeknit.brief.BriefDocument.class.getRecordComponents()) {
            assertThat(documents)
                    .as(component.getName())
                    .anySatisfy(document -> assertThat(component.getAccessor().invoke(document))
                            .isNotNull()
                            .isNotEqualTo(List.of()));
        }
    }

    @Test
    void startingAgainChangesNothing() {
        demo.start(true, false, FEW);
        var version = creators.version();
        demo.start(true, false, FEW);
        demo.start(true, true, FEW);
        assertThat(creators.version()).isEqualTo(version);
        assertThat(inTheDemoWorkspace()).hasSize(3);
    }

    @Test
    void goesOnWhereAKilledStartStopped() {
        demo.start(true, false, FEW);
        // As a kill leaves it: the second transaction never happened.
        var filled = table.find().orElseThrow();
        current.runIn(
                Objects.requireNonNull(filled.workspaceId()),
                () -> transactions.executeWithoutResult(_ -> {
                    jdbc.sql("delete from brief").update();
                    jdbc.sql("delete from creator").update();
                    table.save(new Filling(
                            State.FILLING, filled.inventedOn(), filled.workspaceId(), filled.people(), List.of()));
                }));

        demo.start(true, false, FEW);

        assertThat(creators.count().demo()).isEqualTo(FEW);
        assertThat(inTheDemoWorkspace()).hasSize(3);
        assertThat(jdbc.sql("select count(*) from person").query(Long.class).single())
                .isEqualTo(3);
    }

    @Test
    void anInstallationWithPeopleStaysAsItIs() {
        people.admin();
        demo.start(true, true, FEW);
        assertThat(demo.present()).isFalse();
        assertThat(creators.count().all()).isZero();
        assertThat(demoPeople.demoPeopleExist()).isFalse();
    }

    @Test
    void whatWasDeclinedAtTheFirstStartIsFilledOnlyWhenAskedFor() {
        demo.start(false, false, FEW);
        demo.start(true, false, FEW);
        assertThat(demo.present()).isFalse();
        demo.start(true, true, FEW);
        assertThat(demo.present()).isTrue();
    }

    @Test
    void aRemovedDemoDoesNotComeBack() {
        demo.start(true, false, FEW);
        var admin = people.admin();
        assertThat(demo.remove()).isTrue();
        jdbc.sql("delete from person where id = ?")
                .param(admin.person().personId())
                .update();
        demo.start(true, true, FEW);
        assertThat(demo.present()).isFalse();
        assertThat(creators.count().all()).isZero();
    }

    @Test
    void theInventedAdminIsNotRemovedWhileNobodyElseAdministers() {
        demo.start(true, false, FEW);
        people.agency();
        assertThatThrownBy(() -> demo.remove()).isInstanceOf(NoRealAdminException.class);
        assertThat(creators.count().demo()).isEqualTo(FEW);
        assertThat(demoPeople.demoPeopleExist()).isTrue();
    }

    @Test
    void removalLeavesNothingInventedAndTakesNothingReal() {
        demo.start(true, false, FEW);
        people.admin();
        var real = (ObjectNode) tools.jackson.databind.json.JsonMapper.shared()
                .readTree("{\"accounts\": [{\"platform\": \"instagram\", \"handle\": \"somebody.real\"}]}");
        writer.apply(List.of(real), new Origin("test", Instant.EPOCH, false));
        var others = rows();

        assertThat(demo.remove()).isTrue();

        assertThat(creators.count()).isEqualTo(new CatalogueReader.Count(1, 0));
        assertThat(jdbc.sql("select count(*) from person where demo")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from workspace where name = 'Demo agency'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from erased_account")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(demo.present()).isFalse();
        assertThat(demo.remove()).isFalse();
        assertThat(others).isNotEmpty();
        assertThat(rows()).isEmpty();
    }

    /** Tables that still hold something of a demo creator's or of the demo's workspace. */
    private Set<String> rows() {
        var left = new TreeSet<String>();
        for (var table : List.of("account", "creator_niche", "creator_hashtag", "account_history", "mention", "rate")) {
            var count = jdbc.sql("select count(*) from " + table
                            + " where creator_id not in (select id from creator where not demo)")
                    .query(Long.class)
                    .single();
            if (count > 0) {
                left.add(table);
            }
        }
        return left;
    }

    @Test
    void aWorkspaceWithSomebodyRealInItStaysWithoutTheDemoBriefs() {
        demo.start(true, false, FEW);
        var workspace = Objects.requireNonNull(table.find().orElseThrow().workspaceId());
        var admin = people.admin();
        jdbc.sql("insert into membership (person_id, workspace_id, role) values (?, ?, 'AGENCY')")
                .param(admin.person().personId())
                .param(workspace)
                .update();

        assertThat(demo.remove()).isTrue();

        assertThat(jdbc.sql("select count(*) from workspace where id = ?")
                        .param(workspace)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(current.callIn(workspace, () -> briefs.list())).isEmpty();
    }

    @Test
    void everyPageSaysThatItIsInvented() {
        demo.start(true, false, FEW);
        var admin = people.admin();
        var agency = people.agency();
        agency.does(() -> assertThat(banner.banner()).contains(new PageBanner.Banner("demo.banner")));
        assertThat(mvc.get().uri(DemoController.PATH).with(admin.signedIn()))
                .bodyText()
                .contains("Demo data, invented")
                .contains("href=\"/admin/demo\"");
        demo.remove();
        assertThat(mvc.get().uri(DemoController.PATH).with(admin.signedIn()))
                .bodyText()
                .doesNotContain("Demo data, invented")
                .contains("There is no demo data here");
    }

    @Test
    void thePageExplainsHowToMakeARealAdminFirst() {
        demo.start(true, false, FEW);
        var adele = inventedAdmin();
        assertThat(mvc.get().uri(DemoController.PATH).with(adele))
                .bodyText()
                .contains("First make a real admin", "/admin/people", "CLOSEKNIT_ADMIN_EMAIL")
                .doesNotContain("name=\"sure\"");
        assertThat(mvc.post()
                        .uri(DemoController.PATH)
                        .param("sure", "true")
                        .with(csrf())
                        .with(adele))
                .hasStatus(422)
                .bodyText()
                .contains("Make a real admin first");
        assertThat(creators.count().demo()).isEqualTo(FEW);
    }

    @Test
    void thePageAsksBeforeItRemoves() {
        demo.start(true, false, FEW);
        var admin = people.admin();
        assertThat(mvc.post().uri(DemoController.PATH).with(csrf()).with(admin.signedIn()))
                .hasStatus(422)
                .bodyText()
                .contains("Tick the box first");
        assertThat(demo.present()).isTrue();
        assertThat(mvc.post()
                        .uri(DemoController.PATH)
                        .param("sure", "true")
                        .with(csrf())
                        .with(admin.signedIn()))
                .hasStatus(302)
                .redirectedUrl()
                .isEqualTo("/discover");
        assertThat(demo.present()).isFalse();
    }

    @Test
    void theInventedAdminIsSignedOutWithTheDemo() {
        demo.start(true, false, FEW);
        people.admin();
        assertThat(mvc.post()
                        .uri(DemoController.PATH)
                        .param("sure", "true")
                        .with(csrf())
                        .with(inventedAdmin()))
                .hasStatus(302)
                .redirectedUrl()
                .isEqualTo("/sign-in?signedOut");
        assertThat(demo.present()).isFalse();
    }

    @Test
    void removalIsForAdmins() {
        demo.start(true, false, FEW);
        people.admin();
        var agency = people.agency();
        assertThat(mvc.get().uri(DemoController.PATH).with(agency.signedIn())).hasForwardedUrl("/access-refused");
        assertThat(mvc.delete().uri("/api/v1/demo").header("Authorization", agency.bearer()))
                .hasStatus(403);
        assertThat(demo.present()).isTrue();
    }

    @Test
    void programsRemoveItOnce() {
        demo.start(true, false, FEW);
        var admin = people.admin();
        assertThat(mvc.delete().uri("/api/v1/demo").header("Authorization", admin.bearer()))
                .hasStatus(204);
        assertThat(demo.present()).isFalse();
        assertThat(mvc.delete().uri("/api/v1/demo").header("Authorization", admin.bearer()))
                .hasStatus(404);
    }

    private org.springframework.test.web.servlet.request.RequestPostProcessor inventedAdmin() {
        var filling = table.find().orElseThrow();
        var person = new io.closeknit.access.SignedIn(
                filling.people().get(2),
                "Adele Admin",
                Objects.requireNonNull(filling.workspaceId()),
                "Demo agency",
                io.closeknit.access.Role.ADMIN);
        return org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors
                .authentication(
                        org.springframework.security.authentication.UsernamePasswordAuthenticationToken.authenticated(
                                person,
                                null,
                                org.springframework.security.core.authority.AuthorityUtils.createAuthorityList(
                                        "ROLE_ADMIN")));
    }

    private List<BriefDirectory.StoredBrief> inTheDemoWorkspace() {
        var workspace = table.find().map(Filling::workspaceId).orElseThrow();
        return new ArrayList<>(current.callIn(workspace, () -> briefs.list()));
    }
}
