package io.closeknit.niche;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic that an audience can have in common.
 *
 * @param id small and dense, given by the database; never reused
 * @param slug the name in addresses and in the API, lower case with hyphens; unique
 * @param parentId the niche it lies below, null at the top
 * @param iabId the node of the IAB Content Taxonomy 3.1 that it comes from, null where it is ours
 * @param aliases other words for it, in the order of the alphabet
 * @param hashtags hashtags without '#' that mean it, in the order of the alphabet
 * @param related curated related niches by slug, with the strength of the relation in (0, 1], the strongest first
 * @param version counts its changes, for the ETag
 */
public record Niche(
        int id,
        String slug,
        String name,
        @Nullable Integer parentId,
        @Nullable String description,
        @Nullable String iabId,
        List<String> aliases,
        List<String> hashtags,
        List<Related> related,
        long version) {

    /**
     * A curated relation; it holds both ways.
     *
     * @param strength in (0, 1]
     */
    public record Related(String niche, double strength) {
        static final Comparator<Related> STRONGEST_FIRST =
                Comparator.comparingDouble(Related::strength).reversed().thenComparing(Related::niche);
    }
}
