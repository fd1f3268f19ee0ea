package io.closeknit.matching;

import io.closeknit.access.ForAdmins;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page that tells admins how good the ranking is. */
@Controller
@ForAdmins
class QualityPages {
    private final RankingQuality quality;

    QualityPages(RankingQuality quality) {
        this.quality = quality;
    }

    @GetMapping("/admin/quality")
    String show(Model model) {
        model.addAttribute("measured", quality.measured());
        model.addAttribute("own", quality.own());
        return "matching/quality";
    }
}
