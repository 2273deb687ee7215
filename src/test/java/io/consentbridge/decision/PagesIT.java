package io.consentbridge.decision;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Runs and their pages. */
class PagesIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends PagesContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends PagesContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
