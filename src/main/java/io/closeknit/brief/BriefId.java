package io.closeknit.brief;

import java.util.UUID;

/** Names a brief. */
public record BriefId(UUID value) {}
