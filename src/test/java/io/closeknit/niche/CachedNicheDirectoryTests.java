package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
@AutoConfigureMockMvc
@Import({io.closeknit.testing.TestPeople.class, NicheTables.class})
class CachedNicheDirectoryTests {
    @Autowired
    private NicheDirectory niches;

    @Autowired
    private NicheService service;

    @Autowired
    private NicheTables tables;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    /** The tables are cleared past the directory, as another node would. */
    @BeforeEach
    @AfterEach
    void leaveTheTaxonomyAsItWas() {
        tables.clear();
        await().until(() ->
                niches.tree().all().stream().noneMatch(niche -> niche.name().startsWith("Test ")));
    }

    @Test
    void aChangeShowsAtOnceAfterItsCommit() {
        var before = niches.tree();
        service.add(named("Test one"));
        assertThat(niches.tree().bySlug("test-one")).isPresent();
        assertThat(before.bySlug("test-one"))
                .as("a tree that somebody holds stays as it was")
                .isEmpty();
        assertThat(niches.tree()).as("read once").isSameAs(niches.tree());
    }

    @Test
    void aChangeShowsInItsTransactionBeforeAndToNobodyElseIfItFails() {
        var transaction = new TransactionTemplate(transactions);
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    service.add(named("Test one"));
                    assertThat(niches.tree().bySlug("test-one")).isPresent();
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        assertThat(niches.tree().bySlug("test-one")).isEmpty();
    }

    @Test
    void aChangeOfAnotherNodeShowsSoon() {
        niches.tree();
        jdbc.sql("update niche_tree set version = version + 1").update();
        jdbc.sql("insert into niche (id, slug, name) values (9999, 'test-other', 'Test other')")
                .update();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(niches.tree().bySlug("test-other")).isPresent());
    }

    @Test
    void aTransactionThatSeesThePastDoesNotBringItBack() {
        var past = new TransactionTemplate(transactions);
        past.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        var apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        past.executeWithoutResult(_ -> {
            jdbc.sql("select count(*) from niche").query(Long.class).single(); // the snapshot begins here
            apart.executeWithoutResult(_ -> service.add(named("Test one")));
            niches.tree();
        });
        assertThat(niches.tree().bySlug("test-one")).isPresent();
    }

    private static NicheDraft named(String name) {
        return new NicheDraft(null, name, null, null, List.of(), List.of(), List.of());
    }
}
