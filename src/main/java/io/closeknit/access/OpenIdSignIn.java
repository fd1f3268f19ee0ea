package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * Signs in who comes back from an OpenID provider: the person with the same e-mail, which the provider must call
 * verified. Nobody is created: a provider says who somebody is, an admin says who belongs here.
 */
@Component("openIdSignIn")
class OpenIdSignIn {
    private static final String NEXT = "closeknit.openid.next";

    private final ObjectProvider<ClientRegistrationRepository> registrations;
    private final StandingReader people;
    private final Sessions sessions;
    private final Audit audit;

    OpenIdSignIn(
            ObjectProvider<ClientRegistrationRepository> registrations,
            StandingReader people,
            Sessions sessions,
            Audit audit) {
        this.registrations = registrations;
        this.people = people;
        this.sessions = sessions;
        this.audit = audit;
    }

    boolean configured() {
        return registrations.getIfAvailable() != null;
    }

    /** For the sign-in page, in the order of the configuration. */
    List<Provider> providers() {
        return registrations.getIfAvailable() instanceof Iterable<?> known
                ? StreamSupport.stream(known.spliterator(), false)
                        .filter(ClientRegistration.class::isInstance)
                        .map(each -> (ClientRegistration) each)
                        .map(each ->
                                new Provider(each.getClientName(), "/oauth2/authorization/" + each.getRegistrationId()))
                        .toList()
                : List.of();
    }

    void succeeded(HttpServletRequest request, HttpServletResponse response, Authentication provided)
            throws IOException {
        var standing = email(provided).flatMap(people::findByEmail);
        var person = standing.flatMap(known -> known.in(null));
        if (standing.isEmpty() || person.isEmpty()) {
            SecurityContextHolder.clearContext();
            var session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            audit.note(
                    AuditAction.SIGN_IN_FAILED,
                    null,
                    standing.map(Standing::name).orElse(null),
                    "OpenID Connect: nobody who may sign in has this verified e-mail");
            response.sendRedirect(request.getContextPath() + "/sign-in?openId=unknown");
            return;
        }
        var next = request.getSession().getAttribute(NEXT) instanceof String asked ? asked : "/";
        request.getSession().removeAttribute(NEXT);
        sessions.begin(new SignedInAuthentication(person.get(), standing.get().stamp()), request, response);
        audit.note(AuditAction.SIGNED_IN, person.get(), null, "OpenID Connect");
        response.sendRedirect(request.getContextPath() + next);
    }

    void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        audit.note(
                AuditAction.SIGN_IN_FAILED,
                null,
                null,
                "OpenID Connect: " + reason.getClass().getSimpleName());
        response.sendRedirect(request.getContextPath() + "/sign-in?openId=failed");
    }

    private static Optional<String> email(Authentication provided) {
        return provided.getPrincipal() instanceof OidcUser user && Boolean.TRUE.equals(user.getEmailVerified())
                ? Optional.ofNullable(user.getEmail())
                : Optional.empty();
    }

    record Provider(String name, String url) {}

    /**
     * Remembers, while the person is at the provider, the page of ours that was asked for: the parameter {@code next} of
     * the link to the provider, as with passwords. It stays here; the provider does not see it.
     */
    static class Remembering implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
        private final HttpSessionOAuth2AuthorizationRequestRepository requests =
                new HttpSessionOAuth2AuthorizationRequestRepository();

        @Override
        public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
            return requests.loadAuthorizationRequest(request);
        }

        @Override
        public void saveAuthorizationRequest(
                OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
            requests.saveAuthorizationRequest(asked, request, response);
            request.getSession().setAttribute(NEXT, OwnPath.or(request.getParameter("next"), "/"));
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
                HttpServletRequest request, HttpServletResponse response) {
            return requests.removeAuthorizationRequest(request, response);
        }
    }

    /** We ask a provider nothing more, so its access tokens are not kept. */
    static class Forgetful implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // see above
        }

        @Override
        public void removeAuthorizedClient(
                String registration,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // there is none
        }
    }
}
