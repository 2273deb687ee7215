package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link ConsentLostContract} on H2. */
class ConsentLostIT extends ConsentLostContract {

    @BeforeAll
    static void open() {
        open(files -> {});
    }
}
