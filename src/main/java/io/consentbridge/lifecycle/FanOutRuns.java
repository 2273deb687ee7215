package io.consentbridge.lifecycle;

import io.consentbridge.crm.CustomView;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.outbox.Action;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Carried;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code carry-out-parts}. A run of a sync that makes a list of each view or campaign (B104) is the
 * parent run of one part run for each of them, one after another. The history shows which part runs there were, so a
 * process that takes over an interrupted parent run continues with the others. Bound as {@code fanOutRuns}.
 */
public final class FanOutRuns {

    private static final Logger LOG = LoggerFactory.getLogger(FanOutRuns.class);

    private final FanOutParts parts;
    private final RunStarter entry;
    private final Runs runs;
    private final RunQueries queries;
    private final Cursors cursors;
    private final FanOutSource source;
    private final ReadLease lease;

    /** @param lease how this process holds its lease on runs */
    public FanOutRuns(
            FanOutParts parts,
            RunStarter entry,
            Runs runs,
            RunQueries queries,
            Cursors cursors,
            FanOutSource source,
            ReadLease lease) {
        this.parts = parts;
        this.entry = entry;
        this.runs = runs;
        this.queries = queries;
        this.cursors = cursors;
        this.source = source;
        this.lease = lease;
    }

    /**
     * Reads from the CRM which views or campaigns exist. If that fails, nothing changes: a part never counts as deleted
     * because the CRM did not answer. A parent run that a limit restricts to removals uses the known parts.
     */
    public void find(@Variable(ActiveRun.VARIABLE) ActiveRun parent, Exchange exchange) {
        if (parent.leaversOnly() || !(parent.sync().selection().scope() instanceof Selection.Each each)) {
            return;
        }
        String sync = parent.sync().name();
        List<FanOutParts.Found> there;
        if (each.kind() == Selection.Kind.VIEW) {
            List<CustomView> found =
                    source.views(parent.connection(), parent.id(), parent.sync().module());
            exchange.setVariable(SelectionBinding.VIEWS, found);
            there = FanOutSource.ofViews(found);
        } else {
            there = source.there(parent.connection(), parent.id(), parent.sync(), each);
        }
        runs.called(parent.id(), lease.calls(parent.id()));
        FanOutParts.Chosen chosen = FanOutParts.Chosen.of(each.names(), there, parts.of(sync));
        parts.keep(parent.sync(), each.kind(), chosen.found());
        for (String missing : chosen.missing()) {
            String note = FanOutSource.missing(parent.sync(), each.kind(), missing, there);
            LOG.warn("{}: {}", sync, note);
            runs.note(parent.id(), note);
        }
    }

    /** Returns the turns of the existing parts, and of those that are gone but still have somebody on their lists. */
    public Iterator<Turn> turns(@Variable(ActiveRun.VARIABLE) ActiveRun parent) {
        List<Turn> turns = new ArrayList<>();
        for (FanOutParts.Known known : parts.of(parent.sync().name())) {
            Sync part = known.as(parent.sync());
            if (!(part.selection().scope() instanceof Selection.Nothing) || parts.delivers(part.name())) {
                turns.add(new Turn(parent, part));
            }
        }
        return new StoppableIterator<>(turns.iterator(), lease.stopping());
    }

    /**
     * The turn of one part.
     *
     * @param parent the parent run
     * @param part the part, as the sync's file defined it when the parent run began
     */
    public record Turn(ActiveRun parent, Sync part) {}

    /** Begins the run of a part and sets the variable {@code run}; sets none if the part already has its run. */
    public void begin(@Body Turn turn, Exchange exchange) {
        Carried.none(exchange);
        begin(turn).ifPresent(run -> Carried.place(exchange, run));
    }

    private Optional<ActiveRun> begin(Turn turn) {
        ActiveRun parent = turn.parent();
        if (!runs.extend(parent.id(), lease.node(), lease.length())) {
            throw new LeaseLost(parent.id());
        }
        String name = turn.part().name();
        if (queries.isReading(name)) {
            LOG.warn("{}: already running, so this run skips it", name);
            return Optional.empty();
        }
        boolean leave = turn.part().selection().scope() instanceof Selection.Nothing
                && Action.of(turn.part().whenUnmatched()).isPresent();
        Run whole = queries.show(parent.id()).orElseThrow();
        // A part that is gone meets no records, so a full run finds that everybody has left the selection.
        NewRun newRun = NewRun.partOf(whole, name, whole.full() || leave, lease.node());
        return entry.begin(entry.instructions(), turn.part(), newRun, RemovalsOnly.partOf(whole), Optional.empty());
    }

    /** Ends the parent run's reading once every part was read; the parent run ends when the last of its part runs ends. */
    public void endReading(@Variable(ActiveRun.VARIABLE) ActiveRun parent) {
        if (!parent.leaversOnly()) {
            cursors.scanned(parent.sync().name(), parent.full(), parent.startedAt());
        }
        runs.read(parent.id());
    }

    /** Returns the name by which people know a part. */
    public static String title(SyncPart part) {
        return part.of() + ": " + part.label();
    }
}
