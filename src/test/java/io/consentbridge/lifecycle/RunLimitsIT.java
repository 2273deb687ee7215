package io.consentbridge.lifecycle;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The limits of a connection. */
class RunLimitsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends RunLimitsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends RunLimitsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
