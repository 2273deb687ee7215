package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Two threads or nodes at the same people at once")
class AtOnceIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends AtOnceContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends AtOnceContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
