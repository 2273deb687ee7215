package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** People on a list whom this product did not bring there. */
class ForeignMembersIT extends ForeignMembersContract {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }
}
