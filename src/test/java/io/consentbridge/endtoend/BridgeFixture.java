package io.consentbridge.endtoend;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The bridge of a class of tests: the class opens it, every test leaves it without faults, and it ends with the last one. */
abstract class BridgeFixture {

    /** The method that subscribes a person, as the sandbox names it. */
    static final String SUBSCRIBE = "json/listsubscribe";

    static Bridge bridge;

    /** No record that was read is decided again because its second was still open then. */
    static void secondsAreOver() {
        bridge.runtime().database().change(handle -> handle.execute("update source_record set settled = true"));
    }

    @AfterEach
    void heal() {
        bridge.zoho().noFaults();
        bridge.runtime().parts().holds().succeeded("main");
    }

    @AfterAll
    static void close() {
        bridge.close();
    }
}
