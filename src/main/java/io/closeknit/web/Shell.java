package io.closeknit.web;

import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What {@code layout.html} shows round a page: who is signed in, the navigation, the banners. */
@Component("shell")
class Shell {
    private static final List<Page> PAGES = List.of(
            new Page(
                    "/discover",
                    List.of("/creators", "/compare", "/presets"),
                    "web.nav.discover",
                    "discover",
                    Role.MARKETER),
            new Page("/briefs", List.of(), "web.nav.briefs", "briefs", Role.VIEWER),
            new Page("/rankings", List.of(), "web.nav.rankings", "lists", Role.VIEWER),
            new Page("/admin/niches", List.of(), "web.nav.niches", "niches", Role.ADMIN),
            new Page("/admin/imports", List.of(), "web.nav.imports", "imports", Role.ADMIN),
            new Page("/admin/index", List.of(), "web.nav.index", "index", Role.ADMIN),
            new Page("/admin/quality", List.of(), "web.nav.quality", "quality", Role.ADMIN),
            new Page("/admin/people", List.of(), "web.nav.people", "people", Role.ADMIN),
            new Page("/admin/audit", List.of(), "web.nav.audit", "audit", Role.ADMIN));

    private final ObjectProvider<PageBanner> banners;
    private final MessageSource messages;
    private final Formats formats;
    private final String version;

    Shell(
            ObjectProvider<PageBanner> banners,
            MessageSource messages,
            Formats formats,
            ObjectProvider<BuildProperties> build) {
        this.banners = banners;
        this.messages = messages;
        this.formats = formats;
        this.version = Optional.ofNullable(build.getIfAvailable())
                .map(BuildProperties::getVersion)
                .orElse("");
    }

    /** For a page of whoever is signed in; without anybody the page has no navigation. */
    public Frame current() {
        var person = person();
        return new Frame(
                person,
                person == null ? List.of() : navigation(person.role()),
                shownBanners(),
                person == null ? null : csrfHeaders(),
                version,
                formats.now());
    }

    /** For a page before the sign-in. */
    public Frame signedOut() {
        return new Frame(null, List.of(), shownBanners(), null, version, formats.now());
    }

    /** @return the wording of a message; arguments may be null, one value, a list or an array */
    public String text(String key, @Nullable Object arguments) {
        Object[] args = switch (arguments) {
            case null -> new Object[0];
            case Object[] array -> array;
            case Collection<?> list -> list.toArray();
            default -> new Object[] {arguments};
        };
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }

    /** Whether to offer Discover: viewers read what is shared with them. */
    public boolean mayDiscover() {
        var person = person();
        return person != null && person.role() != Role.VIEWER;
    }

    /** @see #text(String, Object) */
    public String text(String key) {
        return text(key, null);
    }

    /** @return {@link Criteria#KEYS} */
    public List<String> getCriteria() {
        return Criteria.KEYS;
    }

    private List<PageBanner.Banner> shownBanners() {
        return banners.orderedStream()
                .map(PageBanner::banner)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Entry> navigation(Role role) {
        var path = path();
        var entries = new ArrayList<Entry>();
        var admin = false;
        for (var page : PAGES) {
            if (role.compareTo(page.role()) >= 0) {
                var first = page.role() == Role.ADMIN && !admin;
                admin |= first;
                entries.add(new Entry(
                        page.url(), page.label(), page.icon(), page.holds(path), first ? "web.nav.admin" : null));
            }
        }
        return entries;
    }

    private static @Nullable SignedIn person() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn person ? person : null;
    }

    private static @Nullable String csrfHeaders() {
        return request() instanceof HttpServletRequest request
                        && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? "{\"" + token.getHeaderName() + "\":\"" + token.getToken() + "\"}"
                : null;
    }

    private static String path() {
        var request = request();
        return request == null
                ? ""
                : request.getRequestURI().substring(request.getContextPath().length());
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }

    private record Page(String url, List<String> also, String label, String icon, Role role) {
        boolean holds(String path) {
            return below(url, path) || also.stream().anyMatch(each -> below(each, path));
        }

        private static boolean below(String url, String path) {
            return path.equals(url) || path.startsWith(url + "/");
        }
    }

    /** @param group the message key of the heading that goes before it */
    record Entry(
            String url,
            String label,
            String icon,
            boolean current,
            @Nullable String group) {}

    /**
     * @param person null: nobody is signed in
     * @param csrfHeaders what htmx sends along, as JSON
     * @param printed when, for the foot of a printed page
     */
    record Frame(
            @Nullable SignedIn person,
            List<Entry> navigation,
            List<PageBanner.Banner> banners,
            @Nullable String csrfHeaders,
            String version,
            String printed) {

        /** The first letters of the first and the last word of the name. */
        public String getInitials() {
            return person == null ? "" : Initials.of(person.name());
        }
    }
}
