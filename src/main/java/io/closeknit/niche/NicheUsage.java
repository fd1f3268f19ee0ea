package io.closeknit.niche;

import java.util.Map;

/** Who uses niches: the catalogue says so, for the pages of the taxonomy. */
public interface NicheUsage {
    /** How many creators carry each niche itself, not those below it, by niche id; a niche that nobody carries is left out. */
    Map<Integer, Long> creatorsByNiche();
}
