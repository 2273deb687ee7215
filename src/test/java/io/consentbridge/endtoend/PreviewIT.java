package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** {@link PreviewContract} on H2. */
class PreviewIT extends PreviewContract {

    @BeforeAll
    static void open() {
        open(files -> {});
    }
}
