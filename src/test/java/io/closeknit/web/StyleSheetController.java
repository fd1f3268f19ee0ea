package io.closeknit.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.ArrayList;
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

    @ModelAttribute("fits")
    List<FitBar> fits() {
        return List.of(
                fit(61, 88, 0.96, 0.93, 0.9, 0.8, 1.0, 0.9, 1.0, 0.7),
                fit(64, 75, 0.78, 0.72, 0.66, 0.9, 0.55, 0.61, 0.95, 0.4),
                fit(22, 58, 0.3, 0.5, 0.2, 0.6, 0.5, 0.3, 0.4, 0.1));
    }

    @ModelAttribute("countriesChart")
    ShareBars countriesChart() {
        return new ShareBars(List.of(
                new ShareBars.Item("Croatia", 0.713, null, true),
                new ShareBars.Item("Slovenia", 0.12),
                new ShareBars.Item("Bosnia and Herzegovina", 0.061),
                new ShareBars.Item("Germany", 0.008, "estimated", false)));
    }

    @ModelAttribute("pyramid")
    AgePyramid pyramid() {
        return new AgePyramid(List.of(
                new AgePyramid.Band("13-17", 0.02, 0.01, false),
                new AgePyramid.Band("18-24", 0.14, 0.09, false),
                new AgePyramid.Band("25-34", 0.37, 0.15, true),
                new AgePyramid.Band("35-44", 0.09, 0.06, false),
                new AgePyramid.Band("45-54", 0.03, 0.02, false),
                new AgePyramid.Band("65+", 0.005, 0.0, false)));
    }

    @ModelAttribute("series")
    List<TimeSeries> series() {
        var start = LocalDate.of(2026, 1, 1);
        var followers = new ArrayList<TimeSeries.Point>();
        var rates = new ArrayList<TimeSeries.Point>();
        for (var i = 0; i < 11; i++) {
            followers.add(new TimeSeries.Point(start.plusMonths(i), 14_200 + 400 * i + (i % 3) * 90));
            rates.add(new TimeSeries.Point(start.plusMonths(i), 0.045 - 0.001 * (i % 4)));
        }
        return List.of(
                new TimeSeries("Followers", TimeSeries.Unit.COUNT, followers),
                new TimeSeries("Engagement rate", TimeSeries.Unit.FRACTION, rates));
    }

    @ModelAttribute("spark")
    Sparkline spark() {
        return new Sparkline(List.of(12.1, 12.4, 13.0, 12.8, 14.2, 15.9, 18.4), "Followers, up from 12.1K to 18.4K");
    }

    private static FitBar fit(double low, double high, double... values) {
        var weights = List.of(25, 25, 15, 10, 10, 5, 5, 5);
        var segments = new ArrayList<FitBar.Segment>();
        var score = 0.0;
        for (var i = 0; i < values.length; i++) {
            score += weights.get(i) * values[i];
            segments.add(new FitBar.Segment(
                    Criteria.KEYS.get(i),
                    values[i],
                    weights.get(i),
                    weights.get(i) * values[i],
                    i != 4 && i != 1 || high - low < 15,
                    true,
                    "trail-running 0.7, running 0.2"));
        }
        return new FitBar(score, Math.min(low, score), Math.max(high, score), segments);
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
