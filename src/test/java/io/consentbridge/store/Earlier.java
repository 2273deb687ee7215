package io.consentbridge.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Lets time pass for a test that has no clock to move: what a column says is earlier than it was. */
public final class Earlier {

    private Earlier() {}

    /** Moves each time in the columns back, on every engine. */
    public static void by(Handle handle, Duration time, String table, String... columns) {
        for (String column : columns) {
            // In ascending order, so that no value becomes one that is still to be moved.
            handle.createQuery(
                            "select distinct %1$s from %2$s where %1$s is not null order by 1".formatted(column, table))
                    .mapTo(Instant.class)
                    .list()
                    .forEach(from -> handle.execute(
                            "update %1$s set %2$s = ? where %2$s = ?".formatted(table, column),
                            from.minus(time),
                            from));
        }
    }
}
