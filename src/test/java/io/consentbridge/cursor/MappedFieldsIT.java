package io.consentbridge.cursor;

import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Which mapped fields have reached everybody. */
class MappedFieldsIT {

    @Nested
    @DisplayName("on H2")
    class OnH2 extends MappedFieldsContract {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    @Tag("postgres")
    @DisplayName("on PostgreSQL")
    class OnPostgres extends MappedFieldsContract {
        OnPostgres() {
            super(TestDatabase.POSTGRES);
        }
    }
}
