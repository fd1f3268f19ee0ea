package io.closeknit.index;

/** A newer request of the same asker took this one's place: nobody waits for the answer any more. */
public class RankingOvertakenException extends RuntimeException {
    RankingOvertakenException() {
        super("A newer request has taken this one's place");
    }
}
