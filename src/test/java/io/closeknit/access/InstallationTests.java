package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.testing.TestPeople;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** A new installation: its first admin, its demo people, and where it listens. Rolled back, so others see none of it. */
@SpringBootTest
@Import(TestPeople.class)
@Transactional
class InstallationTests {
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private PersonRepository people;

    @Autowired
    private WorkspaceRepository workspaces;

    @Autowired
    private PasswordHashing passwords;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private DemoPeople demo;

    @Autowired
    private PeopleService service;

    @Autowired
    private TestPeople testPeople;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void nobodyIsThere() {
        jdbc.sql("update person set disabled = true, demo = false").update();
    }

    @Test
    void theFirstAdminComesFromTheEnvironment() {
        start("ana@first.example", PASSWORD);
        assertThat(demo.realAdminExists()).isTrue();
        var ana = people.findByDemo(false).stream()
                .filter(person -> person.email().equals("ana@first.example"))
                .findFirst()
                .orElseThrow();
        assertThat(ana.admin()).isTrue();
        assertThat(passwords.matches(PASSWORD, ana.passwordHash())).isTrue();
        assertThat(ana.passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(workspaces.findById(ana.memberships().keySet().iterator().next()))
                .hasValueSatisfying(main -> assertThat(main.name()).isEqualTo("Main"));
    }

    @Test
    void onceThereIsARealAdminTheEnvironmentIsIgnored() {
        start("ana@first.example", PASSWORD);
        start("other@first.example", "short");
        assertThat(people.existsByEmailIgnoreCase("other@first.example")).isFalse();
    }

    @Test
    void aDemoAdminDoesNotCountAsARealOne() {
        demo.add("admin@demo.example", "Demo", PASSWORD, Role.ADMIN, "Demo " + UUID.randomUUID());
        assertThat(demo.realAdminExists()).isFalse();
        start("ana@first.example", PASSWORD);
        assertThat(demo.realAdminExists()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ana@first.example, elevenchars, 'CLOSEKNIT_ADMIN_PASSWORD must have between 12 and 200 characters; it has 11.'",
        "ana@first.example, , 'CLOSEKNIT_ADMIN_PASSWORD must have between 12 and 200 characters; it has 0.'",
        "not an address, correct horse battery, CLOSEKNIT_ADMIN_EMAIL must be the e-mail address",
        ", correct horse battery, CLOSEKNIT_ADMIN_EMAIL must be the e-mail address",
    })
    void aWrongSettingStopsTheStartWithASentenceThatDoesNotTellThePassword(
            String email, String password, String sentence) {
        assertThatThrownBy(() -> start(email, password))
                .isInstanceOf(FirstAdminException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContainingAny("elevenchars", "horse");
    }

    @Test
    void removingTheDemoTakesItsPeopleAndTheWorkspacesThatOnlyTheyHad() {
        var alone = "Demo " + UUID.randomUUID();
        var marketer = demo.add("m@demo.example", "Demo marketer", PASSWORD, Role.MARKETER, alone);
        var admin = demo.add("a@demo.example", "Demo admin", PASSWORD, Role.ADMIN, alone);
        var real = testPeople.marketer();
        demo.add(
                "b@demo.example",
                "Demo guest",
                PASSWORD,
                Role.AGENCY,
                real.person().workspaceName());
        assertThat(demo.demoPeopleExist()).isTrue();
        assertThat(marketer.workspaceId()).isEqualTo(admin.workspaceId());
        assertThat(admin.role()).isEqualTo(Role.ADMIN);
        people.flush();

        assertThat(demo.removeAll()).isEqualTo(3);
        assertThat(demo.demoPeopleExist()).isFalse();
        assertThat(workspace(marketer.workspaceId())).isZero();
        assertThat(workspace(real.workspaceId())).isOne();
    }

    @Test
    void theLastRealAdminStaysEvenWhereDemoAdminsAre() {
        start("ana@first.example", PASSWORD);
        var demoAdmin = demo.add("a@demo.example", "Demo admin", PASSWORD, Role.ADMIN, "Demo " + UUID.randomUUID());
        people.flush();
        var ana = jdbc.sql("select id from person where email = 'ana@first.example'")
                .query(UUID.class)
                .single();
        assertThatThrownBy(() -> service.disable(ana, demoAdmin.personId()))
                .isInstanceOf(PeopleService.LastAdminException.class);
        service.disable(demoAdmin.personId(), ana);
        assertThatThrownBy(() -> service.disable(ana, ana)).isInstanceOf(PeopleService.LastAdminException.class);
    }

    @ParameterizedTest(
            name = "demo people {0}, real admin {1}, other database {2}, closeknit.demo {3}, address {4}: {5}")
    @CsvSource({
        "true,  false, true,  ,      ,        127.0.0.1",
        "true,  true,  true,  false, ,        127.0.0.1",
        "true,  false, true,  ,      0.0.0.0, ",
        "false, false, true,  ,      ,        ",
        "false, false, true,  true,  ,        127.0.0.1",
        "false, false, false, ,      ,        127.0.0.1",
        "false, false, false, true,  ,        127.0.0.1",
        "false, false, false, false, ,        ",
        "false, true,  false, ,      ,        ",
        "false, true,  false, true,  ,        ",
    })
    void theServerStaysOnThisMachineWhileEverybodyKnowsAPassword(
            boolean demoPeople, boolean realAdmin, boolean other, String wanted, String address, String listens) {
        if (demoPeople) {
            demo.add("a@demo.example", "Demo admin", PASSWORD, Role.ADMIN, "Demo " + UUID.randomUUID());
        }
        if (realAdmin) {
            testPeople.admin();
        }
        var environment = new MockEnvironment();
        if (other) {
            environment.setProperty("spring.datasource.url", "jdbc:postgresql://db/closeknit");
        }
        if (wanted != null) {
            environment.setProperty("closeknit.demo", wanted);
        }
        if (address != null) {
            environment.setProperty("server.address", address);
        }
        var server = new TomcatServletWebServerFactory();
        new DemoAddress(environment, demo, firstAdmin(environment)).customize(server);
        if (listens == null) {
            assertThat(server.getAddress()).isNull();
        } else {
            assertThat(server.getAddress().getHostAddress()).isEqualTo(listens);
        }
    }

    private void start(String email, String password) {
        var environment = new MockEnvironment();
        if (email != null) {
            environment.setProperty("CLOSEKNIT_ADMIN_EMAIL", email);
        }
        if (password != null) {
            environment.setProperty("CLOSEKNIT_ADMIN_PASSWORD", password);
        }
        firstAdmin(environment).afterPropertiesSet();
        people.flush();
    }

    private FirstAdmin firstAdmin(MockEnvironment environment) {
        return new FirstAdmin(environment, people, workspaces, passwords, transactions);
    }

    private long workspace(UUID id) {
        return jdbc.sql("select count(*) from workspace where id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }
}
