package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class NicheSeedTests {
    @Autowired
    private NicheDirectory niches;

    @Test
    void everyNodeOfTheIabTaxonomyIsThere() {
        assertThat(niches.tree().all().stream().filter(niche -> niche.iabId() != null))
                .hasSize(704);
        assertThat(niches.tree().bySlug("skin-care").orElseThrow().iabId()).isEqualTo("559");
    }

    @Test
    void slugsOfTheApiExamplesExist() {
        assertThat(niches.tree().bySlug("running")).isPresent();
        assertThat(niches.tree().bySlug("outdoor-gear")).isPresent();
        var trail = niches.tree().bySlug("trail-running").orElseThrow();
        assertThat(niches.tree().path(trail.id()).stream().map(Niche::slug))
                .containsExactly("healthy-living", "fitness-and-exercise", "running");
    }
}
