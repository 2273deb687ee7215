package io.consentbridge.sync;

/**
 * The used share of a connection's limits, with days and months counted in its zone.
 *
 * @param activeSyncs active syncs of the connection, including the asking one if it is active
 * @param runsToday runs of all its syncs that began today
 * @param runsThisMonth runs of all its syncs that began this month
 * @param fullRunsToday full runs of the asking sync that began today
 * @param fullRunsThisMonth full runs of the asking sync that began this month
 */
public record Usage(int activeSyncs, int runsToday, int runsThisMonth, int fullRunsToday, int fullRunsThisMonth) {}
