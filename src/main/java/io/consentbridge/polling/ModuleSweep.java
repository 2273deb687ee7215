package io.consentbridge.polling;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.Condition;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.LateChanges;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.run.RunFault;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One sweep of one module, in one query: what changed since the last sweep, and in the first sweep all refusals. Not for
 * several threads.
 */
public final class ModuleSweep implements Iterator<SweptPage> {

    private final Connection connection;
    private final SweptModule module;
    private final Iterator<CrmPage> pages;
    private final Runnable unread;
    private final UnaryOperator<List<CrmRecord>> heeded;
    private SweepCursor reached;
    private boolean ended;

    /** How the module's records are read. */
    public interface Reading {
        /**
         * @param condition the records that are read
         * @param from the last record that was read before; null to begin at the beginning
         */
        Iterator<CrmPage> pages(Condition condition, Cursor from);
    }

    /**
     * @param overlap how far before the beginning of the last sweep this one begins, because changes become visible late
     * @param heeded leaves those records of a page out that no longer speak for anybody
     * @param unread is told when the module's refusals cannot be read
     */
    public ModuleSweep(
            Connection connection,
            SweptModule module,
            SweepCursor from,
            Duration overlap,
            Reading reading,
            UnaryOperator<List<CrmRecord>> heeded,
            Runnable unread) {
        this.connection = connection;
        this.module = module;
        this.reached = from;
        this.unread = unread;
        this.heeded = heeded;
        this.pages = reading.pages(
                which(module, from, from.since().map(new LateChanges(overlap)::complete)),
                from.reached().orElse(null));
    }

    private static Condition which(SweptModule module, SweepCursor from, Optional<Instant> since) {
        Condition changed = since.map(module::changedSince).orElse(module.refusals());
        if (!from.everything()) {
            return changed;
        }
        // A person may have opted back in since the last sweep; a reading of refusals does not bring their record.
        return module.own() || since.isEmpty()
                ? module.refusals()
                : module.refusals().or(changed);
    }

    /** Answers without a call. */
    @Override
    public boolean hasNext() {
        return !ended;
    }

    /** @throws RunFault when the module may not be read, or its records lack a field that carries refusals */
    @Override
    public SweptPage next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            CrmPage page = pages.next();
            Gap.requireTold(
                    connection,
                    module.name(),
                    module.columns(),
                    !module.odd().contains(RefusalFields.OPT_OUT),
                    page.whateverTheirTime());
            reached = reached.after(page);
            ended = page.last();
            return new SweptPage(module, heeded.apply(page.whateverTheirTime()), reached);
        } catch (RunFault gap) {
            unread.run();
            throw gap;
        } catch (ZohoFault.Rejected rejected) {
            unread.run();
            throw Gap.unreadable(connection, module.name(), rejected).fault();
        }
    }
}
