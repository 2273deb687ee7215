package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.ListName;
import io.consentbridge.decision.PlanLine;
import io.consentbridge.decision.Plans;
import io.consentbridge.decision.PreviewQueries;
import io.consentbridge.decision.PreviewRecord;
import io.consentbridge.lifecycle.ListSharers;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Limits;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.Traced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what a run of a sync would do: a real run over the real routes, on a scratch copy of the stored data, that ends
 * before anything is sent. It reads in the background; {@link #state()} tells when the result is ready.
 *
 * <p>Threads may share it. It has to be closed, which deletes the scratch database.
 */
public final class Preview implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Preview.class);

    /** How far the preview is. */
    public enum State {
        READING,
        READY,
        FAILED
    }

    private final String id;
    private final Sync sync;
    private final boolean full;
    private final Configuration configuration;
    private final Instant begun;
    private final List<String> newFields = Collections.synchronizedList(new ArrayList<>());
    private volatile ScratchDatabase scratch;
    private volatile PreviewContext rehearsal;
    private volatile String runId;
    private volatile Optional<String> lastRun = Optional.empty();
    private volatile State state = State.READING;
    private volatile String failure;
    private volatile boolean away;
    private volatile boolean closed;
    private boolean working;

    Preview(String id, Sync sync, boolean full, Configuration inForce, Instant begun) {
        this.id = id;
        this.sync = sync;
        this.full = full;
        // The use of the limits does not matter, because a preview uses nothing of them.
        this.configuration = inForce.with(inForce.settings().with(new Limits(0, 0, 0, 0, 0)));
        this.begun = begun;
    }

    /** Reads to the end. */
    void read(Database installation, PreviewContext.Stage stage) {
        synchronized (this) {
            if (closed) {
                return;
            }
            working = true;
        }
        State end;
        try {
            end = carryOut(installation, stage);
        } catch (RuntimeException | Error fault) {
            LOG.debug("The preview of {} failed", sync.name(), Traced.of(fault));
            away = DatabaseFault.away(fault);
            end = fail(Failures.text(fault));
        }
        stopRoutes();
        synchronized (this) {
            working = false;
            state = end;
            if (closed) {
                giveUp();
            }
        }
    }

    private State carryOut(Database installation, PreviewContext.Stage stage) {
        scratch = ScratchDatabase.of(
                installation,
                sync,
                ListSharers.of(stage.components().lifecycle().parts().instructions(configuration), sync)
                        .keySet());
        rehearsal = new PreviewContext(
                stage, configuration, scratch.database(), (run, field) -> newFields.add(field.name()));
        if (closed) {
            return State.FAILED;
        }
        lastRun = components().history().queries().list(Optional.of(sync.name()), 1).stream()
                .map(Run::id)
                .findFirst();
        RunRequest request = new RunRequest(
                sync.name(), Run.Cause.COMMAND, full, stage.process().clock().instant(), Optional.of(Plans.RECORD));
        var admission = rehearsal.run(request, run -> runId = run);
        if (runId == null) {
            return fail(admission instanceof Admission.Refused refused ? refused.message() : "no run was admitted");
        }
        Run run = run().orElseThrow();
        if (run.state() == RunState.READING) {
            // Its failure could not be stored.
            scratch.database().fileFault().ifPresent(fault -> {
                throw fault;
            });
        }
        if (run.state() == RunState.FAILED || run.state() == RunState.READING) {
            return fail(run.message().orElse("reading was interrupted"));
        }
        foresight().settle();
        return State.READY;
    }

    private State fail(String message) {
        failure = message;
        return State.FAILED;
    }

    private void stopRoutes() {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    public String id() {
        return id;
    }

    public Sync sync() {
        return sync;
    }

    /** Returns whether it reads everything. */
    public boolean full() {
        return full;
    }

    /** Returns when it began. */
    public Instant begun() {
        return begun;
    }

    public State state() {
        return state;
    }

    /** Returns why it failed, or why the brake would hold people back; empty when neither applies. */
    public Optional<String> message() {
        return failure != null ? Optional.of(failure) : run().flatMap(Run::says);
    }

    /** Returns whether it failed because Zoho or the database was out of reach. */
    public boolean outOfReach() {
        return away || run().filter(Run::outOfReach).isPresent();
    }

    /** Returns the run from the scratch database; empty before its admission. */
    public Optional<Run> run() {
        return runId == null || closed
                ? Optional.empty()
                : components().history().queries().show(runId);
    }

    /** Returns what the run would count. */
    public Counters counters() {
        return components().history().outcomes().counters(runId);
    }

    /** Returns what the run would do, record by record; only when the preview is ready. */
    public PreviewQueries foresight() {
        return new PreviewQueries(scratch.database(), runId);
    }

    /** {@link PreviewQueries#after}. */
    public List<PreviewRecord> after(String position, boolean unchanged, int max) {
        return foresight().after(position, unchanged, max);
    }

    /** Returns the sync's last run at the time when the preview began; empty when there was none. */
    public Optional<String> lastRun() {
        return lastRun;
    }

    /** See {@link Plans#configuration}. */
    public String configurationHash() {
        return Plans.configuration(
                sync,
                sync.serving(configuration.purposes().get(sync.purpose())),
                configuration.settings().connections().get(sync.connection()).zone());
    }

    /** Returns the lines, one for each record, that a run of this plan has to keep to; at most that many. */
    public List<PlanLine> plan(String afterRecordId, int max) {
        return components().decisions().plans().lines(runId, afterRecordId, max);
    }

    /** Returns the number of those lines. */
    public long planned() {
        return components().decisions().plans().count(runId);
    }

    /** Returns the contact fields that the run would create in Campaigns. */
    public List<String> newFields() {
        return List.copyOf(newFields);
    }

    /** Returns the mailing list that the run would create; empty when the list exists. */
    public Optional<String> newList() {
        String name = sync.serving(configuration.purposes().get(sync.purpose())).list();
        return components().audience().lists().of(sync.connection()).stream()
                .filter(list -> ListName.same(list.name(), name) && list.key().isEmpty())
                .map(list -> list.name())
                .findFirst();
    }

    private Components components() {
        return rehearsal.components();
    }

    /** Stops reading at the next page, and deletes the scratch database. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (!working) {
                giveUp();
                return;
            }
        }
        PreviewContext reading = rehearsal;
        if (reading != null) {
            reading.components().lifecycle().flow().stop();
        }
    }

    private void giveUp() {
        if (scratch != null) {
            scratch.close();
        }
    }
}
