package io.closeknit.index;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A request's right to go on, until a newer request of the same asker takes it. Safe to share between threads. */
final class Turn implements AutoCloseable {
    /** Nobody can take it. */
    static final Turn UNDISPUTED = new Turn(null, "");

    private final @Nullable ConcurrentMap<String, Turn> turns;
    private final String asker;
    private volatile boolean taken;

    private Turn(@Nullable ConcurrentMap<String, Turn> turns, String asker) {
        this.turns = turns;
        this.asker = asker;
    }

    /** @throws RankingOvertakenException where a newer request has taken the turn */
    void check() {
        if (taken) {
            throw new RankingOvertakenException();
        }
    }

    /** Gives the turn back; forgotten where nobody has taken it. */
    @Override
    public void close() {
        if (turns != null) {
            turns.remove(asker, this);
        }
    }

    /** The turns of all askers. */
    static final class Turns {
        private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();

        /** Takes the turn, from an older request of the same asker where one is still at work. To be closed. */
        Turn take(String asker) {
            var turn = new Turn(turns, asker);
            var older = turns.put(asker, turn);
            if (older != null) {
                older.taken = true;
            }
            return turn;
        }
    }
}
