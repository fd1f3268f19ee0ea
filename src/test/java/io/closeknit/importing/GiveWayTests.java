package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class GiveWayTests {
    @Test
    void aWorkerRestsWhileSomebodyWaitsAndGoesOnAfterwardsOrWhenItHasRestedEnough() throws Exception {
        var way = new GiveWay();
        var inside = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var request = Thread.startVirtualThread(() -> {
            try {
                way.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (_, _) -> {
                    inside.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        var worker = way.new Worker();
        Thread.sleep(20);
        assertThat(worker.rest()).as("ends although the request does not").isPositive();
        answer.countDown();
        request.join();
        assertThat(worker.rest()).as("nobody waits any more").isZero();
    }
}
