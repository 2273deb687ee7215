package io.consentbridge.sync;

/**
 * The limits on syncs and runs of a connection (B44, B56-B58, B67; docs/decisions/0013-rulings.md, ruling 1). 0 switches a
 * limit off.
 *
 * @param activeSyncs syncs active at any moment
 * @param runsPerDay runs of all syncs on a day
 * @param runsPerMonth runs of all syncs in a month
 * @param fullSyncsPerDay runs of one sync over all its data on a day
 * @param fullSyncsPerMonth runs of one sync over all its data in a month
 */
public record Limits(int activeSyncs, int runsPerDay, int runsPerMonth, int fullSyncsPerDay, int fullSyncsPerMonth) {

    /** The figures that Zoho documents. */
    public static final Limits DOCUMENTED = new Limits(10, 10, 50, 5, 15);
}
