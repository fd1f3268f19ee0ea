package io.closeknit.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Takes back what an import brought. */
public interface ImportUndo {
    /**
     * Takes back what the import did to the next creators: those whom it brought go, of the others each fact gets the
     * value it had, unless somebody changed it since. Takes part in the caller's transaction. To be called until there
     * are no more; what was taken back is not taken back again.
     *
     * @param afterId of the creator where the last call ended; 0 at first
     * @param source what the creators' history shall say
     */
    Undone undo(UUID importId, long afterId, int limit, String source, Instant at);

    /**
     * Forgets what changes replaced that were made before a moment; what they brought stays. Imports that began before it
     * can't be taken back any more, as a whole: the caller sees to it that nobody tries.
     *
     * @return how many changes were forgotten; fewer than {@code limit} where there are no more
     */
    int forget(Instant before, int limit);

    /**
     * @param lastId of the last creator that was looked at
     * @param removed creators that are gone
     * @param restored creators that are, as far as could be, as they were
     * @param kept those whom others changed since
     * @param more whether there may be more
     */
    record Undone(long lastId, int removed, int restored, List<Kept> kept, boolean more) {}

    /**
     * Somebody of whom something that the import brought, or what became of it, stays.
     *
     * @param facts which, by name; empty: all of her
     */
    record Kept(long creatorId, String slug, String name, List<String> facts) {}
}
