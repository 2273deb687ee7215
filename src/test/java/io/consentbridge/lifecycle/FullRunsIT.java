package io.consentbridge.lifecycle;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Runs that read everything. */
class FullRunsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends FullRunsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends FullRunsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
