package io.consentbridge.sync;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Admits, refuses or defers syncs and runs (B44, B56-B63, B67; rulings 1 and 2).
 *
 * <p>Only what subscribes people asks here: deletions and opt-outs are never held back by a limit.
 */
public final class RunLimits {

    private final Limits limits;

    public RunLimits(Limits limits) {
        this.limits = limits;
    }

    /**
     * Whether the sync may do what it asks.
     *
     * @param sync its name, for the message
     * @param asked what it asks
     * @param usage what is used already, this one not counted
     */
    public Admission admit(String sync, Asked asked, Usage usage) {
        String objection = objection(asked, usage);
        if (objection == null) {
            return new Admission.Admitted();
        }
        return asked instanceof Asked.Scheduled
                ? new Admission.Deferred(sync + ": " + objection + "; it runs at its next due time")
                : new Admission.Refused(sync + ": " + objection);
    }

    /** The instant at which the day of {@code now} began in the zone. */
    public static Instant dayBegan(Instant now, ZoneId zone) {
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    /** The instant at which the month of {@code now} began in the zone. */
    public static Instant monthBegan(Instant now, ZoneId zone) {
        return now.atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(zone)
                .toInstant();
    }

    private String objection(Asked asked, Usage usage) {
        List<Rule> rules = new ArrayList<>();
        if (asked instanceof Asked.Activation || asked instanceof Asked.Command command && !command.active()) {
            rules.add(new Rule(usage.activeSyncs(), limits.activeSyncs(), activeRule(usage)));
        }
        if (!(asked instanceof Asked.Activation)) {
            rules.add(new Rule(usage.runsToday(), limits.runsPerDay(), DAY));
            rules.add(new Rule(usage.runsThisMonth(), limits.runsPerMonth(), MONTH));
        }
        if (isFull(asked)) {
            rules.add(new Rule(usage.fullRunsToday(), limits.fullSyncsPerDay(), FULL_DAY));
            rules.add(new Rule(usage.fullRunsThisMonth(), limits.fullSyncsPerMonth(), FULL_MONTH));
        }
        return rules.stream()
                .filter(Rule::isReached)
                .map(Rule::message)
                .findFirst()
                .orElse(null);
    }

    private static boolean isFull(Asked asked) {
        return asked instanceof Asked.Command command && command.full()
                || asked instanceof Asked.Scheduled scheduled && scheduled.full();
    }

    private static final String DAY = "%d of %d runs of this connection's day are used (limits.runs-per-day, rule 2);"
            + " run it tomorrow, or raise the limit";
    private static final String MONTH = "%d of %d runs of this connection's month are used (limits.runs-per-month,"
            + " rule 1); run it next month, or raise the limit";
    private static final String FULL_DAY = "%d of %d full runs of this sync's day are used"
            + " (limits.full-syncs-per-day); run it without --full, or in full tomorrow";
    private static final String FULL_MONTH = "%d of %d full runs of this sync's month are used"
            + " (limits.full-syncs-per-month); run it without --full, or in full next month";

    private String activeRule(Usage usage) {
        String room = limits.runsPerMonth() == 0
                ? ""
                : ", although %d of %d runs of this month are left"
                        .formatted(Math.max(0, limits.runsPerMonth() - usage.runsThisMonth()), limits.runsPerMonth());
        return "%d of %d syncs of this connection are active (limits.active-syncs, rule 3)" + room
                + "; deactivate one first, then activate this one";
    }

    /** A figure and its bound; 0 is no bound. */
    private record Rule(int used, int most, String text) {

        boolean isReached() {
            return most > 0 && used >= most;
        }

        String message() {
            return text.formatted(used, most);
        }
    }
}
