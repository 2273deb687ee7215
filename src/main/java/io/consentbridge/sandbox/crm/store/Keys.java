package io.consentbridge.sandbox.crm.store;

/** One number for (Modified_Time, id), ordered as the pair is. */
public final class Keys {

    private static final int ORDINAL_BITS = 28;

    public static final int LAST_ORDINAL = (1 << ORDINAL_BITS) - 1;
    public static final long LOWEST = 0;
    public static final long HIGHEST = Long.MAX_VALUE;

    private Keys() {}

    /** Times before 1970 and after 4000 are taken as the nearest of these. */
    public static long of(long seconds, int ordinal) {
        long within = Math.max(0, Math.min(seconds, 64_000_000_000L >> 1));
        return within << ORDINAL_BITS | ordinal;
    }

    static int ordinal(long key) {
        return (int) (key & LAST_ORDINAL);
    }
}
