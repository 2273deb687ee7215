package io.consentbridge.run;

/** Is told what runs do, for metrics. It is called on the thread of the run, so it must be quick. */
public interface RunListener {

    /** Does nothing. */
    RunListener NONE = new RunListener() {
        @Override
        public void ended(String sync, RunState result) {}

        @Override
        public void decided(String sync, String decision) {}
    };

    /** Called when a run has ended: completed, failed, refused or deferred. */
    void ended(String sync, RunState result);

    /** Called when a decision on one record was stored. */
    void decided(String sync, String decision);
}
