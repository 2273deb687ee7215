package io.consentbridge.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** Generates ids of runs: the time in UTC, then four random digits that tell processes apart. */
final class RunIds {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private RunIds() {}

    static String next(Instant now) {
        return "%s-%04x".formatted(TIME.format(now), ThreadLocalRandom.current().nextInt(0x10000));
    }
}
