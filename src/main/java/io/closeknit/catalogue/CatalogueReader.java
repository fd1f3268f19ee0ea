package io.closeknit.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads creators, one by one or all of them, and the log of what changed. */
public interface CatalogueReader {
    Optional<CatalogueCreator> find(String slug);

    /** The creators with these ids, in the order of the ids; those that are gone are left out. */
    List<CatalogueCreator> load(Collection<Long> ids);

    /** The slugs of the creators with these ids; those that are gone are left out. */
    Map<Long, String> slugs(Collection<Long> ids);

    /** The creators with an id from {@code first} to {@code last}, in the order of the ids: the quick way to read many. */
    List<CatalogueCreator> range(long first, long last);

    /** Up to {@code limit} creators with an id above {@code afterId}, in the order of the ids; empty at the end. */
    List<CatalogueCreator> scan(long afterId, int limit);

    /** Up to {@code limit} ids above {@code afterId}, ascending; empty at the end. */
    List<Long> ids(long afterId, int limit);

    /** The number of the last change in the log: the catalogue's version; 0 when nothing ever changed. */
    long version();

    /** The number up to which the log of changes is forgotten: whoever knows the catalogue as it was before reads it anew. */
    long forgotten();

    /** Up to {@code limit} changes with a number above {@code afterNumber}, in the order of their commits. */
    List<Change> changesAfter(long afterNumber, int limit);

    /** The number of creators, real ones and demo ones. */
    Count count();

    /**
     * @param number grows without gaps that could still be filled: a later commit never has a smaller number
     * @param creatorId of the creator that was created, changed or removed
     */
    record Change(long number, long creatorId) {}

    /** How many creators there are. */
    record Count(long real, long demo) {
        public long all() {
            return real + demo;
        }
    }
}
