package io.closeknit.access;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as its owner sees it: never with its secret.
 *
 * @param role at most; who has a lower one by now lends no more than that
 * @param lastUsedAt to the minute; null: never
 */
record PersonalToken(
        UUID id,
        String name,
        Role role,
        TokenScope scope,
        UUID workspaceId,
        String workspaceName,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** @param secret what programs send; it is shown once and stored nowhere */
    record Made(String secret, PersonalToken token) {}

    /** What a request showed that was let in by a token. */
    record Use(UUID id, Instant expiresAt, TokenScope scope) {}

    /**
     * What somebody asks for; whatever is null gets its default.
     *
     * @param role its name whatever the case; default: the person's own
     * @param scope read, write or admin whatever the case; default: the most that the role allows
     * @param workspace its id or its name; default: the one the person is at work in
     * @param expiresAt default: a year from now
     */
    @Schema(name = "TokenWish")
    record Wish(
            @Nullable String name,
            @Nullable String role,
            @Nullable String scope,
            @Nullable String workspace,
            @Nullable Instant expiresAt) {}
}
