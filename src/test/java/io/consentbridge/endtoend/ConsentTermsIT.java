package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link ConsentTermsContract} on H2. */
class ConsentTermsIT extends ConsentTermsContract {

    @BeforeAll
    static void open() {
        open(files -> {});
    }
}
