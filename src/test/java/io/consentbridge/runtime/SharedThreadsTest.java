package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Threads that several batches share. */
class SharedThreadsTest {

    private static final int MANY = 100;

    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private SharedThreads threads;

    @AfterEach
    void end() throws InterruptedException {
        released.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void open(int count, int pieces) {
        threads = new SharedThreads(count, pieces, ProcessThreads.named("shared"));
    }

    private void hold() {
        try {
            released.await();
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }

    /** A piece of work of many tasks that do not end by themselves. */
    private void slowPiece(CountDownLatch begun) {
        threads.execute(() -> {
            for (int task = 0; task < MANY; task++) {
                threads.execute(() -> {
                    begun.countDown();
                    hold();
                });
            }
        });
    }

    @Test
    @DisplayName("One piece of work leaves a thread to another, however slow its tasks are")
    void leavesOne() throws InterruptedException {
        open(3, 2);
        CountDownLatch begun = new CountDownLatch(2);
        slowPiece(begun);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        threads.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("Where only one piece of work is expected, it may use all threads")
    void usesAll() throws InterruptedException {
        open(3, 1);
        CountDownLatch begun = new CountDownLatch(3);
        slowPiece(begun);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("The tasks of two pieces take turns on a single thread")
    void turns() throws InterruptedException {
        open(1, 2);
        Queue<String> order = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(6);
        threads.execute(this::hold);
        for (String piece : new String[] {"a", "b"}) {
            threads.execute(() -> {
                for (int task = 1; task <= 3; task++) {
                    String name = piece + task;
                    threads.execute(() -> {
                        order.add(name);
                        all.countDown();
                    });
                }
            });
        }
        released.countDown();

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    }

    @Test
    @DisplayName("A task that fails keeps no later task of its piece from running")
    void failing() throws InterruptedException {
        open(1, 1);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
        try {
            threads.execute(() -> {
                threads.execute(() -> {
                    throw new IllegalStateException("a task fails");
                });
                threads.execute(done::countDown);
            });
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    @DisplayName("After the end no task is accepted")
    void ended() {
        open(1, 1);
        threads.shutdown();
        assertThatThrownBy(() -> threads.execute(done::countDown)).isInstanceOf(RejectedExecutionException.class);
        assertThat(threads.isShutdown()).isTrue();
    }
}
