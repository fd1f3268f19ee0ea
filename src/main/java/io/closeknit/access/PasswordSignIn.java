package io.closeknit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.closeknit.access.Allowances.Kind;
import java.time.Duration;
import java.util.Locale;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Signs people in with e-mail and password, on the page and over the API. */
@Component
class PasswordSignIn implements AuthenticationProvider {
    private static final int KNOWN_ADDRESSES = 100_000;

    private final StandingReader people;
    private final PasswordHashing passwords;
    private final SecondFactor secondFactor;
    private final Allowances allowances;
    private final Audit audit;

    /** Where somebody has signed in before: no stranger's failures elsewhere keep her from doing so again. */
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(KNOWN_ADDRESSES)
            .expireAfterAccess(Duration.ofDays(30))
            .build();

    PasswordSignIn(
            StandingReader people,
            PasswordHashing passwords,
            SecondFactor secondFactor,
            Allowances allowances,
            Audit audit) {
        this.people = people;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.allowances = allowances;
        this.audit = audit;
    }

    /**
     * @throws BadCredentialsException for an unknown e-mail and for a wrong password alike
     * @throws DisabledException only where the password was right
     * @throws NoWorkspaceException only where the password was right
     * @throws SecondFactorNeededException only where the password was right
     * @throws TooManyTriesException whoever tries, whether the password is right or not
     */
    @Override
    public Authentication authenticate(Authentication attempt) {
        var email = attempt.getName().strip().toLowerCase(Locale.ROOT);
        var password = attempt.getCredentials() instanceof CharSequence typed ? typed : "";
        if (email.length() > Person.EMAIL_LENGTH
                || password.length() > 2 * Passwords.LONGEST
                || email.chars().anyMatch(Character::isISOControl)) {
            throw new BadCredentialsException(
                    "No e-mail and no password is like that"); // nor can PostgreSQL look for it
        }
        var address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? AddressKey.of(details.getRemoteAddress())
                : "";
        var here = address + " " + email;
        var stranger = known.getIfPresent(here) == null;
        allowances.take(Kind.SIGN_IN_ADDRESS, address);
        allowances.take(Kind.SIGN_IN_HERE, here);
        if (stranger) {
            allowances.take(Kind.SIGN_IN_PERSON, email);
        }
        try {
            var person = passwords.admitted(() -> check(email, password));
            giveBack(address, here, stranger, email);
            known.put(here, true);
            if (secondFactor.on(person.getPrincipal().personId())) {
                throw new SecondFactorNeededException(person);
            }
            return person;
        } catch (TooManySignInsException busy) {
            giveBack(address, here, stranger, email); // not this person's fault
            throw busy;
        }
    }

    private void giveBack(String address, String here, boolean stranger, String email) {
        allowances.giveBack(Kind.SIGN_IN_ADDRESS, address);
        allowances.giveBack(Kind.SIGN_IN_HERE, here);
        if (stranger) {
            allowances.giveBack(Kind.SIGN_IN_PERSON, email);
        }
    }

    private SignedInAuthentication check(String email, CharSequence password) {
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
