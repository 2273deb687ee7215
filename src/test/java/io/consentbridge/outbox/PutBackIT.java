package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Whom we took off a list and put back. */
class PutBackIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends PutBackContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends PutBackContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
