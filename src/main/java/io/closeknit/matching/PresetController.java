package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory.StoredBrief;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.web.ApiException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Saves weights for the workspace, renames and removes them. */
@Controller
class PresetController {
    private final Presets presets;
    private final AddressReader addresses;
    private final BriefsInUse briefs;
    private final Sentences sentences;

    PresetController(Presets presets, AddressReader addresses, BriefsInUse briefs, Sentences sentences) {
        this.presets = presets;
        this.addresses = addresses;
        this.briefs = briefs;
        this.sentences = sentences;
    }

    /**
     * Saves the weights of a ranking and goes back to it.
     *
     * @param address query of Discover with the weights; those of the brief or the defaults where it names none
     */
    @PostMapping("/presets")
    String add(@RequestParam(defaultValue = "") String name, @RequestParam String address, RedirectAttributes flash) {
        var shown = read(address);
        var called = name.strip();
        if (called.isEmpty() || called.length() > SavedPreset.NAME_LENGTH) {
            warn(flash, "matching.problem.name", SavedPreset.NAME_LENGTH);
            return "redirect:" + shown.url();
        }
        var brief = briefs.named(shown.first("brief"));
        var problems = new ArrayList<Problem>();
        var requested = Weights.read(shown.parameters(), problems, sentences);
        var weights =
                requested == null ? SavedPreset.of(addresses.base(brief == null ? null : brief.document())) : requested;
        if (!problems.isEmpty() || weights.values().stream().noneMatch(weight -> weight > 0)) {
            warn(flash, "matching.problem.preset.weights");
            return "redirect:" + shown.url();
        }
        try {
            var saved = presets.add(called, weights);
            flash.addFlashAttribute("notice", "matching.preset.saved");
            flash.addFlashAttribute("noticeArgs", saved.name());
            return "redirect:" + saved.on(shown).url();
        } catch (Presets.NameTakenException taken) {
            warn(flash, "matching.preset.taken", called);
            return "redirect:" + shown.url();
        }
    }

    @GetMapping("/presets")
    String list(Model model) {
        model.addAttribute("presets", presets.list());
        return "matching/presets";
    }

    @PostMapping("/presets/{id}/rename")
    String rename(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam long version,
            RedirectAttributes flash) {
        var preset = get(id);
        var called = name.strip();
        if (called.isEmpty() || called.length() > SavedPreset.NAME_LENGTH) {
            warn(flash, "matching.problem.name", SavedPreset.NAME_LENGTH);
            return "redirect:/presets";
        }
        try {
            presets.update(preset, called, preset.weights(), version);
            flash.addFlashAttribute("notice", "matching.preset.renamed");
            flash.addFlashAttribute("noticeArgs", called);
        } catch (Presets.NameTakenException taken) {
            warn(flash, "matching.preset.taken", called);
        } catch (Presets.ChangedException changed) {
            warn(flash, "matching.preset.changed", nameOf(changed.current(), preset));
        }
        return "redirect:/presets";
    }

    @PostMapping("/presets/{id}/delete")
    String remove(@PathVariable UUID id, @RequestParam long version, RedirectAttributes flash) {
        var preset = get(id);
        try {
            presets.remove(id, version);
            flash.addFlashAttribute("notice", "matching.preset.deleted");
            flash.addFlashAttribute("noticeArgs", preset.name());
        } catch (Presets.ChangedException changed) {
            warn(flash, "matching.preset.changed", nameOf(changed.current(), preset));
        }
        return "redirect:/presets";
    }

    private static String nameOf(@Nullable SavedPreset current, SavedPreset before) {
        return Objects.requireNonNullElse(current, before).name();
    }

    private SavedPreset get(UUID id) {
        return presets.find(id).orElseThrow(() -> ApiException.notFound(sentences.of("matching.problem.preset")));
    }

    private Address read(String query) {
        return addresses.read(Address.parse(query), id -> briefs.find(id).map(StoredBrief::document));
    }

    private static void warn(RedirectAttributes flash, String key, Object... arguments) {
        flash.addFlashAttribute("notice", key);
        flash.addFlashAttribute("noticeArgs", arguments);
        flash.addFlashAttribute("noticeKind", "warning");
    }
}
