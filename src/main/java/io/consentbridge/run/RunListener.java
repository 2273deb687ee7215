package io.consentbridge.run;

/** Hears what runs do, for metrics. Called on the thread that does it, so it must be quick. */
public interface RunListener {

    /** Listens to nothing. */
    RunListener NONE = new RunListener() {
        @Override
        public void ended(String sync, RunState result) {}

        @Override
        public void decided(String sync, String decision) {}
    };

    /** A run came to its end: completed, failed, refused or deferred. */
    void ended(String sync, RunState result);

    /** A decision on one record was kept. */
    void decided(String sync, String decision);
}
