package io.closeknit.access;

import java.io.Serializable;
import java.util.UUID;

/** The person behind a request, and the workspace it works in. The principal of the security context. */
public record SignedIn(UUID personId, String name, UUID workspaceId, String workspaceName, Role role)
        implements Serializable {}
