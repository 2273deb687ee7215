package io.consentbridge.run;

/**
 * Numbers of runs that began, for the limits (B56-B58, B67). Runs of which a limit let only the leavers through are not
 * counted.
 *
 * @param today runs of the connection on this day
 * @param thisMonth runs of the connection in this month
 * @param fullToday full runs of the sync on this day
 * @param fullThisMonth full runs of the sync in this month
 */
public record RunCounts(int today, int thisMonth, int fullToday, int fullThisMonth) {}
