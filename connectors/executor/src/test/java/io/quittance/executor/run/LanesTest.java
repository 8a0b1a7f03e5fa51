package io.quittance.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final Lanes lanes = new Lanes(4, "lanes-test", broken::add);

    @AfterEach
    void stop() {
        lanes.stop(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void oneLaneIsWorkedOnInOrderAndOneAtATime() {
        List<Integer> order = new CopyOnWriteArrayList<>();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int number = 0; number < 200; number++) {
            int job = number;
            lanes.submit("subject", () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                order.add(job);
                running.decrementAndGet();
            });
        }

        await().until(() -> order.size() == 200);
        assertThat(order).isSorted();
        assertThat(most).hasValue(1);
    }

    @Test
    void differentLanesDoNotWaitForEachOther() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch met = new CountDownLatch(2);
        for (String lane : List.of("one", "other")) {
            lanes.submit(lane, () -> {
                both.countDown();
                both.await();
                met.countDown();
            });
        }

        assertThat(met.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aJobThatBreaksIsReportedAndTheLaneGoesOn() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        lanes.submit("subject", () -> {
            throw new IllegalStateException("broken");
        });
        lanes.submit("subject", next::countDown);

        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(broken).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stoppingLetsWhatRunsFinishAndDropsWhatWaits() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        lanes.submit("subject", () -> {
            started.countDown();
            finish.await();
            done.incrementAndGet();
        });
        lanes.submit("subject", done::incrementAndGet);
        started.await();
        Thread stopping = new Thread(() -> lanes.stop(Duration.ofSeconds(20), Duration.ZERO));
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        finish.countDown();
        stopping.join();

        assertThat(done).hasValue(1);
        assertThat(broken).isEmpty();
    }

    @Test
    void stoppingInterruptsWhatDoesNotFinish() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        lanes.submit("subject", () -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        started.await();

        assertThat(lanes.stop(Duration.ZERO, Duration.ofSeconds(10))).isTrue();
        assertThat(broken).isEmpty();
    }
}
