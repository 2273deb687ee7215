package bench;

import java.util.Locale;

/**
 * Subscriptions that a process made.
 *
 * @param calls how many
 * @param seconds in what time, without the start of the process
 * @param took what the process took, with its start
 * @param sandbox seconds of processor time of the sandbox meanwhile
 */
record Pace(long calls, double seconds, Program.Took took, double sandbox) {

    /** Subscriptions a second. */
    double rate() {
        return calls / seconds;
    }

    /** Microseconds of processor time of the process for each. */
    double cpuOfACall() {
        return took.cpu() * 1e6 / calls;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,6.0f calls/s; %.1f s CPU, %.0f µs a call; sandbox %.1f s CPU; %.0f %% idle",
                rate(),
                took.cpu(),
                cpuOfACall(),
                sandbox,
                took.idle());
    }
}
