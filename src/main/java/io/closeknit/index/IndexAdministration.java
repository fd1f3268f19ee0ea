package io.closeknit.index;

import org.springframework.stereotype.Service;

/** How the index of this node stands, and building it anew. */
@Service
public class IndexAdministration {
    private final IndexKeeper keeper;

    IndexAdministration(IndexKeeper keeper) {
        this.keeper = keeper;
    }

    public IndexState state() {
        return keeper.state();
    }

    /**
     * Builds the index anew from the catalogue, in the background. What answers now goes on answering; where the process is
     * killed meanwhile the next start begins again.
     *
     * @return false where a rebuild is under way already
     */
    public boolean rebuild() {
        return keeper.requestRebuild();
    }
}
