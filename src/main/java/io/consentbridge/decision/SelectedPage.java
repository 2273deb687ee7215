package io.consentbridge.decision;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.run.ActiveRun;
import java.util.List;
import java.util.Optional;

/**
 * A page of the records that a sync selects, on its way to be decided.
 *
 * @param run the run that reads it
 * @param page the records that are selected
 * @param passedOver ids of records that came with them and are known not to be selected; what a query did not bring is not
 *     among them
 * @param progress up to where the page brings the sync's reading, kept with what is decided
 */
public record SelectedPage(ActiveRun run, CrmPage page, List<String> passedOver, Optional<Checkpoint> progress) {

    public SelectedPage {
        passedOver = List.copyOf(passedOver);
    }

    // Identity, because Camel hashes a body each time that an expression such as ${body.name} reads it (the instance is
    // part of its BeanInfoCacheKey); hashing the values would walk through all of them for each record.
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
