package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** People who vanished from a list. */
class LostMembersIT extends LostMembersContract {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }
}
