package io.consentbridge.endtoend;

import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A class of {@link EveryEngine}: it opens its bridge before the tests on an engine, and each ends with the last of those. */
abstract class EveryEngineFixture extends BridgeFixture {

    /** What the tests run on; the method that opens the bridge takes it too. */
    @Parameter
    TestDatabase engine;

    @AfterParameterizedClassInvocation
    static void closeOnEngine() {
        close();
    }
}
