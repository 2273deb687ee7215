package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Two threads or nodes at the same people at once. */
class ConcurrencyIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends ConcurrencyContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends ConcurrencyContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
