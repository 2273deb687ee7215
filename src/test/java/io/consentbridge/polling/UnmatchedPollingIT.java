package io.consentbridge.polling;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Who leaves because no record of theirs is selected any more. */
class UnmatchedPollingIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends UnmatchedPollingContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends UnmatchedPollingContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
