package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.database.EmbeddedPostgres;
import io.closeknit.testing.TestDatabase;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;

/** Who did what is written down, found again, and beyond anybody's reach. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
class AuditTests {
    @Autowired
    private Audit audit;

    @Autowired
    private TestPeople people;

    @Autowired
    private PeopleService service;

    @Autowired
    private TransactionOperations transactions;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set detail = 'nothing happened'",
                "delete from audit_entry",
                "truncate audit_entry"
            })
    void theApplicationCanNeitherChangeNorRemoveAnEntry(String attempt) throws SQLException {
        audit.note(AuditAction.SETTING_CHANGED, "something", null);
        var postgres = TestDatabase.postgres();
        try (var connection = DriverManager.getConnection(
                        postgres.url(), EmbeddedPostgres.APP, postgres.password(EmbeddedPostgres.APP));
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(attempt)).hasMessageContaining("permission denied");
        }
    }

    @Test
    void signingInAndOutAndFailingToIsWrittenDownWithWhereItCameFrom() {
        var ana = people.marketer();
        var visitor = new Visitor(port);
        visitor.get("/sign-in");
        visitor.post("/sign-in", Map.of("email", ana.email(), "password", "surely the wrong one"));
        visitor.signIn(ana);
        visitor.get("/account");
        visitor.post("/sign-out", Map.of());
        var told = about(ana.person().name()).stream()
                .filter(entry -> entry.action().contains("SIGN"))
                .toList();
        assertThat(told).extracting(Audit.Entry::action).containsExactly("SIGNED_OUT", "SIGNED_IN", "SIGN_IN_FAILED");
        assertThat(told).extracting(Audit.Entry::address).containsOnly("127.0.0.1");
        assertThat(told.getLast().personId()).as("nobody had signed in").isNull();
        assertThat(told.getFirst().personId()).isEqualTo(ana.person().personId());
        assertThat(told.toString()).doesNotContain(ana.email(), TestPeople.PASSWORD, "surely the wrong one");
    }

    @Test
    void aChangedRoleTellsWhatItWasAndWhatItIs() {
        var admin = people.admin();
        var iva = people.colleague(admin, Role.MARKETER);
        var card = service.find(iva.person().personId()).orElseThrow();
        admin.does(() -> service.change(
                card.id(),
                card.version(),
                new PeopleService.PersonChange(
                        card.name(), card.email(), true, Map.of(admin.workspaceId(), Role.VIEWER)),
                admin.person().personId()));
        var place = admin.person().workspaceName();
        assertThat(about(card.name()).getFirst())
                .returns("PERSON_CHANGED", Audit.Entry::action)
                .returns(admin.person().name(), Audit.Entry::personName)
                .returns(place + ": MARKETER → admin; " + place + ": VIEWER", Audit.Entry::detail);
    }

    @Test
    void whatWasRolledBackWasNotDone() {
        var subject = "undone " + UUID.randomUUID();
        transactions.executeWithoutResult(transaction -> {
            audit.note(AuditAction.SETTING_CHANGED, subject, null);
            transaction.setRollbackOnly();
        });
        assertThat(about(subject)).isEmpty();
    }

    @Test
    void wordsAreFoundAsTheyAreWritten() {
        var subject = "100% _sure_ " + UUID.randomUUID();
        audit.note(AuditAction.SETTING_CHANGED, subject, null);
        assertThat(about(subject)).hasSize(1);
        assertThat(about(subject.replace('_', 'x'))).isEmpty();
    }

    @Test
    void anAdminSearchesAndExportsAndFormulasStayWords() {
        var subject = "=HYPERLINK(\"https://evil.example\") " + UUID.randomUUID();
        audit.note(AuditAction.NICHE_CHANGED, subject, null);
        var visitor = new Visitor(port);
        visitor.signIn(people.admin());
        var found = visitor.get("/admin/audit?action=NICHE_CHANGED&q=" + subject.substring(subject.length() - 36));
        assertThat(found.body()).contains("Changed a niche", "=HYPERLINK(&quot;https://evil.example&quot;)");
        var file = visitor.get("/admin/audit/export.csv?q=" + subject.substring(subject.length() - 36));
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).matches("attachment; filename=\"audit-[0-9-]+\\.csv\""));
        assertThat(file.body()).contains("\"'=HYPERLINK(");
        assertThat(visitor.get("/admin/audit?from=yesterday").body()).contains("Give the day as a date");
    }

    private List<Audit.Entry> about(String words) {
        return audit.find(new Audit.Search(words, null, null, null), null);
    }
}
