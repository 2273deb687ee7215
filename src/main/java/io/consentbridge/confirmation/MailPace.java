package io.consentbridge.confirmation;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;

/** How many mails all nodes together may send in an hour: the tables confirmation_turn and confirmation_pace. */
final class MailPace {

    private static final Duration PACE = Duration.ofHours(1);

    private final IntSupplier perHour;

    /** @param perHour how many mails at most, as it is set now */
    MailPace(IntSupplier perHour) {
        this.perHour = perHour;
    }

    /** How many mails may be claimed now. Until the transaction ends, no other node claims any. */
    int free(Handle handle, Instant now) {
        handle.createQuery("select id from confirmation_turn where id = 1 for update")
                .mapTo(Integer.class)
                .one();
        handle.createUpdate("delete from confirmation_pace where claimed_at <= :since")
                .bind("since", now.minus(PACE))
                .execute();
        int claimed = handle.createQuery("select coalesce(sum(mails), 0) from confirmation_pace")
                .mapTo(Integer.class)
                .one();
        return perHour.getAsInt() - claimed;
    }

    /** Counts mails that were claimed. */
    void claimed(Handle handle, int mails, Instant now) {
        handle.createUpdate("insert into confirmation_pace (claimed_at, mails) values (:now, :mails)")
                .bind("now", now)
                .bind("mails", mails)
                .execute();
    }
}
