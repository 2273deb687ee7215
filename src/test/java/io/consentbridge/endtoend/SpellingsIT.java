package io.consentbridge.endtoend;

import org.junit.jupiter.api.BeforeAll;

/** Members whom Campaigns lists under another spelling. */
class SpellingsIT extends SpellingsContract {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {});
    }
}
