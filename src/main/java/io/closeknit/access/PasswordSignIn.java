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
    private final Audit audit;

    PasswordSignIn(StandingReader people, PasswordHashing passwords, Audit audit) {
        this.people = people;
        this.passwords = passwords;
        this.audit = audit;
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
            audit.note(AuditAction.SIGN_IN_FAILED, null, null, "unknown e-mail"); // what was typed may be a password
            throw new BadCredentialsException("Unknown e-mail");
        }
        if (!passwords.matches(password, person.get().passwordHash())) {
            failed(person.get(), "wrong password");
            throw new BadCredentialsException("Wrong password");
        }
        if (person.get().disabled()) {
            failed(person.get(), "disabled");
            throw new DisabledException("Disabled");
        }
        var signedIn = person.get().in(null).orElseThrow(NoWorkspaceException::new);
        return new SignedInAuthentication(signedIn, person.get().stamp());
    }

    private void failed(Standing person, String reason) {
        audit.note(AuditAction.SIGN_IN_FAILED, null, person.name(), reason);
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
