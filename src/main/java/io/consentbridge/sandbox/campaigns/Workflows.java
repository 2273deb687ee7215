package io.consentbridge.sandbox.campaigns;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The workflows of the account: for whom they were started. Every key is that of a workflow. */
public final class Workflows {

    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile boolean active = true;

    /** Switches all workflows on or off. */
    public void active(boolean on) {
        active = on;
    }

    boolean active() {
        return active;
    }

    /** Starts a workflow; returns false when it was started for the contact before. */
    boolean start(String workflow, String trigger, String email) {
        String start = workflow + " " + trigger + " " + email;
        return started.add(start) && log.add(start);
    }

    /** Returns everybody for whom a workflow was started, as WORKFLOW TRIGGER ADDRESS, in that order. */
    public List<String> log() {
        return List.copyOf(log);
    }
}
