package io.closeknit.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets people go first: while somebody waits for a page or an answer, the threads that work in the background, such as
 * those of an import, rest. None rests longer than it has worked, so that an import takes at most twice as long on a busy
 * server. Safe to share between threads.
 */
@Component
public class GiveWay {
    /** However long a thread has worked undisturbed, it rests no longer at a time: somebody who never gets an answer must not halt it. */
    private static final long MOST_SAVED = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger waiting = new AtomicInteger();
    private final Lock lock = new ReentrantLock();
    private final Condition nobodyWaits = lock.newCondition();
    private final ThreadLocal<@Nullable Worker> workers = new ThreadLocal<>();

    /** Somebody waits from now on; call {@link #answered} when that is over. */
    public void asked() {
        waiting.incrementAndGet();
    }

    public void answered() {
        if (waiting.decrementAndGet() == 0) {
            lock.lock();
            try {
                nobodyWaits.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** From now on this thread is one of those that rest; one that is so already keeps what it has saved. */
    public void inBackground() {
        if (workers.get() == null) {
            workers.set(new Worker());
        }
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
            saved = Math.min(MOST_SAVED, saved + now - since);
            since = now;
            if (waiting.get() > 0 && saved > 0) {
                await();
                since = System.nanoTime();
                saved -= since - now;
            }
            return since - now;
        }

        /** Not by looking every so often: many that look keep the processor from whom they wait for. */
        private void await() {
            try {
                lock.lockInterruptibly();
                try {
                    var left = saved;
                    while (waiting.get() > 0 && left > 0) {
                        left = nobodyWaits.awaitNanos(left);
                    }
                } finally {
                    lock.unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
