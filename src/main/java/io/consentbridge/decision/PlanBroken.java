package io.consentbridge.decision;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run stops because it would do something else than the preview that it carries out: the data has changed since. The
 * message names records only.
 */
public final class PlanBroken extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int NAMED = 20;

    private PlanBroken(String message) {
        super(message);
    }

    /** @param records records that are decided differently than planned, or are not in the plan */
    static PlanBroken otherwise(String sync, Collection<String> records) {
        return new PlanBroken(sync + ": stopped, because " + count(records)
                + " different from the plan or not in it: " + named(records)
                + ". Of the page with them only removals were kept. Preview again");
    }

    /**
     * @param missing planned records that the run did not read
     * @param more records that the run read beyond the plan, all of people who leave
     */
    static PlanBroken atTheEnd(String sync, List<String> missing, List<String> more) {
        String gone = missing.isEmpty() ? "" : count(missing) + " in the plan but not read: " + named(missing);
        String left = more.isEmpty() ? "" : count(more) + " removed without being planned: " + named(more);
        return new PlanBroken(sync + ": everything else was done as planned, but " + gone
                + (gone.isEmpty() || left.isEmpty() ? "" : "; ") + left + ". Preview again");
    }

    private static String count(Collection<String> records) {
        return records.size() == 1 ? "1 record is" : records.size() + " records are";
    }

    private static String named(Collection<String> records) {
        String some = records.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
        return records.size() > NAMED ? some + " and more" : some;
    }
}
