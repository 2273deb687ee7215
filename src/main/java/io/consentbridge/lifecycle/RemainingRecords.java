package io.consentbridge.lifecycle;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.SelectedPage;
import io.consentbridge.polling.Polling;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.sync.Sync;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code poll-remaining}. Where the record that represented a person is gone and another record of
 * that person remains, they read the remaining record again, so that it takes effect in the same run. It may belong to
 * another sync of the same list; that sync's settings then decide, and the run that read it counts it. Costs one call for
 * every hundred records.
 */
public final class RemainingRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RemainingRecords.class);

    /** The number of records that one call requests (docs/zoho-notes.md, "CRM: limits of version 8"). */
    private static final int PAGE = 100;

    private final RunStarter entry;
    private final SyncActivation states;
    private final RunBinding binding;
    private final CrmReader reader;
    private final PageStore pages;
    private final BooleanSupplier stopping;

    /** @param stopping whether the process is about to end and must not begin another page */
    public RemainingRecords(
            RunStarter entry,
            SyncActivation states,
            RunBinding binding,
            CrmReader reader,
            PageStore pages,
            BooleanSupplier stopping) {
        this.entry = entry;
        this.states = states;
        this.binding = binding;
        this.reader = reader;
        this.pages = pages;
        this.stopping = stopping;
    }

    /**
     * Returns the run as each sync with records to read again sees it, the run's own sync first. Returns none for a run
     * restricted to removals: the next run reads what waits. A sync that is not active, or that cannot be bound, waits for
     * its own next run.
     */
    public List<ActiveRun> syncs(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        List<ActiveRun> found = waiting(run);
        run.handed()
                .begin(
                        HandedOut.Stage.REMAINING,
                        found.stream().map(each -> each.sync().name()).toList());
        return found;
    }

    private List<ActiveRun> waiting(ActiveRun run) {
        List<ActiveRun> found = new ArrayList<>();
        if (run.leaversOnly()) {
            return found;
        }
        if (waits(run.sync().name())) {
            found.add(run.remaining());
        }
        List<String> others = new TreeSet<>(run.companions().keySet())
                .stream().filter(this::waits).toList();
        if (!others.isEmpty()) {
            SyncCatalog now = entry.instructions();
            for (String other : others) {
                now.find(other)
                        .filter(sync -> isActive(now, sync))
                        .flatMap(sync -> bound(run, now, sync))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private boolean waits(String sync) {
        return !pages.remaining(sync, "", 1).isEmpty();
    }

    private boolean isActive(SyncCatalog now, Sync sync) {
        return now.isActive(sync, states.of(ConnectionSyncs.beside(now.files(), sync)));
    }

    private Optional<ActiveRun> bound(ActiveRun run, SyncCatalog now, Sync sync) {
        try {
            return Optional.of(binding.bound(
                    run.remaining().servedBy(sync, now.purpose(sync), ListSharers.of(now, sync)), run.purpose()));
        } catch (RunFault broken) {
            LOG.warn(
                    "{}: records of {} that now represent people wait for its own run: {}",
                    run.sync().name(),
                    sync.name(),
                    broken.getMessage());
            return Optional.empty();
        }
    }

    /** Begins reading and deciding for the sync in the body. */
    public void begin(@Body ActiveRun asThat, Exchange exchange) {
        exchange.setVariable(ActiveRun.VARIABLE, asThat);
    }

    /** Returns the records, a hundred at a time; records that are gone from the CRM as well are not searched again. */
    public Iterator<SelectedPage> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().requireToMail();
        return run.handed()
                .of(HandedOut.Stage.REMAINING, run.sync().name(), new StoppableIterator<>(new Walk(run), stopping));
    }

    private final class Walk implements Iterator<SelectedPage> {

        private final ActiveRun run;
        private final List<String> fields;
        private String after = "";
        private List<String> ids;

        private Walk(ActiveRun run) {
            this.run = run;
            this.fields = List.copyOf(Polling.fields(run));
        }

        @Override
        public boolean hasNext() {
            if (ids == null) {
                ids = pages.remaining(run.sync().name(), after, PAGE);
            }
            return !ids.isEmpty();
        }

        @Override
        public SelectedPage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            CrmPage page = reader.withIdsAtOnce(
                    new ReadRequest(run.connection(), run.id(), run.sync().module(), fields, null, null), ids);
            List<String> gone = new ArrayList<>(ids);
            page.records().stream().map(CrmRecord::id).forEach(gone::remove);
            pages.remainsNot(run.sync().name(), gone);
            after = ids.get(ids.size() - 1);
            ids = null;
            return new SelectedPage(run, page, List.of(), Optional.empty());
        }
    }
}
