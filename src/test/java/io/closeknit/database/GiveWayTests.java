package io.closeknit.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GiveWayTests {
    private static final long WORKED = 20_000_000;

    private final GiveWay way = new GiveWay();

    @Test
    void aThreadInTheBackgroundRestsWhileSomebodyWaitsButNoLongerThanItHasWorked() {
        var rested = inBackground(() -> {
            way.asked();
            work();
            return way.rest();
        });
        assertThat(rested).as("ends although nobody was answered").isPositive();
        way.answered();
        assertThat(inBackground(() -> {
                    work();
                    return way.rest();
                }))
                .as("nobody waits any more")
                .isLessThan(rested);
    }

    @Test
    void aThreadThatGoesOnToItsNextPieceOfWorkKeepsWhatItHasSaved() {
        way.asked();
        assertThat(inBackground(() -> {
                    work();
                    way.inBackground();
                    return way.rest();
                }))
                .as("as long as it has worked, since nobody is answered")
                .isGreaterThan(WORKED / 2);
    }

    @Test
    void aThreadThatSomebodyMayWaitForNeverRests() {
        way.asked();
        work();
        assertThat(way.rest()).isZero();
    }

    @Test
    void anInterruptEndsTheRestAndIsNotLost() {
        way.asked();
        var interrupted = CompletableFuture.supplyAsync(
                        () -> {
                            way.inBackground();
                            work();
                            Thread.currentThread().interrupt();
                            way.rest();
                            return Thread.currentThread().isInterrupted();
                        },
                        Thread::startVirtualThread)
                .join();
        assertThat(interrupted).isTrue();
    }

    private long inBackground(java.util.function.LongSupplier work) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            way.inBackground();
                            return work.getAsLong();
                        },
                        Thread::startVirtualThread)
                .join();
    }

    private static void work() {
        var until = System.nanoTime() + WORKED;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
