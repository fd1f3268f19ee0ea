package io.closeknit.database;

import java.util.Optional;
import java.util.UUID;

/** Says for which workspace the running thread works; the {@code access} module answers from the signed-in person. */
public interface WorkspaceSource {
    Optional<UUID> currentWorkspace();
}
