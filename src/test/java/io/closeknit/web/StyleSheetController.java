package io.closeknit.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The living style sheet: every part that pages are made of, for tests and for whoever works on the look. Not shipped. */
@TestComponent
@Controller
@RequestMapping("/style-sheet")
class StyleSheetController {
    record SampleForm(
            @NotBlank String name,
            String message,
            @NotNull @Min(1) @Max(1000) Integer count,

            @NotNull @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
            LocalDate until,

            String platform,
            @NotEmpty List<String> countries,
            String objective,
            boolean keepUnknown) {}

    @ModelAttribute("platforms")
    Map<String, String> platforms() {
        return ordered("instagram", "Instagram", "tiktok", "TikTok", "youtube", "YouTube");
    }

    @ModelAttribute("countries")
    Map<String, String> countries() {
        return ordered("HR", "Croatia", "SI", "Slovenia", "DE", "Germany");
    }

    @ModelAttribute("objectives")
    Map<String, String> objectives() {
        return ordered("awareness", "Awareness", "consideration", "Consideration", "sales", "Sales");
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("sampleForm", new SampleForm(null, null, null, null, null, null, "awareness", true));
        return "style-sheet/page";
    }

    @PostMapping
    ModelAndView save(@Valid @ModelAttribute SampleForm sampleForm, BindingResult errors, RedirectAttributes flash) {
        if (errors.hasErrors()) {
            return new ModelAndView("style-sheet/page", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        flash.addFlashAttribute("notice", "web.form.errors");
        flash.addFlashAttribute("noticeArgs", List.of(2));
        return new ModelAndView("redirect:/style-sheet");
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
