package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Subscriptions that were perhaps sent. */
class UnconfirmedSubscriptionIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends UnconfirmedSubscriptionContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends UnconfirmedSubscriptionContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
