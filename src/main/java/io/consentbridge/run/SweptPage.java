package io.consentbridge.run;

import io.consentbridge.crm.CrmRecord;
import java.util.List;

/**
 * A page of a sweep.
 *
 * @param module where it was read
 * @param records people who may have opted out, or whatever changed
 * @param reached up to where the sweep is with this page
 */
public record SweptPage(SweptModule module, List<CrmRecord> records, SweepCursor reached) {

    public SweptPage {
        records = List.copyOf(records);
    }

    // Camel looks bodies up by their hash.
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
        return records.size() + " records of " + module;
    }
}
