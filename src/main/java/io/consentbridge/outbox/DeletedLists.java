package io.consentbridge.outbox;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.zoho.ZohoFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mailing lists that no longer exist in Campaigns. As soon as one reply says so, nothing more is sent to the list. Its
 * subscriptions wait for it to be created again if the purpose says createList, and are parked otherwise; its removals count
 * as done.
 *
 * <p>Safe for many threads. What one process learnt, another learns by a call of its own.
 */
public final class DeletedLists {

    /** @param forgotten whether the key has been taken from the list, so that who finds it there again found the list */
    private record Gone(String key, ZohoFault.Rejected reply, boolean forgotten) {

        Gone andForgotten() {
            return new Gone(key, reply, true);
        }
    }

    private final MailingLists lists;
    private final Outbox outbox;
    private final Map<Long, Gone> gone = new ConcurrentHashMap<>();

    public DeletedLists(MailingLists lists, Outbox outbox) {
        this.lists = lists;
        this.outbox = outbox;
    }

    /** Campaigns answered this delivery; from now on {@link #requireThere} refuses the list if the answer says it is gone. */
    void heard(Delivery delivery, ZohoFault.Rejected reply) {
        if (ListGone.isSaidBy(reply) && delivery.listKey().isPresent()) {
            String key = delivery.listKey().get();
            gone.compute(
                    delivery.listId(),
                    (list, known) -> known != null && known.key().equals(key) ? known : new Gone(key, reply, false));
        }
    }

    /** @throws ZohoFault.Rejected as Campaigns answered another delivery, when the list of this one is gone */
    void requireThere(Delivery delivery) {
        Gone known = gone.get(delivery.listId());
        if (known == null || !delivery.listKey().filter(known.key()::equals).isPresent()) {
            return;
        }
        if (known.forgotten() && isThereAgain(delivery.listId(), known.key())) {
            gone.remove(delivery.listId(), known);
            return;
        }
        throw new ZohoFault.Rejected(known.reply().code(), known.reply().getMessage());
    }

    /** Whether the list of the delivery is known to be gone under the key that the delivery has. */
    boolean isKnown(Delivery delivery) {
        Gone known = gone.get(delivery.listId());
        return known != null && delivery.listKey().filter(known.key()::equals).isPresent();
    }

    /** Forgets the lists that these settlements say are gone, and parks what waits for those that must not be made anew. */
    void takeAlong(List<Settlement> batch) {
        Set<Long> done = new java.util.HashSet<>();
        for (Settlement settlement : batch) {
            long listId = settlement.delivery().listId();
            Gone known = gone.get(listId);
            if (known != null && !known.forgotten() && done.add(listId)) {
                takeAlong(
                        listId,
                        Optional.of(known.key()),
                        known.reply().code(),
                        known.reply().getMessage());
            }
            if (settlement instanceof Settlement.Parked parked
                    && ListGone.isSaidBy(parked.code())
                    && done.add(listId)
                    && !isForgotten(listId)) {
                takeAlong(listId, settlement.delivery().listKey(), parked.code(), parked.cause());
            }
        }
    }

    /**
     * Forgets the key of a list that is gone, so that it is looked up by its name again, or made anew with everybody who was
     * on it. Where it must not be made, what waits for it is parked. Nothing of that when the list was found under another
     * key meanwhile.
     *
     * @param key under which it is gone
     */
    void takeAlong(long listId, Optional<String> key, String code, String cause) {
        boolean was = lists.missing(listId, key);
        gone.computeIfPresent(listId, (list, known) -> known.andForgotten());
        if (was && lists.find(listId).flatMap(MailingList::createAs).isEmpty()) {
            outbox.parkAll(listId, code, cause);
        }
    }

    private boolean isForgotten(long listId) {
        Gone known = gone.get(listId);
        return known != null && known.forgotten();
    }

    private boolean isThereAgain(long listId, String key) {
        return lists.find(listId).flatMap(MailingList::key).filter(key::equals).isPresent();
    }
}
