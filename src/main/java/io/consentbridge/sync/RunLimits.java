package io.consentbridge.sync;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Admits, refuses or defers syncs and runs (B44, B56-B63, B67; docs/decisions/0013-rulings.md, rulings 1 and 2).
 *
 * <p>Limits concern only subscriptions: the deletions and opt-outs of a run that is refused or deferred are carried over.
 */
public final class RunLimits {

    private final Limits limits;

    public RunLimits(Limits limits) {
        this.limits = limits;
    }

    /**
     * Decides whether the sync may do what it asks.
     *
     * @param sync its name, for the message
     * @param asked the request
     * @param usage what is used already, without this request
     */
    public Admission admit(String sync, Asked asked, Usage usage) {
        List<Rule> reached =
                rules(asked, usage).stream().filter(Rule::isReached).toList();
        if (reached.isEmpty()) {
            return new Admission.Admitted();
        }
        if (asked instanceof Asked.Scheduled) {
            // Of several limits the one with the latest end decides, or the run would be deferred again.
            Rule longest =
                    reached.stream().max(Comparator.comparing(Rule::period)).orElseThrow();
            String when = longest.period() == Admission.Period.DAY ? "tomorrow" : "on the first of next month";
            return new Admission.Deferred(
                    sync + ": " + longest.figures() + ". It runs " + when + " at its scheduled time", longest.period());
        }
        return new Admission.Refused(
                sync + ": " + reached.get(0).figures() + reached.get(0).wayOut());
    }

    /**
     * When a deferred run follows: at the same time of day on the first day on which the limit has room again (B62).
     *
     * @param due when it was due
     * @param now when it was deferred
     */
    public static Instant dueAgain(Instant due, Instant now, Admission.Period until, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate day = until == Admission.Period.DAY
                ? today.plusDays(1)
                : today.withDayOfMonth(1).plusMonths(1);
        return day.atTime(due.atZone(zone).toLocalTime()).atZone(zone).toInstant();
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

    private List<Rule> rules(Asked asked, Usage usage) {
        List<Rule> rules = new ArrayList<>();
        if (asked instanceof Asked.Activation || asked instanceof Asked.Command command && !command.active()) {
            rules.add(active(usage));
        }
        if (!(asked instanceof Asked.Activation)) {
            rules.add(new Rule(usage.runsToday(), limits.runsPerDay(), Admission.Period.DAY, DAY, DAY_OUT));
            rules.add(new Rule(usage.runsThisMonth(), limits.runsPerMonth(), Admission.Period.MONTH, MONTH, MONTH_OUT));
        }
        if (isFull(asked)) {
            rules.add(new Rule(
                    usage.fullRunsToday(), limits.fullSyncsPerDay(), Admission.Period.DAY, FULL_DAY, FULL_DAY_OUT));
            rules.add(new Rule(
                    usage.fullRunsThisMonth(),
                    limits.fullSyncsPerMonth(),
                    Admission.Period.MONTH,
                    FULL_MONTH,
                    FULL_MONTH_OUT));
        }
        return rules;
    }

    private static boolean isFull(Asked asked) {
        return asked instanceof Asked.Command command && command.full()
                || asked instanceof Asked.Scheduled scheduled && scheduled.full();
    }

    private static final String DAY = "%s of %s runs of this connection are used today (limits.runs-per-day)";
    private static final String DAY_OUT = ". Run it tomorrow, or raise the limit";
    private static final String MONTH = "%s of %s runs of this connection are used this month (limits.runs-per-month)";
    private static final String MONTH_OUT = ". Run it next month, or raise the limit";
    private static final String FULL_DAY = "%s of %s full runs of this sync are used today (limits.full-syncs-per-day)";
    private static final String FULL_DAY_OUT = ". Run it without --full, or with --full tomorrow";
    private static final String FULL_MONTH =
            "%s of %s full runs of this sync are used this month (limits.full-syncs-per-month)";
    private static final String FULL_MONTH_OUT = ". Run it without --full, or with --full next month";
    private static final String ACTIVE = "%s of %s syncs of this connection are active (limits.active-syncs)";

    private Rule active(Usage usage) {
        String room = limits.runsPerMonth() == 0
                ? ""
                : ", although %s of %s runs of this month are left"
                        .formatted(Math.max(0, limits.runsPerMonth() - usage.runsThisMonth()), limits.runsPerMonth());
        return new Rule(
                usage.activeSyncs(),
                limits.activeSyncs(),
                Admission.Period.DAY,
                ACTIVE,
                room + ". Deactivate one first, then activate this one");
    }

    /** A count and its limit; 0 is no limit. */
    private record Rule(int used, int most, Admission.Period period, String text, String wayOut) {

        boolean isReached() {
            return most > 0 && used >= most;
        }

        String figures() {
            return text.formatted(used, most);
        }
    }
}
