package io.consentbridge.lifecycle;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Which syncs are active. */
class SyncActivationIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends SyncActivationContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends SyncActivationContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
