package io.closeknit.brief;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.List;

/** The brief holds something that cannot be accepted. */
public class BriefRefusedException extends RuntimeException {
    private final transient List<Problem> problems;

    /** @param problems at least one */
    BriefRefusedException(List<Problem> problems) {
        super("The brief was refused: " + problems);
        this.problems = problems;
    }

    public List<Problem> problems() {
        return problems;
    }
}
