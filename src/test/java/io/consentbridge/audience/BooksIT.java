package io.consentbridge.audience;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Lists, members, suppressions, holds and dead letters")
class BooksIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends BooksContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends BooksContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
