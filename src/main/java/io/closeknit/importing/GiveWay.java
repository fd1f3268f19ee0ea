package io.closeknit.importing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets people go first: while somebody waits for a page or an answer, the threads of an import rest. They never rest longer
 * than they have worked, so an import on a busy server takes at most twice as long.
 */
@Component
class GiveWay extends OncePerRequestFilter {
    private static final long MOST_SAVED = TimeUnit.MILLISECONDS.toNanos(500);

    private final AtomicInteger waiting = new AtomicInteger();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        waiting.incrementAndGet();
        try {
            chain.doFilter(request, response);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** What one thread has worked and rested; not safe for use by several. */
    final class Worker {
        private long since = System.nanoTime();
        private long saved;

        /** To be called between small pieces of work. @return how long it rested, in nanoseconds */
        long rest() throws InterruptedException {
            var now = System.nanoTime();
            var began = now;
            saved = Math.min(MOST_SAVED, saved + now - since);
            while (waiting.get() > 0 && saved > 0) {
                Thread.sleep(1);
                saved -= System.nanoTime() - now;
                now = System.nanoTime();
            }
            since = now;
            return now - began;
        }
    }
}
