package io.consentbridge.lifecycle;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Which syncs are active")
class SyncStatesIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends SyncStatesContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends SyncStatesContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
