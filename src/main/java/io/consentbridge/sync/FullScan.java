package io.consentbridge.sync;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/**
 * How often a scheduled run reads everything, and so notices what marks no record as modified: records restored or migrated
 * with an old time, accounts, deals, and the passing of days.
 */
public enum FullScan {
    /** Only a command reads everything. */
    NEVER(Period.ZERO),
    DAY(Period.ofDays(1)),
    WEEK(Period.ofWeeks(1)),
    MONTH(Period.ofMonths(1));

    private final Period period;

    FullScan(Period period) {
        this.period = period;
    }

    /**
     * Whether the next scheduled run reads everything. It counts days, so that a run at the same time of day is not a second
     * too early.
     *
     * @param last when the last reading of everything began
     * @param zone in which days and months are counted
     */
    public boolean isDue(Instant last, Instant now, ZoneId zone) {
        LocalDate day = last.atZone(zone).toLocalDate().plus(period);
        return this != NEVER && !day.isAfter(now.atZone(zone).toLocalDate());
    }
}
