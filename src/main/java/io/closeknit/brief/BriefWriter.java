package io.closeknit.brief;

/** Where other modules write briefs, in the workspace that the running thread works for. */
public interface BriefWriter {
    /**
     * Saves a new brief.
     *
     * @throws BriefRefusedException where {@link BriefDirectory#check} finds something
     */
    BriefId add(BriefDocument document);

    /** Removes a brief whatever its version; one that is not in this workspace is left alone. */
    void remove(BriefId id);
}
