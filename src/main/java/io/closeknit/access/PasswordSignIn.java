package io.closeknit.access;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Signs people in with e-mail and password, on the page and over the API. */
@Component
class PasswordSignIn implements AuthenticationProvider {
    private final StandingReader people;
    private final PasswordHashing passwords;

    PasswordSignIn(StandingReader people, PasswordHashing passwords) {
        this.people = people;
        this.passwords = passwords;
    }

    /**
     * @throws BadCredentialsException for an unknown e-mail and for a wrong password alike
     * @throws DisabledException only where the password was right
     * @throws NoWorkspaceException only where the password was right
     */
    @Override
    public Authentication authenticate(Authentication attempt) {
        var email = attempt.getName();
        var password = attempt.getCredentials() instanceof CharSequence typed ? typed : "";
        var person = people.findByEmail(email);
        if (person.isEmpty()) {
            passwords.matchNobody(password);
            throw new BadCredentialsException("Unknown e-mail");
        }
        if (!passwords.matches(password, person.get().passwordHash())) {
            throw new BadCredentialsException("Wrong password");
        }
        if (person.get().disabled()) {
            throw new DisabledException("Disabled");
        }
        var signedIn = person.get().in(null).orElseThrow(NoWorkspaceException::new);
        return new SignedInAuthentication(signedIn, person.get().stamp());
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
