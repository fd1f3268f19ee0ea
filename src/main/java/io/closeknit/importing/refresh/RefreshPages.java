package io.closeknit.importing.refresh;

import io.closeknit.access.ForAdmins;
import io.closeknit.importing.refresh.RefreshStore.State;
import io.closeknit.importing.refresh.RefreshStore.Status;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the refresh from each platform stands, and what of its quota is spent. */
@Controller
@RequestMapping("/admin/refresh")
@ForAdmins
class RefreshPages {
    private final PlatformRefresh refresh;
    private final RefreshStore store;
    private final RefreshProperties properties;
    private final Clock clock;

    RefreshPages(PlatformRefresh refresh, RefreshStore store, RefreshProperties properties, Clock clock) {
        this.refresh = refresh;
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param status null before it was ever looked for what is due
     * @param until when more is granted
     */
    record Row(
            String platform,
            boolean configured,
            @Nullable Status status,
            long due,
            long spentUnits,
            long granted,
            Instant until) {
        public boolean isSpent() {
            return status != null && status.state() == State.SPENT;
        }

        public String state() {
            return !configured
                    ? "OFF"
                    : status == null ? State.WAITING.name() : status.state().name();
        }
    }

    @GetMapping
    String show(Model model) {
        var now = clock.instant();
        model.addAttribute(
                "rows",
                refresh.connectors().stream()
                        .map(connector -> {
                            var window = connector.window(now);
                            var platform = connector.platform();
                            return new Row(
                                    platform.key(),
                                    connector.isConfigured(),
                                    store.status(platform).orElse(null),
                                    store.countDue(platform, now),
                                    store.spent(platform, window),
                                    window.granted(),
                                    window.until());
                        })
                        .toList());
        model.addAttribute("anyConfigured", refresh.connectors().stream().anyMatch(Connector::isConfigured));
        model.addAttribute("days", Math.max(1, properties.every().toDays()));
        return "importing/refresh";
    }

    @PostMapping
    String look(RedirectAttributes flash) {
        refresh.announce();
        flash.addFlashAttribute("notice", "importing.refresh.looking");
        return "redirect:/admin/refresh";
    }
}
