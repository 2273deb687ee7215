package io.consentbridge.polling;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** Who leaves without having refused, and the brake. */
class RemovalsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends RemovalsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends RemovalsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
