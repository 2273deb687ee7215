package io.consentbridge.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * The numbers by which rows about records name their run (table run_number). A number stays when the run is deleted, since the
 * consent ledger stays too. Statements that only read find the number of a run by a subquery.
 */
public final class RunNumbers {

    private static final SharedRows<String> ROWS =
            new SharedRows<>("run_number", "run_id", run -> run, insert -> insert.texts("run_id", run -> run));

    private final Map<String, Long> numbers;

    private RunNumbers(Map<String, Long> numbers) {
        this.numbers = numbers;
    }

    /** The numbers of these runs, within the caller's transaction; null stands for no run, and is left out. */
    public static RunNumbers of(Handle handle, Collection<String> runIds) {
        return new RunNumbers(ROWS.numbers(
                handle, runIds.stream().filter(Objects::nonNull).distinct().toList()));
    }

    /** The number of one run, within the caller's transaction. */
    public static long of(Handle handle, String runId) {
        return of(handle, List.of(runId)).of(runId);
    }

    /** The number of a run that is one of these; null for null. */
    public Long of(String runId) {
        return runId == null ? null : numbers.get(runId);
    }
}
