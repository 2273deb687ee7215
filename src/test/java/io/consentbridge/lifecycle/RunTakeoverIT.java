package io.consentbridge.lifecycle;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** Who goes on with a run whose lease ended. */
class RunTakeoverIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends RunTakeoverContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends RunTakeoverContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
