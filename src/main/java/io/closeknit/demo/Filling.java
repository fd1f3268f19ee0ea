package io.closeknit.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the demo in this installation.
 *
 * @param inventedOn the day that the figures are fresh on; null where nothing was invented
 * @param workspaceId of the invented people; null where nothing was invented or the workspace is gone
 * @param people marketer, agency and admin in this order
 * @param briefs some of them may have been removed since
 */
record Filling(
        State state,
        @Nullable LocalDate inventedOn,
        @Nullable UUID workspaceId,
        List<UUID> people,
        List<UUID> briefs) {

    enum State {
        /** The people are there, creators and briefs are on the way. */
        FILLING,
        FILLED,
        REMOVED,
        /** Not wanted at the first start. */
        DECLINED
    }

    /** Whether anything invented may be in the installation. */
    boolean present() {
        return state == State.FILLING || state == State.FILLED;
    }
}
