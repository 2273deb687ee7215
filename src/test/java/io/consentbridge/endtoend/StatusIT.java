package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** One look at an installation. */
class StatusIT extends StatusContract {

    @BeforeAll
    static void open() {
        open(files -> {});
    }
}
