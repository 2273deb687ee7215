package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link PlanContract} on H2. */
class PlanIT extends PlanContract {

    @BeforeAll
    static void open() {
        open(files -> {});
    }
}
