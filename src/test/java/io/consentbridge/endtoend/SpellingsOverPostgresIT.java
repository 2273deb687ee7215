package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** Members whom Campaigns lists under another spelling, over PostgreSQL. */
class SpellingsOverPostgresIT extends SpellingsContract {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, TestConfig::postgres);
    }
}
