package io.consentbridge.polling;

import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.decision.SecondAddresses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A page of a sweep.
 *
 * @param module the module where it was read
 * @param records records of people who may have opted out, or all records that changed
 * @param reached the position of the sweep after this page
 */
public record SweptPage(SweptModule module, List<CrmRecord> records, SweepCursor reached) {

    public SweptPage {
        records = List.copyOf(records);
    }

    /** The people of each record's addresses, by record id; empty if the records do not speak of consent. */
    Map<String, Set<Person>> addresses() {
        Map<String, Set<Person>> addresses = new HashMap<>();
        if (module.speaksOfConsent()) {
            records.forEach(record -> addresses.put(record.id(), SecondAddresses.all(record, module.columns())));
        }
        return addresses;
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
        return records.size() + " records of " + module;
    }
}
