package io.consentbridge.polling;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** What a sweep for opt-outs keeps while no run is under way. */
class BetweenRunsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends BetweenRunsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends BetweenRunsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
