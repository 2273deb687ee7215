package io.consentbridge.runtime;

import io.consentbridge.consent.Person;
import io.consentbridge.ledger.Keys;
import io.consentbridge.ledger.Ledger;
import io.consentbridge.person.Erasures;
import java.time.Duration;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/** Seals and destroys evidence for erasures, by the ledger of this process. */
record PersonSeals(Keys keys, Ledger ledger) implements Erasures.PersonKeys {

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    @Override
    public void seal() {
        ledger.finish(AT_MOST);
    }

    @Override
    public void destroy(Handle handle, Collection<Person> people) {
        keys.destroy(handle, people);
    }
}
