package io.closeknit.index;

/** Every criterion that is asked weighs nothing, so that there is nothing to rank by. */
public class NothingToWeighException extends RuntimeException {
    NothingToWeighException() {
        super("Nothing is left to weigh: give at least one criterion that the brief asks for a weight above 0.");
    }
}
