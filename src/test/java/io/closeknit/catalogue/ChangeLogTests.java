package io.closeknit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueReader.Change;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
class ChangeLogTests {
    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private ChangeLogRetention retention;

    @Autowired
    private Doubles doubles;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void clear() {
        jdbc.sql("delete from creator").update();
    }

    private void write(String handle) {
        writer.apply(
                List.of((ObjectNode) json.readTree(
                        "{\"name\": \"Ana Horvat\", \"email\": \"ana@mail.example\", \"accounts\": [{\"platform\": \"instagram\", \"handle\": \"%s\"}]}"
                                .formatted(handle))),
                new Origin("test", Instant.now(), false));
    }

    @Test
    void whatChangedLongAgoIsForgottenAndTheVersionStays() {
        write("older");
        write("old");
        var old = reader.version();
        jdbc.sql("update creator_change set at = now() - interval '40 days'").update();
        var noted = jdbc.sql("select count(*) from creator_change")
                .query(Long.class)
                .single();
        assertThat(retention.forgetOlderThan(Duration.ofDays(30)))
                .as("all but the last, which is the version")
                .isEqualTo(noted - 1);
        assertThat(reader.version()).isEqualTo(old);
        assertThat(reader.forgotten()).isEqualTo(old - 1);

        write("new");
        var version = reader.version();
        retention.forgetOlderThan(Duration.ofDays(30));
        assertThat(reader.version()).isEqualTo(version).isGreaterThan(old);
        assertThat(reader.forgotten()).isBetween(old, version - 1);
        assertThat(reader.changesAfter(reader.forgotten(), 10))
                .extracting(Change::number)
                .contains(version);
        assertThat(retention.forgetOlderThan(Duration.ofDays(30)))
                .as("a second time")
                .isZero();
    }

    @Test
    void likelyDoublesAreSearchedOnlyWhereSomethingChanged() {
        write("one");
        write("other");
        assertThat(doubles.likely(10)).hasSize(1);
        jdbc.sql("delete from creator").update(); // past the log of changes: nobody could know
        assertThat(doubles.likely(10)).as("kept").hasSize(1);
        assertThat(doubles.likely(0)).isEmpty();
        write("third");
        assertThat(doubles.likely(10)).isEmpty();
    }
}
