package io.consentbridge.sandbox.control;

import java.util.function.BooleanSupplier;

/** Whether the documented limits are enforced; can be switched at run time. */
public final class Switch implements BooleanSupplier {

    private volatile boolean on;

    public Switch(boolean on) {
        this.on = on;
    }

    @Override
    public boolean getAsBoolean() {
        return on;
    }

    void turn(boolean newState) {
        on = newState;
    }
}
