package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link ConsentTermsContract} on PostgreSQL. */
class ConsentTermsOverPostgresIT extends ConsentTermsContract {

    @BeforeAll
    static void open() {
        open(TestConfig::postgres);
    }
}
