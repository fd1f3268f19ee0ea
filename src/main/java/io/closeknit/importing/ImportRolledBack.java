package io.closeknit.importing;

import java.util.UUID;

/**
 * What an import brought was taken back.
 *
 * @param removed creators that are gone
 * @param restored creators that are as they were
 * @param kept creators of whom something stays, because others changed it since
 */
public record ImportRolledBack(UUID runId, long removed, long restored, long kept) {}
