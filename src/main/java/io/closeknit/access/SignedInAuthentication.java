package io.closeknit.access;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** What the security context, and with it the session in the database, holds of a signed-in person. */
final class SignedInAuthentication extends AbstractAuthenticationToken {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The stamp of an authentication that is made for one request or job and never kept. */
    static final long NO_SESSION = -1;

    private final SignedIn principal;
    private final long stamp;

    /** @param stamp of the person at sign-in; see {@link Standing#stamp()}; {@link #NO_SESSION} outside sessions */
    SignedInAuthentication(SignedIn principal, long stamp) {
        super(AuthorityUtils.createAuthorityList("ROLE_" + principal.role().name()));
        this.principal = principal;
        this.stamp = stamp;
        setAuthenticated(true);
    }

    @Override
    public SignedIn getPrincipal() {
        return principal;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    /** The id, which is what Spring Session files the session under and what logs may carry. */
    @Override
    public String getName() {
        return principal.personId().toString();
    }

    long stamp() {
        return stamp;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedInAuthentication that && stamp == that.stamp && principal.equals(that.principal);
    }

    @Override
    public int hashCode() {
        return 31 * principal.hashCode() + Long.hashCode(stamp);
    }
}
