package io.closeknit.index;

import io.closeknit.catalogue.PeersFigures;
import org.springframework.stereotype.Component;

/** Says up to which change of the catalogue the statistics count it. */
@Component
class CalculatedPeers implements PeersFigures {
    private final IndexKeeper keeper;

    CalculatedPeers(IndexKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public long upTo() {
        try {
            return keeper.statistics().catalogueVersion();
        } catch (IndexNotReadyException e) {
            return -1;
        }
    }
}
