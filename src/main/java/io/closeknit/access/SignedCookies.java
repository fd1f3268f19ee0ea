package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.stereotype.Component;

/**
 * The cookie that names a session, signed with the installation's key. PostgreSQL holds the ids of sessions as they are;
 * whoever reads them there cannot make the cookie that belongs to one.
 */
@Component
class SignedCookies extends DefaultCookieSerializer {
    private final InstallationKeys keys;

    SignedCookies(InstallationKeys keys, ServerProperties server) {
        this.keys = keys;
        var cookie = server.getServlet().getSession().getCookie();
        Optional.ofNullable(cookie.getName()).ifPresent(this::setCookieName);
        Optional.ofNullable(cookie.getDomain()).ifPresent(this::setDomainName);
        Optional.ofNullable(cookie.getPath()).ifPresent(this::setCookiePath);
        Optional.ofNullable(cookie.getHttpOnly()).ifPresent(this::setUseHttpOnlyCookie);
        Optional.ofNullable(cookie.getSecure()).ifPresent(this::setUseSecureCookie);
        Optional.ofNullable(cookie.getMaxAge()).ifPresent(age -> setCookieMaxAge((int) age.toSeconds()));
        Optional.ofNullable(cookie.getSameSite()).ifPresent(site -> setSameSite(site.attributeValue()));
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        return super.readCookieValues(request).stream()
                .flatMap(value -> keys.verified(value).stream())
                .toList();
    }

    @Override
    public void writeCookieValue(CookieValue cookie) {
        super.writeCookieValue(
                cookie.getCookieValue().isEmpty() // removes it
                        ? cookie
                        : new CookieValue(
                                cookie.getRequest(), cookie.getResponse(), keys.signed(cookie.getCookieValue())));
    }
}
