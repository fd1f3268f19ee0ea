package io.closeknit.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person may do at this moment, read from the database.
 *
 * @param stamp sessions that began under another one have ended
 * @param places by the workspace's name
 */
record Standing(
        UUID personId,
        String name,
        String passwordHash,
        boolean admin,
        boolean disabled,
        long stamp,
        List<Place> places) {

    /** @param role what the membership gives, before {@link Standing#admin()} counts */
    record Place(UUID workspaceId, String workspaceName, Role role) {}

    /**
     * The person at work.
     *
     * @param workspace where; null where the person did not choose: the first by name
     * @return empty for a disabled person, and where the person does not belong to the workspace (any more)
     */
    Optional<SignedIn> in(@Nullable UUID workspace) {
        if (disabled) {
            return Optional.empty();
        }
        return places.stream()
                .filter(place -> workspace == null || place.workspaceId().equals(workspace))
                .findFirst()
                .map(place -> new SignedIn(personId, name, place.workspaceId(), place.workspaceName(), role(place)));
    }

    /** The effective role: an admin is one everywhere. */
    private Role role(Place place) {
        return admin ? Role.ADMIN : place.role();
    }
}
