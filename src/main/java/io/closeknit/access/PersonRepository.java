package io.closeknit.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

interface PersonRepository extends JpaRepository<Person, UUID> {
    boolean existsByEmailIgnoreCase(String email);

    Optional<Person> findByEmailIgnoreCase(String email);

    boolean existsByDemo(boolean demo);

    boolean existsByAdminTrueAndDemoFalseAndDisabledFalse();

    @EntityGraph(attributePaths = "memberships")
    List<Person> findAllBy();

    @EntityGraph(attributePaths = "memberships")
    List<Person> findByDemo(boolean demo);
}
