package io.consentbridge.audience;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Lists that are held or followed, and refused addresses. */
class HeldListsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends HeldListsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends HeldListsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
