package io.closeknit.catalogue;

import java.time.Instant;

/**
 * A creator as stored.
 *
 * @param id given by the database, never reused
 * @param demo invented, see the demo module; never counts among peers once there are real creators
 * @param version counts the changes, for the ETag
 * @param document complete: slug, name and accounts are there, and so are their observedAt
 */
public record CatalogueCreator(
        long id, boolean demo, long version, Instant createdAt, Instant updatedAt, CreatorDocument document) {}
