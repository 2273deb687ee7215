package io.consentbridge.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of threads that several pieces of work share fairly: their tasks take turns, and one piece leaves a thread to
 * each of the others, so that none waits for the slow calls of another. What a task begins belongs to the same piece; what
 * another thread begins is a piece of its own.
 */
final class SharedThreads extends AbstractExecutorService {

    /** The tasks of one piece of work that wait, and how many of it run. */
    private static final class Piece {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    private record Begun(Piece piece, Runnable task) {}

    private final ExecutorService threads;
    private final int most;
    private final ThreadLocal<Piece> current = new ThreadLocal<>();
    // Those with waiting tasks, the one whose turn it is first.
    private final Deque<Piece> turns = new ArrayDeque<>();

    /**
     * @param threads how many there are
     * @param pieces how many pieces of work are expected at the same time
     */
    SharedThreads(int threads, int pieces, ThreadFactory factory) {
        this.threads = Executors.newFixedThreadPool(threads, factory);
        this.most = Math.max(1, threads - (pieces - 1));
    }

    @Override
    public void execute(Runnable task) {
        synchronized (turns) {
            threads.execute(this::work);
            Piece piece = current.get() == null ? new Piece() : current.get();
            if (piece.waiting.isEmpty()) {
                turns.addLast(piece);
            }
            piece.waiting.add(task);
        }
    }

    /** Runs tasks while there are any that may run; one that may not yet is run by the thread that ends a task of its piece. */
    private void work() {
        for (Begun begun = begin(); begun != null; begun = begin()) {
            current.set(begun.piece());
            try {
                begun.task().run();
            } catch (Throwable failure) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            } finally {
                current.remove();
                end(begun.piece());
            }
        }
    }

    private Begun begin() {
        synchronized (turns) {
            for (Piece piece : turns) {
                if (piece.running < most) {
                    turns.remove(piece);
                    Runnable task = piece.waiting.remove();
                    piece.running++;
                    if (!piece.waiting.isEmpty()) {
                        turns.addLast(piece);
                    }
                    return new Begun(piece, task);
                }
            }
            return null;
        }
    }

    private void end(Piece piece) {
        synchronized (turns) {
            piece.running--;
        }
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
