package io.closeknit.niche;

/**
 * The taxonomy changed. Published in the transaction of the change.
 *
 * @param version of the tree after the change
 */
public record NicheTreeChanged(long version) {}
