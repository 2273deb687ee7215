package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import java.util.List;

/** The append-only book of what was decided about whom. Rows are written with the page that decided them. */
public final class ConsentLedger {

    public ConsentLedger(Database database) {}

    /** Everything about one person, the oldest first. */
    public List<LedgerEntry> of(Person person) {
        throw new UnsupportedOperationException();
    }
}
