package io.consentbridge.cli;

/** The wish of a person or system that this process ends: Ctrl-C, SIGTERM. */
interface StopSignal {

    /** Does the work; when the wish comes before it is done, the cleanup is carried out, on another thread. */
    default <T> T guard(Runnable cleanup, Work<T> work) throws InterruptedException {
        Registration registration = whenStopped(cleanup);
        try {
            return work.done();
        } finally {
            registration.close();
        }
    }

    /** Carries the cleanup out when the wish comes before the registration is closed. */
    Registration whenStopped(Runnable cleanup);

    /** Returns when the wish came; where the process ends by itself after the cleanups, never. */
    void await();

    /** Whether the wish came. */
    boolean came();

    /** What is done until it is done. */
    interface Work<T> {
        T done() throws InterruptedException;
    }

    /** A cleanup that is no longer needed once this is closed. */
    interface Registration {
        void close();
    }

    /** The signals of the operating system. */
    static StopSignal ofProcess() {
        return new ProcessStop();
    }
}
