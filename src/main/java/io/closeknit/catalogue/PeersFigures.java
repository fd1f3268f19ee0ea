package io.closeknit.catalogue;

/** What is calculated from the whole catalogue (quantiles of peers, stand-ins) says up to where it has followed it. */
public interface PeersFigures {
    /** The last change of the catalogue that is counted; -1 while nothing is calculated yet. */
    long upTo();
}
