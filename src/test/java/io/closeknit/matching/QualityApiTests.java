package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.testing.TestPeople;
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
class QualityApiTests {
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
    void saysWhatWasMeasuredAndWhatThisCatalogueHolds() {
        var answer = mvc.get()
                .uri("/api/v1/admin/quality")
                .header("Authorization", people.admin().bearer())
                .exchange();
        assertThat(answer).hasStatusOk();
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.measured.setUps[*].key")
                .asArray()
                .containsExactly("all", "three", "partners");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.own.known[?(@.criterion == 'relevance')].creators")
                .asArray()
                .singleElement()
                .satisfies(known -> assertThat((Integer) known).isPositive());
        assertThat(answer).bodyJson().extractingPath("$.own.known").asArray().hasSize(7);
    }

    @Test
    void thePageShowsTheSame() {
        assertThat(mvc.get().uri("/admin/quality").with(people.admin().signedIn()))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "How good is the ranking?",
                        "Its three strongest topics",
                        "What is not validated",
                        "Credibility")
                .containsPattern(">0\\.\\d{3}</span>")
                .containsPattern("\u2212?0\\.\\d{3} to \u2212?0\\.\\d{3}")
                .doesNotContainPattern(">-?0\\.\\d{1,2}<");
    }

    @Test
    void isForAdmins() {
        var marketer = people.marketer();
        assertThat(mvc.get().uri("/api/v1/admin/quality").header("Authorization", marketer.bearer()))
                .hasStatus(403);
        assertThat(mvc.get().uri("/admin/quality").with(marketer.signedIn())).hasStatus(403);
    }
}
