package io.closeknit.importing;

import java.util.UUID;

/**
 * An import is over and changed the catalogue.
 *
 * @param created creators that are new
 * @param updated creators that changed; at least one of the two is above 0
 */
public record ImportFinished(UUID runId, long created, long updated) {}
