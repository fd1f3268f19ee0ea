package io.closeknit.catalogue;

import java.util.Optional;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.repository.Repository;

/** Creators one by one. */
interface CreatorRepository extends Repository<Creator, Long> {
    @EntityGraph(attributePaths = "accounts")
    Optional<Creator> findBySlug(String slug);

    boolean existsBySlug(String slug);

    void delete(Creator creator);
}
