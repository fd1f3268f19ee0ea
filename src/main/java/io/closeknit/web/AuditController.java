package io.closeknit.web;

import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import io.closeknit.access.ForAdmins;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The audit for admins: searched, paged, exported. It lives here rather than with people because it writes files. */
@Controller
@ForAdmins
@RequestMapping("/admin/audit")
class AuditController {
    private static final int WORDS_LENGTH = 200;

    private final Audit audit;
    private final MessageSource messages;
    private final Clock clock;

    AuditController(Audit audit, MessageSource messages, Clock clock) {
        this.audit = audit;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        var asked = new Asked(cut(q), action, from, until);
        var entries = asked.readable() ? audit.find(asked.search(), before) : List.<Audit.Entry>of();
        model.addAttribute("asked", asked);
        model.addAttribute("entries", entries);
        model.addAttribute("actions", words());
        model.addAttribute("wrong", !asked.readable());
        model.addAttribute("export", asked.address("/admin/audit/export.csv", null));
        if (entries.size() == Audit.PAGE) {
            model.addAttribute(
                    "older", asked.address("/admin/audit", entries.getLast().id()));
        }
        return "web/audit";
    }

    @GetMapping("/export.csv")
    void export(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            HttpServletResponse response)
            throws IOException {
        var asked = new Asked(cut(q), action, from, until);
        if (!asked.readable()) {
            throw ApiException.unacceptable(
                    "The days must be dates.", List.of(new FieldProblem("from", "Give a date such as 2026-11-30.")));
        }
        audit.note(AuditAction.AUDIT_EXPORTED, null, asked.told());
        var words = words();
        try (var file = CsvDownload.begin(response, "audit " + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
            file.row("number", "at", "person", "person id", "workspace", "address", "action", "what", "to", "detail");
            audit.each(
                    asked.search(),
                    entry -> file.row(
                            entry.id(),
                            entry.at(),
                            entry.personName(),
                            entry.personId(),
                            entry.placeName(),
                            entry.address(),
                            entry.action(),
                            words.getOrDefault(entry.action(), entry.action()),
                            entry.subject(),
                            entry.detail()));
        }
    }

    private LinkedHashMap<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        for (var action : AuditAction.values()) {
            words.put(action.name(), messages.getMessage("web.audit.action." + action, null, Locale.ENGLISH));
        }
        return words;
    }

    private static String cut(String words) {
        return words.length() > WORDS_LENGTH ? words.substring(0, WORDS_LENGTH) : words;
    }

    /** What the address bar holds. @param from the first day, UTC @param until the last day, included */
    record Asked(String q, String action, String from, String until) {
        boolean readable() {
            try {
                day(from);
                day(until);
                if (!action.isEmpty()) {
                    AuditAction.valueOf(action);
                }
                return true;
            } catch (IllegalArgumentException | DateTimeParseException _) {
                return false;
            }
        }

        Audit.Search search() {
            var first = day(from);
            var last = day(until);
            return new Audit.Search(
                    q,
                    action.isEmpty() ? null : AuditAction.valueOf(action),
                    first == null ? null : first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                    last == null
                            ? null
                            : last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        }

        String told() {
            return "words: " + q + "; action: " + action + "; from " + from + " until " + until;
        }

        String address(String path, @Nullable Long before) {
            var address = UriComponentsBuilder.fromPath(path);
            add(address, "q", q);
            add(address, "action", action);
            add(address, "from", from);
            add(address, "until", until);
            if (before != null) {
                address.queryParam("before", before);
            }
            return address.encode().build().toUriString();
        }

        private static void add(UriComponentsBuilder address, String name, String value) {
            if (!value.isEmpty()) {
                address.queryParam(name, value);
            }
        }

        private static @Nullable LocalDate day(String text) {
            return StringUtils.hasText(text) ? LocalDate.parse(text) : null;
        }
    }
}
