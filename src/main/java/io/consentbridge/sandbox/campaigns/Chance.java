package io.consentbridge.sandbox.campaigns;

/** Repeatable chance for one person and one campaign: the same question gets the same answer each time. */
record Chance(long state) {

    static Chance of(long seed, String campaign, String email) {
        return new Chance(mix(mix(seed) ^ hash(campaign)) ^ hash(email));
    }

    /** Returns a number from 0 up to but not including 1. */
    double at(int question) {
        return (mix(state + question * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    boolean within(int question, double share) {
        return at(question) < share;
    }

    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
