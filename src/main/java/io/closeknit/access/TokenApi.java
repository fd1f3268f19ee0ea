package io.closeknit.access;

import io.closeknit.access.PersonalToken.Use;
import io.closeknit.access.PersonalToken.Wish;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Personal tokens over the API: one's own only. */
@RestController
@Tag(name = "Tokens", description = "What programs sign in with; one's own only")
@RequestMapping("/api/v1/tokens")
class TokenApi {
    private final PersonalTokens tokens;
    private final MessageSource messages;

    TokenApi(PersonalTokens tokens, MessageSource messages) {
        this.tokens = tokens;
        this.messages = messages;
    }

    /** Makes a token and shows it this once. Made with a token, it is for the same workspace and ends no later. */
    @Operation(summary = "Make a token, which is shown this once")
    @PostMapping
    ResponseEntity<NewToken> make(
            @Parameter(hidden = true) @AuthenticationPrincipal SignedIn person,
            @Parameter(hidden = true) Authentication authentication,
            @RequestBody(required = false) @Nullable Wish wish) {
        var with = authentication.getDetails() instanceof Use use ? use : null;
        var made = tokens.make(person, with, wish == null ? new Wish(null, null, null, null, null) : wish);
        var token = made.token();
        return ResponseEntity.created(URI.create("/api/v1/tokens/" + token.id()))
                .body(new NewToken(
                        token.id(),
                        made.secret(),
                        token.name(),
                        lower(token.role()),
                        lower(token.scope()),
                        token.workspaceName(),
                        token.expiresAt()));
    }

    @Operation(summary = "One's tokens without their secrets, the newest first")
    @GetMapping
    TokenList list(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn person) {
        var items = tokens.list(person.personId()).stream()
                .map(token -> new ListedToken(
                        token.id(),
                        token.name(),
                        lower(token.role()),
                        lower(token.scope()),
                        token.workspaceName(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.lastUsedAt()))
                .toList();
        return new TokenList(items, items.size());
    }

    @Operation(summary = "Revoke a token")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@Parameter(hidden = true) @AuthenticationPrincipal SignedIn person, @PathVariable UUID id) {
        if (!tokens.revoke(person.personId(), id)) {
            throw problem(HttpStatus.NOT_FOUND, "not-found", "You have no token with this id.");
        }
    }

    @ExceptionHandler
    ProblemDetail refused(RefusedException refused) {
        var reason = messages.getMessage(refused.key(), refused.arguments(), Locale.ENGLISH);
        var problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "unacceptable", "The token was not made. " + reason)
                .getBody();
        problem.setProperty("errors", List.of(Map.of("field", refused.field(), "reason", reason)));
        return problem;
    }

    /** As the web module words its problems; it stands above this module, so its types cannot be used here. */
    private static ErrorResponseException problem(HttpStatus status, String type, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:closeknit:problem:" + type));
        return new ErrorResponseException(status, problem, null);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    record NewToken(
            UUID id, String token, String name, String role, String scope, String workspace, Instant expiresAt) {}

    record ListedToken(
            UUID id,
            String name,
            String role,
            String scope,
            String workspace,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    record TokenList(List<ListedToken> items, long total) {}
}
