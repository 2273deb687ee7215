package io.consentbridge.cli;

/** A request by a person or system that this process ends: Ctrl-C, SIGTERM. */
interface StopSignal {

    /** Does the work; when the request arrives before the work is done, the cleanup runs on another thread. */
    default <T> T guard(Runnable cleanup, Work<T> work) throws InterruptedException {
        Registration registration = whenStopped(cleanup);
        try {
            return work.done();
        } finally {
            registration.close();
        }
    }

    /** Runs the cleanup when the request arrives before the registration is closed. */
    Registration whenStopped(Runnable cleanup);

    /** Returns when the request arrives; never returns where the process ends by itself after the cleanups. */
    void await();

    /** Returns whether the request has arrived. */
    boolean came();

    /** The work to be done. */
    interface Work<T> {
        T done() throws InterruptedException;
    }

    /** A registered cleanup, no longer needed once this is closed. */
    interface Registration {
        void close();
    }

    /** Returns the signals of the operating system. */
    static StopSignal ofProcess() {
        return new ProcessStop();
    }
}
