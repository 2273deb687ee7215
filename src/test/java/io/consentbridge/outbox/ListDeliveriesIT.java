package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Lists and connections that cannot take deliveries. */
class ListDeliveriesIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends ListDeliveriesContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends ListDeliveriesContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
