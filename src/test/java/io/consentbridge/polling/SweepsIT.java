package io.consentbridge.polling;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** What a sweep for opt-outs keeps. */
class SweepsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends SweepsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends SweepsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
