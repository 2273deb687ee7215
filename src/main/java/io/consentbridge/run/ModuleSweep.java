package io.consentbridge.run;

import io.consentbridge.crm.Condition;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.Cursor;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One sweep of one module: the refusals, or what changed in a module that is not the sync's own, or first these and then
 * those (see {@link SweepCursor}). Not for several threads.
 */
final class ModuleSweep implements Iterator<SweptPage> {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleSweep.class);

    /** What an organisation without the module, or a credential that may not read it, is answered. */
    private static final Set<String> NOT_THERE =
            Set.of("INVALID_MODULE", "NO_PERMISSION", "OAUTH_SCOPE_MISMATCH", "NOT_SUPPORTED");

    private final String sync;
    private final LateChanges late = new LateChanges(OpenSeconds.SETTLE_IN);
    private final SweptModule module;
    private final Reading reading;
    private SweepCursor reached;
    private Iterator<CrmPage> pages;
    private boolean refusalsOnly;
    private boolean changesFollow;

    /** How the module's records are read. */
    interface Reading {
        /**
         * @param condition which; null for all
         * @param from the last record read before; null to begin at the beginning
         */
        Iterator<CrmPage> pages(Condition condition, Cursor from);
    }

    ModuleSweep(String sync, SweptModule module, SweepCursor from, Reading reading) {
        this.sync = sync;
        this.module = module;
        this.reading = reading;
        this.reached = from;
        begin();
    }

    private void begin() {
        refusalsOnly = module.own() || !reached.knowsRefusals();
        // Somebody may have opted back in since the last sweep, whom a reading of refusals does not bring.
        changesFollow = refusalsOnly && !module.own() && reached.changesSince().isPresent();
        pages = reading.pages(
                refusalsOnly ? module.refusals() : null, reached.after().orElse(null));
    }

    /** Known without a call. */
    @Override
    public boolean hasNext() {
        return pages != null;
    }

    @Override
    public SweptPage next() {
        if (pages == null) {
            throw new NoSuchElementException();
        }
        try {
            CrmPage page = pages.next();
            reached = after(page);
            if (page.last()) {
                end();
            }
            return new SweptPage(module, page.whateverTheirTime(), reached);
        } catch (ZohoFault.Rejected rejected) {
            if (module.own()) {
                throw rejected;
            }
            leaveOut(sync, module.name(), rejected);
            pages = null;
            return new SweptPage(module, List.of(), reached);
        }
    }

    /** A module besides the sync's own may be missing or closed to the credential; its opt-outs are not known then. */
    static void leaveOut(String sync, String module, ZohoFault.Rejected rejected) {
        LOG.atLevel(NOT_THERE.contains(rejected.code()) ? Level.INFO : Level.WARN)
                .log("{}: opt-outs in {} are not known: {}", sync, module, rejected.getMessage());
    }

    private void end() {
        if (changesFollow) {
            begin();
        } else {
            pages = null;
        }
    }

    private SweepCursor after(CrmPage page) {
        Optional<Cursor> last = late.after(page).or(reached::after);
        if (module.own() || !refusalsOnly) {
            return new SweepCursor(last, Optional.empty());
        }
        // Changes while the refusals are being read are read again as changes.
        Instant since = reached.changesSince().orElse(late.complete(page));
        return page.last()
                ? new SweepCursor(Optional.of(new Cursor(since, "")), Optional.empty())
                : new SweepCursor(last, Optional.of(since));
    }
}
