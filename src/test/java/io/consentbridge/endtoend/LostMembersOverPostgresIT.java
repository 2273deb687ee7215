package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** People who vanished from a list, over PostgreSQL. */
class LostMembersOverPostgresIT extends LostMembersContract {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, TestConfig::postgres);
    }
}
