package io.closeknit.access;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface WorkspaceRepository extends JpaRepository<Workspace, UUID> {
    Optional<Workspace> findByNameIgnoreCase(String name);
}
