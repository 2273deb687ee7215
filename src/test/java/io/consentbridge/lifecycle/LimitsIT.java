package io.consentbridge.lifecycle;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("The limits of a connection")
class LimitsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends LimitsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends LimitsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
