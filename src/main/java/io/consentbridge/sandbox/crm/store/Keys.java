package io.consentbridge.sandbox.crm.store;

/** Packs (Modified_Time, id) into one number, ordered as the pair is. */
public final class Keys {

    private static final int ORDINAL_BITS = 28;

    public static final int LAST_ORDINAL = (1 << ORDINAL_BITS) - 1;
    public static final long LOWEST = 0;
    public static final long HIGHEST = Long.MAX_VALUE;

    private Keys() {}

    /** Returns the key; times before 1970 and after 4000 are replaced by the nearest in that range. */
    public static long of(long seconds, int ordinal) {
        long within = Math.max(0, Math.min(seconds, 64_000_000_000L >> 1));
        return within << ORDINAL_BITS | ordinal;
    }

    static int ordinal(long key) {
        return (int) (key & LAST_ORDINAL);
    }
}
