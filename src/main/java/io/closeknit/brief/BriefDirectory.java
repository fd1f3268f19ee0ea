package io.closeknit.brief;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Where other modules read the briefs of the signed-in person's workspace. */
public interface BriefDirectory {
    /** @return empty where there is none in this workspace, also when another workspace has it */
    Optional<StoredBrief> find(BriefId id);

    /** The briefs of the workspace, the last edited first. */
    List<StoredBrief> list();

    /** What the briefs of the workspace are called, the last edited first: all that a choice among them needs. */
    List<BriefName> names();

    /**
     * What is wrong with a brief: unknown niches, countries, negative figures and the like, each at its field; empty
     * where all is well. Does not ask for anything to rank by.
     */
    List<Problem> check(BriefDocument document);

    /**
     * Reads a brief as the API sends it and checks it, so that everything wrong is named at once: unknown fields, values of
     * the wrong type, and all that {@link #check} finds.
     *
     * @return the document with aliases resolved to slugs; complete only where there is no problem
     */
    Checked read(ObjectNode json);

    /** A document in its resolved form, and what is wrong with it. */
    record Checked(BriefDocument document, List<Problem> problems) {}

    record BriefName(BriefId id, String name) {}

    /** @param draft saved but not yet complete enough to rank by */
    record StoredBrief(BriefId id, BriefDocument document, boolean draft, long version, Instant updatedAt) {}
}
