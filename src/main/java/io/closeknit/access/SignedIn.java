package io.closeknit.access;

import java.io.Serial;
import java.io.Serializable;
import java.util.UUID;

/**
 * The person behind a request, and the workspace it works in. The principal of the security context: a handler asks for
 * it with {@code @AuthenticationPrincipal SignedIn}, a service with {@link CurrentPerson}.
 *
 * @param role the effective one in this workspace
 */
public record SignedIn(UUID personId, String name, UUID workspaceId, String workspaceName, Role role)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;
}
