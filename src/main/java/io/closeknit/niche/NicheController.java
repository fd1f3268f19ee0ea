package io.closeknit.niche;

import io.closeknit.access.ForAdmins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages on which admins look after the taxonomy. */
@Controller
@ForAdmins
@RequestMapping("/admin/niches")
class NicheController {
    private static final int MOST_HITS = 100;

    private final NicheDirectory niches;
    private final NicheSearch search;
    private final NicheService service;
    private final ObjectProvider<NicheUsage> usage;

    NicheController(NicheDirectory niches, NicheSearch search, NicheService service, ObjectProvider<NicheUsage> usage) {
        this.niches = niches;
        this.search = search;
        this.service = service;
        this.usage = usage;
    }

    @GetMapping
    String list(@RequestParam(defaultValue = "") String q, Model model) {
        var tree = niches.tree();
        var creators = creators();
        model.addAttribute("q", q.strip());
        model.addAttribute("total", tree.all().size());
        model.addAttribute(
                "ours",
                tree.all().stream().filter(niche -> niche.iabId() == null).count());
        model.addAttribute(
                "words",
                tree.all().stream()
                        .mapToInt(niche ->
                                niche.aliases().size() + niche.hashtags().size())
                        .sum());
        if (q.isBlank()) {
            model.addAttribute(
                    "branches",
                    tree.tops().stream()
                            .map(niche -> branch(tree, niche, creators))
                            .toList());
        } else {
            model.addAttribute("mostHits", MOST_HITS);
            model.addAttribute(
                    "hits",
                    search.complete(q, MOST_HITS).stream()
                            .map(match -> new Hit(
                                    row(match.niche(), creators),
                                    tree.path(match.niche().id()),
                                    match.word()))
                            .toList());
        }
        return "niche/niches";
    }

    @GetMapping("/{slug}")
    String show(@PathVariable String slug, Model model) {
        var tree = niches.tree();
        var niche = tree.resolve(slug).orElseThrow(() -> new NicheNotFoundException(slug));
        if (!niche.slug().equals(slug)) {
            return "redirect:/admin/niches/" + niche.slug();
        }
        var creators = creators();
        model.addAttribute("niche", niche);
        model.addAttribute("path", tree.path(niche.id()));
        model.addAttribute(
                "children",
                tree.children(niche.id()).stream()
                        .map(child -> row(child, creators))
                        .toList());
        model.addAttribute(
                "related",
                niche.related().stream()
                        .map(relation ->
                                new RelatedRow(tree.bySlug(relation.niche()).orElseThrow(), relation.strength()))
                        .toList());
        model.addAttribute("creators", row(niche, creators).creators());
        return "niche/niche";
    }

    @GetMapping("/new")
    String newForm(@RequestParam(required = false) @Nullable String parent, Model model) {
        var tree = niches.tree();
        var above = parent == null
                ? null
                : tree.resolve(parent).map(tree::spokenName).orElse(null);
        model.addAttribute("nicheForm", NicheForm.empty(above));
        return "niche/niche-form";
    }

    @PostMapping
    ModelAndView add(@ModelAttribute NicheForm nicheForm, BindingResult errors, RedirectAttributes flash) {
        try {
            var niche = service.add(nicheForm.toDraft());
            return saved(niche, "niche.added", flash);
        } catch (NicheRefusedException refused) {
            reject(refused.problems(), errors);
        } catch (NicheWordTakenException taken) {
            reject(List.of(taken.problem()), errors);
        }
        return new ModelAndView("niche/niche-form", HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/{slug}/edit")
    String editForm(@PathVariable String slug, Model model) {
        var tree = niches.tree();
        var niche = find(slug);
        model.addAttribute("niche", niche);
        model.addAttribute("nicheForm", NicheForm.of(niche, tree));
        return "niche/niche-form";
    }

    @PostMapping("/{slug}")
    ModelAndView update(
            @PathVariable String slug,
            @ModelAttribute NicheForm nicheForm,
            BindingResult errors,
            RedirectAttributes flash) {
        try {
            var version = nicheForm.version();
            var niche = service.update(slug, version == null ? -1 : version, nicheForm.toDraft());
            return saved(niche, "niche.saved", flash);
        } catch (NicheRefusedException refused) {
            reject(refused.problems(), errors);
        } catch (NicheWordTakenException taken) {
            reject(List.of(taken.problem()), errors);
        } catch (NicheChangedException changed) {
            return conflict(nicheForm, changed.current());
        }
        return new ModelAndView("niche/niche-form", Map.of("niche", find(slug)), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** Both versions in one form: what was typed in the fields, what the other one saved beside them. */
    private ModelAndView conflict(NicheForm typed, Niche current) {
        var model = new HashMap<String, Object>();
        model.put("niche", current);
        model.put("nicheForm", typed.withVersion(current.version()));
        model.put("theirs", NicheForm.of(current, niches.tree()).differencesFrom(typed));
        return new ModelAndView("niche/niche-form", model, HttpStatus.CONFLICT);
    }

    private static ModelAndView saved(Niche niche, String notice, RedirectAttributes flash) {
        flash.addFlashAttribute("notice", notice);
        flash.addFlashAttribute("noticeArgs", List.of(niche.name()));
        return new ModelAndView("redirect:/admin/niches/" + niche.slug());
    }

    private static void reject(List<NicheProblem> problems, BindingResult errors) {
        for (var problem : problems) {
            var field = problem.formField().equals("slug") ? "name" : problem.formField();
            errors.rejectValue(field, problem.key(), problem.arguments(), null);
        }
    }

    private Niche find(String slug) {
        return niches.tree().bySlug(slug).orElseThrow(() -> new NicheNotFoundException(slug));
    }

    /** @return null where nobody counts creators */
    private @Nullable Map<Integer, Long> creators() {
        var counting = usage.orderedStream().toList();
        if (counting.isEmpty()) {
            return null;
        }
        var creators = new HashMap<Integer, Long>();
        counting.forEach(each -> each.creatorsByNiche().forEach((id, count) -> creators.merge(id, count, Long::sum)));
        return creators;
    }

    private static Branch branch(NicheTree tree, Niche niche, @Nullable Map<Integer, Long> creators) {
        var below = new ArrayList<Branch>();
        var all = 0;
        for (var child : tree.children(niche.id())) {
            var branch = branch(tree, child, creators);
            below.add(branch);
            all += 1 + branch.below();
        }
        return new Branch(row(niche, creators), below, all);
    }

    private static Row row(Niche niche, @Nullable Map<Integer, Long> creators) {
        return new Row(niche, creators == null ? null : creators.getOrDefault(niche.id(), 0L));
    }

    /** @param creators how many carry the niche itself; null where nobody counts them */
    record Row(Niche niche, @Nullable Long creators) {
        public int words() {
            return niche.aliases().size() + niche.hashtags().size();
        }
    }

    /** @param below how many niches lie below, at any depth */
    record Branch(Row row, List<Branch> children, int below) {}

    /** @param word the alias or hashtag that it was found by; null where it was the name */
    record Hit(Row row, List<Niche> path, @Nullable String word) {}

    record RelatedRow(Niche niche, double strength) {}
}
