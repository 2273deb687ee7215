package io.consentbridge.sandbox.people;

/** When records were created and changed, in seconds of the epoch: later records are created later, as their ids say. */
record Times(long newest) {

    private static final long YEARS = 4 * 365 * 86_400L;
    private static final long SHARED_AGE = 45 * 86_400L;

    long created(Dice dice, int size) {
        long slot = YEARS / Math.max(1, size);
        return newest
                - YEARS
                + YEARS * dice.ordinal() / Math.max(1, size)
                + (slot > 1 ? (dice.bits(Ask.CREATED) >>> 1) % slot : 0);
    }

    /**
     * Returns a time mostly soon after the creation; about one record in twelve shares a second with others, as after a bulk
     * change.
     */
    long modified(Dice dice, int size) {
        long created = created(dice, size);
        long shared = newest - SHARED_AGE;
        if (created <= shared && dice.perMille(Ask.SHARED_SECOND) < 80) {
            return shared;
        }
        double fraction = dice.perMille(Ask.MODIFIED) / 1000.0;
        return created + (long) ((newest - created) * fraction * fraction);
    }
}
