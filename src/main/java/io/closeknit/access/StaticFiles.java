package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What lies under {@code static}: files in a module's own folder and from WebJars. Both the folder and the ending count,
 * so that a handler somewhere below {@code /matching} is not public by accident. Addresses come here normalised: the
 * firewall has turned away {@code ..}, {@code //} and {@code ;} in a path.
 */
class StaticFiles implements RequestMatcher {
    private static final Pattern FILE = Pattern.compile("/favicon\\.(ico|svg)|/robots\\.txt"
            + "|/(webjars|web|access|niche|catalogue|importing|brief|matching|demo)/.+\\.(css|js|svg|png|ico|woff2)");

    @Override
    public boolean matches(HttpServletRequest request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && FILE.matcher(request.getServletPath()).matches();
    }
}
