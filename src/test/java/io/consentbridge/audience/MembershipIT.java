package io.consentbridge.audience;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Lists, members, suppressions, holds and dead letters. */
class MembershipIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends MembershipContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends MembershipContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
