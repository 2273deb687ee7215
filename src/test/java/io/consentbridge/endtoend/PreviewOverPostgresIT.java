package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link PreviewContract} on PostgreSQL. */
class PreviewOverPostgresIT extends PreviewContract {

    @BeforeAll
    static void open() {
        open(TestConfig::postgres);
    }
}
