package io.consentbridge.run;

/**
 * Runs that began, for the limits (B56-B58, B67); those of which a limit let only the leavers through are not counted.
 *
 * @param today of the connection, on this day
 * @param thisMonth of the connection, in this month
 * @param fullToday full ones of the sync, on this day
 * @param fullThisMonth full ones of the sync, in this month
 */
public record RunCounts(int today, int thisMonth, int fullToday, int fullThisMonth) {}
