package io.closeknit.matching;

import io.closeknit.access.ForAdmins;
import io.closeknit.index.IndexAdministration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page on which admins see how the index stands, and have it built anew. */
@Controller
@RequestMapping("/admin/index")
@ForAdmins
class IndexPages {
    private final IndexAdministration index;

    IndexPages(IndexAdministration index) {
        this.index = index;
    }

    @GetMapping
    String show(Model model) {
        var state = index.state();
        var rebuild = state.rebuild();
        var last = state.lastRebuild();
        model.addAttribute("state", state);
        model.addAttribute("disk", Bytes.of(state.bytesOnDisk()));
        model.addAttribute("memory", Bytes.of(state.bytesInMemory()));
        model.addAttribute("remaining", rebuild == null ? null : Lasting.of(rebuild.remaining()));
        model.addAttribute("lastTook", last == null ? null : Lasting.of(last.took()));
        return "matching/index";
    }

    /** What changes while a rebuild is under way; the page asks for it again and again. */
    @GetMapping("/state")
    String state(Model model) {
        return show(model) + " :: state";
    }

    @PostMapping("/rebuild")
    String rebuild(RedirectAttributes flash) {
        var asked = index.rebuild();
        flash.addFlashAttribute("notice", "matching.index.rebuild." + (asked ? "asked" : "already"));
        if (!asked) {
            flash.addFlashAttribute("noticeKind", "warning");
        }
        return "redirect:/admin/index";
    }

    /** A duration in words: a message and its number. */
    record Lasting(String key, long number) {
        private static final long MINUTES_FROM = 100;

        static @Nullable Lasting of(@Nullable Duration duration) {
            if (duration == null) {
                return null;
            }
            var seconds = duration.toSeconds();
            return seconds < MINUTES_FROM
                    ? new Lasting("matching.index.seconds", seconds)
                    : new Lasting("matching.index.minutes", Math.round(seconds / 60.0));
        }
    }

    /** A size as people read it: 174 MB. */
    static final class Bytes {
        private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
        private static final int STEP = 1_000;

        private Bytes() {}

        static String of(long bytes) {
            var size = (double) bytes;
            var unit = 0;
            while (size >= STEP && unit < UNITS.length - 1) {
                size /= STEP;
                unit++;
            }
            var digits = unit > 0 && size < 10 ? "%.1f" : "%.0f";
            return String.format(java.util.Locale.ROOT, digits + " " + UNITS[unit], size);
        }
    }
}
