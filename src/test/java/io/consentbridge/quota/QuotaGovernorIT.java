package io.consentbridge.quota;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The quota governor. */
class QuotaGovernorIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends QuotaGovernorContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends QuotaGovernorContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
