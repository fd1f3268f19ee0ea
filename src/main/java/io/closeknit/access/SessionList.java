package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/** Where somebody is signed in, and ending that from elsewhere. */
@Component
class SessionList {
    private static final String ADDRESS = "closeknit.address";
    private static final String BROWSER = "closeknit.browser";
    private static final int KEY_LENGTH = 32;

    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    SessionList(FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.sessions = sessions;
    }

    /** Notes where a session began, for the list. */
    static void begins(HttpSession session, HttpServletRequest request) {
        session.setAttribute(ADDRESS, request.getRemoteAddr());
        session.setAttribute(BROWSER, browser(request.getHeader("User-Agent")));
    }

    /** The person's sessions, that of the request first, then by their last use. */
    List<Shown> of(UUID person, @Nullable HttpSession current) {
        return sessions.findByPrincipalName(person.toString()).values().stream()
                .filter(session -> !session.isExpired())
                .map(session -> new Shown(
                        key(session.getId()),
                        session.getCreationTime(),
                        session.getLastAccessedTime(),
                        session.<String>getAttribute(ADDRESS),
                        session.<String>getAttribute(BROWSER),
                        current != null && session.getId().equals(current.getId())))
                .sorted(Comparator.comparing(Shown::current)
                        .thenComparing(Shown::lastUsedAt)
                        .reversed())
                .toList();
    }

    /** @return false where the person has no such session */
    boolean end(UUID person, String key) {
        var found = sessions.findByPrincipalName(person.toString()).keySet().stream()
                .filter(id -> key(id).equals(key))
                .findFirst();
        found.ifPresent(sessions::deleteById);
        return found.isPresent();
    }

    /** @param but this one stays; null: none does. @return how many were ended */
    int endAll(UUID person, @Nullable HttpSession but) {
        var ids = sessions.findByPrincipalName(person.toString()).keySet().stream()
                .filter(id -> but == null || !id.equals(but.getId()))
                .toList();
        ids.forEach(sessions::deleteById);
        return ids.size();
    }

    /** Names a session without being it: the id itself lets its holder in. */
    private static String key(String id) {
        return HexFormat.of().formatHex(Secrets.hash(id)).substring(0, KEY_LENGTH);
    }

    static String browser(@Nullable String agent) {
        if (agent == null || agent.isBlank()) {
            return "";
        }
        var program = first(
                agent,
                "Edg/",
                "Edge",
                "OPR/",
                "Opera",
                "Firefox/",
                "Firefox",
                "Chrome/",
                "Chrome",
                "Safari/",
                "Safari");
        var system = first(
                agent,
                "Windows",
                "Windows",
                "iPhone",
                "iPhone",
                "iPad",
                "iPad",
                "Mac OS X",
                "macOS",
                "Android",
                "Android",
                "Linux",
                "Linux");
        var both = (program + " " + system).strip();
        return both.isEmpty()
                ? agent.substring(0, Math.min(60, agent.length()))
                : both.replace(" ", ", ").replace("macOS", "macOS");
    }

    private static String first(String agent, String... pairs) {
        for (var i = 0; i < pairs.length; i += 2) {
            if (agent.contains(pairs[i])) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    /**
     * @param key names it on our pages
     * @param browser such as 'Firefox, Linux'; empty or null: not known
     */
    record Shown(
            String key,
            Instant startedAt,
            Instant lastUsedAt,
            @Nullable String address,
            @Nullable String browser,
            boolean current) {}
}
