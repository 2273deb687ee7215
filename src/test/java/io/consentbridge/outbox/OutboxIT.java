package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The outbox. */
class OutboxIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends OutboxContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends OutboxContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
