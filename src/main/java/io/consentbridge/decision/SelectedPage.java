package io.consentbridge.decision;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.run.ActiveRun;
import java.util.List;
import java.util.Optional;

/**
 * A page of the records that a sync selects, before its decisions.
 *
 * @param run the run that reads it
 * @param page the records that are selected
 * @param passedOver ids of records that were read with them and are known not to be selected; records that a query did not
 *     bring are not among them
 * @param progress the position to which the page brings the sync's reading, stored with the page's decisions
 */
public record SelectedPage(ActiveRun run, CrmPage page, List<String> passedOver, Optional<Checkpoint> progress) {

    public SelectedPage {
        passedOver = List.copyOf(passedOver);
    }

    // Identity, because Camel hashes a body each time an expression such as ${body.name} reads it (the instance is part
    // of its BeanInfoCacheKey); a hash of the values would walk through all of them for each record.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return page.records().size() + " records";
    }
}
