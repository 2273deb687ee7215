package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("One look at an installation")
class StatusIT extends StatusContract {

    @BeforeAll
    static void open() {
        open(files -> {});
    }
}
