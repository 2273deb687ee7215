package io.consentbridge.polling;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Who leaves because their consent is lost or has ended. */
class LostConsentIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends LostConsentContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends LostConsentContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
