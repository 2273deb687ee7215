package io.consentbridge.sync;

/**
 * What is used of a connection's limits, days and months counted in its zone.
 *
 * @param activeSyncs syncs of the connection that are active, the one that asks included if it is active
 * @param runsToday runs of all its syncs that began today
 * @param runsThisMonth runs of all its syncs that began this month
 * @param fullRunsToday full runs of the asking sync that began today
 * @param fullRunsThisMonth full runs of the asking sync that began this month
 */
public record Usage(int activeSyncs, int runsToday, int runsThisMonth, int fullRunsToday, int fullRunsThisMonth) {}
