package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** People who leave a list. */
class LeavingIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends LeavingContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends LeavingContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
