package io.closeknit.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface WorkspaceRepository extends ListCrudRepository<Workspace, UUID> {
    Optional<Workspace> findByNameIgnoreCase(String name);

    List<Workspace> findAllByOrderByName();
}
