package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link ConsentLostContract} on PostgreSQL. */
class ConsentLostOverPostgresIT extends ConsentLostContract {

    @BeforeAll
    static void open() {
        open(TestConfig::postgres);
    }
}
