package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** One look at an installation, over PostgreSQL. */
class StatusOverPostgresIT extends StatusContract {

    @BeforeAll
    static void open() {
        open(TestConfig::postgres);
    }
}
