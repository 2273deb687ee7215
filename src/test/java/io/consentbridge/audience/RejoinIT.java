package io.consentbridge.audience;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Who left, who came back, who is missing. */
class RejoinIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends RejoinContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends RejoinContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
