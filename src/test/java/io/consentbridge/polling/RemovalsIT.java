package io.consentbridge.polling;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Who leaves because their record was deleted, and what the brake holds. */
class RemovalsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends RemovalsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends RemovalsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
