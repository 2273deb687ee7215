package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link PlanContract} on PostgreSQL. */
class PlanOverPostgresIT extends PlanContract {

    @BeforeAll
    static void open() {
        open(TestConfig::postgres);
    }
}
