package io.consentbridge.audience;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Under which spellings Campaigns lists a person. */
class SpellingsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends SpellingsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends SpellingsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
