package io.closeknit.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets people go first: while somebody waits for a page or an answer, the threads that work in the background, such as
 * those of an import, rest. None rests longer than half the time that it has worked, so that an import comes to its end on
 * a busy server too. Safe to share between threads.
 */
@Component
public class GiveWay {
    /** However long a thread has worked undisturbed, it rests no longer at a time: somebody who never gets an answer must not halt it. */
    private static final long MOST_SAVED = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger waiting = new AtomicInteger();
    private final ThreadLocal<@Nullable Worker> workers = new ThreadLocal<>();

    /** Somebody waits from now on; call {@link #answered} when that is over. */
    public void asked() {
        waiting.incrementAndGet();
    }

    public void answered() {
        waiting.decrementAndGet();
    }

    /** From now on this thread is one of those that rest. */
    public void inBackground() {
        workers.set(new Worker());
    }

    /**
     * To be called between small pieces of work, of a few milliseconds. Does nothing in threads that somebody may wait for.
     *
     * @return how long it rested, in nanoseconds; ends early where the thread is interrupted, which stays so
     */
    public long rest() {
        var worker = workers.get();
        return worker == null ? 0 : worker.rest();
    }

    /** What one thread has worked and rested. */
    private final class Worker {
        private long since = System.nanoTime();
        private long saved;

        private long rest() {
            var now = System.nanoTime();
            var began = now;
            saved = Math.min(MOST_SAVED, saved + (now - since) / 2);
            while (waiting.get() > 0 && saved > 0) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
                saved -= System.nanoTime() - now;
                now = System.nanoTime();
            }
            since = now;
            return now - began;
        }
    }
}
