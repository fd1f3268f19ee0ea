package io.closeknit.niche;

import java.util.List;

/** A niche was not accepted; every reason is named. */
class NicheRefusedException extends RuntimeException {
    private final transient List<NicheProblem> problems;

    NicheRefusedException(List<NicheProblem> problems) {
        super("Not accepted: " + problems);
        this.problems = List.copyOf(problems);
    }

    List<NicheProblem> problems() {
        return problems;
    }
}
