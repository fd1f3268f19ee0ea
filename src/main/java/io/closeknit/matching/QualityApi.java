package io.closeknit.matching;

import io.closeknit.access.ForAdmins;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How good the ranking is, over the API. */
@RestController
@ForAdmins
class QualityApi {
    private final RankingQuality quality;

    QualityApi(RankingQuality quality) {
        this.quality = quality;
    }

    /**
     * The same as the page's.
     *
     * @param measured on real pairs of brands and creators, not in this catalogue
     * @param own what this catalogue holds; null while the index is not ready
     */
    record QualityView(RankingQuality.Measured measured, RankingQuality.@Nullable Own own) {}

    @GetMapping("/api/v1/admin/quality")
    QualityView show() {
        return new QualityView(quality.measured(), quality.own());
    }
}
