package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

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
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends OutboxContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
