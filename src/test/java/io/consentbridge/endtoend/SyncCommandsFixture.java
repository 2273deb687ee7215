package io.consentbridge.endtoend;

import io.consentbridge.api.SyncSource;

/** Syncs that are made and changed by command. */
abstract class SyncCommandsFixture extends BridgeFixture {

    static SyncSource source(String name, String module, String... lines) {
        return new SyncSource("mine.yaml", """
                # Made by hand.
                name: %s
                connection: main
                module: %s
                purpose: %s
                """.formatted(name, module, name) + String.join("\n", lines) + "\n");
    }

    static boolean hasTrigger(String sync) {
        return bridge.runtime().context().getRoute("schedule-" + sync) != null;
    }
}
