package io.consentbridge.sandbox.campaigns;

import java.util.Collection;

/** The counts of a campaign at a time. A person to whom it was sent twice counts twice. */
record Report(
        long sent,
        long opened,
        long clicked,
        long hardBounces,
        long softBounces,
        long unsent,
        long unsubscribed,
        long complaints,
        long forwards,
        long autoReplies) {

    /** Counts as of {@code now}; {@code everybody} says who is among the unsent. */
    static Report of(Collection<Dispatch> dispatches, long now, boolean everybody) {
        long[] counts = new long[10];
        for (Dispatch dispatch : dispatches) {
            counts[5] += dispatch.notSent(everybody).count();
            for (int i = 0; i < dispatch.size(); i++) {
                if (dispatch.sent(i) <= now) {
                    count(dispatch, i, now, counts);
                }
            }
        }
        return new Report(
                counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7], counts[8],
                counts[9]);
    }

    private static void count(Dispatch dispatch, int i, long now, long[] counts) {
        counts[0]++;
        counts[1] += one(dispatch.did(Reaction.OPEN, i, now));
        counts[2] += one(dispatch.did(Reaction.CLICK, i, now) || dispatch.did(Reaction.SCAN, i, now));
        counts[3] += one(dispatch.did(Reaction.HARD_BOUNCE, i, now));
        counts[4] += one(dispatch.did(Reaction.SOFT_BOUNCE, i, now));
        counts[6] += one(dispatch.did(Reaction.UNSUBSCRIBE, i, now) || dispatch.did(Reaction.LEAVE_TOPIC, i, now));
        counts[7] += one(dispatch.did(Reaction.COMPLAIN, i, now));
        counts[8] += one(dispatch.did(Reaction.FORWARD, i, now));
        counts[9] += one(dispatch.did(Reaction.AUTO_REPLY, i, now));
    }

    private static long one(boolean yes) {
        return yes ? 1 : 0;
    }

    long bounces() {
        return hardBounces + softBounces;
    }

    long delivered() {
        return sent - bounces();
    }

    long unopened() {
        return delivered() - opened;
    }
}
