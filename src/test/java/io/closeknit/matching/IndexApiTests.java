package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.matching.IndexPages.Bytes;
import io.closeknit.matching.IndexPages.Lasting;
import io.closeknit.testing.TestPeople;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPeople.class, SampleCatalogue.class})
class IndexApiTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private SampleCatalogue catalogue;

    @BeforeEach
    void fill() throws InterruptedException {
        catalogue.fill();
    }

    @AfterEach
    void empty() {
        catalogue.empty();
    }

    @Test
    void saysHowTheIndexStands() {
        var answer = mvc.get()
                .uri("/api/v1/admin/index")
                .header("Authorization", people.admin().bearer())
                .exchange();
        assertThat(answer).hasStatusOk();
        assertThat(answer).bodyJson().extractingPath("$.ready").isEqualTo(true);
        assertThat(answer).bodyJson().extractingPath("$.lag").isEqualTo(0);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.creators")
                .asNumber()
                .satisfies(number -> assertThat(number.intValue()).isGreaterThanOrEqualTo(32));
        assertThat(answer).bodyJson().extractingPath("$.statistics.version").asNumber();
    }

    @Test
    void onlyAdminsSeeAndRebuildIt() {
        var marketer = people.marketer();
        assertThat(mvc.get().uri("/api/v1/admin/index").header("Authorization", marketer.bearer()))
                .hasStatus(403);
        assertThat(mvc.post().uri("/api/v1/admin/index/rebuild").header("Authorization", marketer.bearer()))
                .hasStatus(403);
        assertThat(mvc.get().uri("/admin/index").with(marketer.signedIn())).hasStatus(403);
    }

    @Test
    void sizesAndTimesAreInWords() {
        assertThat(Bytes.of(0)).isEqualTo("0 B");
        assertThat(Bytes.of(174_300_000)).isEqualTo("174 MB");
        assertThat(Bytes.of(1_740_000_000)).isEqualTo("1.7 GB");
        assertThat(Lasting.of(Duration.ofSeconds(99))).isEqualTo(new Lasting("matching.index.seconds", 99));
        assertThat(Lasting.of(Duration.ofSeconds(140))).isEqualTo(new Lasting("matching.index.minutes", 2));
    }
}
