package io.closeknit.niche;

/** Where other modules look niches up. */
public interface NicheDirectory {
    /** The whole taxonomy as it is now: an immutable snapshot, cheap to ask for, never older than the last commit seen. */
    NicheTree tree();
}
