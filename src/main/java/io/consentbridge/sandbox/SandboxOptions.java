package io.consentbridge.sandbox;

import java.time.Instant;
import java.util.Objects;

/**
 * The options of a sandbox.
 *
 * @param port the loopback port, 0 for any free one
 * @param people how many people the CRM holds, 10 to 2,000,000
 * @param seed equal seeds make equal people
 * @param quotas whether the documented call limits are enforced
 * @param clockStart the time at which the sandbox's clock starts, null for the real time; it ticks on from there
 */
public record SandboxOptions(int port, int people, long seed, boolean quotas, Instant clockStart) {

    public static final int FEWEST_PEOPLE = 10;
    public static final int MOST_PEOPLE = 2_000_000;

    public SandboxOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, but is " + port);
        }
        if (people < FEWEST_PEOPLE || people > MOST_PEOPLE) {
            throw new IllegalArgumentException(
                    "people must be between " + FEWEST_PEOPLE + " and " + MOST_PEOPLE + ", but is " + people);
        }
    }

    /** Returns the defaults: any free port, 2,000 people of seed 1, limits enforced, the real time. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(0, 2_000, 1, true, null);
    }

    public SandboxOptions withPort(int newPort) {
        return new SandboxOptions(newPort, people, seed, quotas, clockStart);
    }

    public SandboxOptions withPeople(int newPeople) {
        return new SandboxOptions(port, newPeople, seed, quotas, clockStart);
    }

    public SandboxOptions withSeed(long newSeed) {
        return new SandboxOptions(port, people, newSeed, quotas, clockStart);
    }

    /** Returns the options with every documented limit lifted. */
    public SandboxOptions withoutQuotas() {
        return new SandboxOptions(port, people, seed, false, clockStart);
    }

    public SandboxOptions withClockStart(Instant newStart) {
        return new SandboxOptions(port, people, seed, quotas, Objects.requireNonNull(newStart));
    }
}
