package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** Lists are read every day, also between runs, over PostgreSQL. */
class DailyReadingOverPostgresIT extends DailyReadingContract {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, CLOCK, TestConfig::postgres);
    }
}
