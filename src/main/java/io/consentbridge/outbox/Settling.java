package io.consentbridge.outbox;

import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Settles claimed deliveries, within a transaction. A row that is gone was settled before; a row of a newer version
 * stays and is only given free.
 */
final class Settling {

    private static final int HISTORY = 8000;
    private static final String ASKED = "Campaigns asked the person to confirm; they join the list when they do.";

    private record Row(
            long id, long personId, int version, Long flying, Instant claimedUntil, Long outcomeId, String history) {

        /** Whether it is still the claim by which that delivery flew; its lease may have ended and somebody else have it. */
        boolean isClaimOf(Delivery delivery) {
            return flying != null
                    && flying == delivery.version()
                    && delivery.claimedUntil().equals(claimedUntil);
        }
    }

    private final Handle handle;
    private final Instant now;
    private final Suppressions suppressions;
    private final OutcomeUpdates outcomes;
    private final DeadLetterRows deadLetters;
    private final PreparedBatch releases;
    private final PreparedBatch postponements;
    private final List<Long> ended = new ArrayList<>();
    private final List<Long> free = new ArrayList<>();
    private final List<Long> letters = new ArrayList<>();
    private final List<Delivery> delivered = new ArrayList<>();
    private final List<Delivery> asked = new ArrayList<>();
    private final List<Settlement.Delivered> put = new ArrayList<>();
    private final Map<Person, Long> numbers = new HashMap<>();
    private final List<Delivery> taken = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private final List<UnconfirmedSubscription> unsure = new ArrayList<>();
    private final DeliveredEvents events;
    private final InFlightOptOuts leaving;
    private final List<Suppression> refused = new ArrayList<>();
    private final List<Suppression> barred = new ArrayList<>();
    private final List<Settlement.Refused> addresses = new ArrayList<>();

    /** @param ownAddressOnly the syncs for which a refusal by another address of the same record does not count */
    Settling(
            Handle handle,
            Instant now,
            Suppressions suppressions,
            Predicate<String> ownAddressOnly,
            DeliveredEvents events) {
        this.events = events;
        this.handle = handle;
        this.now = now;
        this.suppressions = suppressions;
        this.outcomes = new OutcomeUpdates(handle);
        this.deadLetters = new DeadLetterRows(handle, now);
        this.leaving = new InFlightOptOuts(handle, now, new Heeding(handle, ownAddressOnly));
        // What was tried waits behind what was not: the one by which a held list is tried is another one each time.
        this.releases = handle.prepareBatch("update delivery set history = :history, due_at = :now where id = :id");
        this.postponements = handle.prepareBatch(
                "update delivery set rounds = rounds + 1, due_at = :until, history = :history where id = :id");
    }

    void settle(List<Settlement> settlements) {
        Map<Long, Row> rows = lock(settlements);
        for (Settlement settlement : settlements) {
            Delivery delivery = settlement.delivery();
            Row row = rows.get(delivery.id());
            boolean ours = row != null && row.version() == delivery.version();
            if (row != null && !ours && row.isClaimOf(delivery)) {
                free.add(row.id());
            }
            if (leavesUnsure(settlement, row != null)) {
                unsure.add(UnconfirmedSubscription.of(delivery));
            }
            if (settlement instanceof Settlement.Delivered sent) {
                delivered(sent, row, ours);
            } else if (settlement instanceof Settlement.Refused refusal) {
                refused(refusal, row, ours);
            } else if (row != null && row.isClaimOf(delivery) && settlement instanceof Settlement.Unsent) {
                free.add(row.id());
            } else if (ours && settlement instanceof Settlement.Parked parked) {
                parked(parked, row);
            } else if (ours && row.isClaimOf(delivery) && settlement instanceof Settlement.Released released) {
                free.add(row.id());
                if (released.cause() != null) {
                    releases.bind("history", history(row, released.cause()))
                            .bind("now", now)
                            .bind("id", row.id())
                            .add();
                }
            } else if (ours && row.isClaimOf(delivery) && settlement instanceof Settlement.Postponed postponed) {
                free.add(row.id());
                postponements
                        .bind("history", history(row, postponed.cause()))
                        .bind("until", postponed.until())
                        .bind("id", row.id())
                        .add();
            }
        }
        write();
    }

    /** A row that is gone was settled by another process, or withdrawn while it flew. */
    private static boolean leavesUnsure(Settlement settlement, boolean present) {
        return settlement.delivery().action() == Action.SUBSCRIBE
                && (settlement.perhapsSent() || settlement instanceof Settlement.Delivered && !present);
    }

    private Map<Long, Row> lock(List<Settlement> settlements) {
        List<Long> ids = settlements.stream()
                .map(settlement -> settlement.delivery().id())
                .toList();
        Map<Long, Row> rows = new HashMap<>();
        handle.createQuery("""
                        select id, person_id, version, claimed_version, claimed_until, outcome_id, history from delivery
                        where id = any(:ids) order by id for update
                        """)
                .bindArray("ids", Long.class, ids)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        row.getLong("person_id"),
                        row.getInt("version"),
                        Columns.number(row, "claimed_version"),
                        Columns.optionalInstant(row, "claimed_until").orElse(null),
                        Columns.number(row, "outcome_id"),
                        row.getString("history")))
                .forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private void delivered(Settlement.Delivered sent, Row row, boolean ours) {
        Delivery delivery = sent.delivery();
        boolean present = row != null;
        taken.add(delivery);
        if (present) {
            (sent.asked() ? asked : delivered).add(delivery);
            if (DeliveredEvents.puts(sent)) {
                put.add(sent);
                numbers.put(delivery.person(), row.personId());
            }
        }
        // Also where another removal of the person took its place meanwhile, which then finds no member any more.
        if (present && sent.there() && delivery.action() != Action.SUBSCRIBE) {
            left.add(delivery.id());
        }
        end(delivery, row, ours, sent.outcome(), sent.asked() ? ASKED : null);
    }

    private void refused(Settlement.Refused refusal, Row row, boolean ours) {
        Delivery delivery = refusal.delivery();
        if (refusal.suppress()) {
            refused.add(new Suppression(
                    delivery.connection(),
                    delivery.person(),
                    Suppression.EVERY_LIST,
                    Suppression.REPLY,
                    refusal.outcome().reason(),
                    now));
        } else if (refusal.remembered()) {
            addresses.add(refusal);
        }
        end(delivery, row, ours, refusal.outcome(), why(refusal));
    }

    private String why(Settlement.Refused refusal) {
        if (refusal.code() == null) {
            return null;
        }
        return refusal.remembered() && !refusal.suppress()
                ? new RefusedAddress(refusal.outcome().reason(), refusal.code(), now).why()
                : "Campaigns refuses the address: " + refusal.outcome().reason().word() + " (code " + refusal.code()
                        + ").";
    }

    /** A record may have joined the delivery while it flew: the row knows it. */
    private void end(Delivery delivery, Row row, boolean ours, Outcome outcome, String detail) {
        outcomes.settle(
                ours ? row.outcomeId() : delivery.outcomeId(),
                delivery.deadLetter().isPresent(),
                outcome,
                detail);
        if (ours) {
            ended.add(delivery.id());
            delivery.deadLetter().ifPresent(letters::add);
        }
    }

    private void parked(Settlement.Parked parked, Row row) {
        Delivery delivery = parked.delivery();
        deadLetters.park(
                row.id(),
                delivery.deadLetter().orElse(null),
                parked.code(),
                parked.cause(),
                history(row, parked.cause()));
        outcomes.settle(row.outcomeId(), delivery.deadLetter().isPresent(), new Outcome.DeadLettered(), parked.cause());
        ended.add(row.id());
    }

    /** Do-Not-Mail holds for the whole organisation, so nothing needs to be tried on another list. */
    private void bar(List<Delivery> moved) {
        MemberRows.barred(handle, moved, now);
        moved.forEach(delivery -> barred.add(new Suppression(
                delivery.connection(),
                delivery.person(),
                Suppression.EVERY_LIST,
                Suppression.REPLY,
                IgnoreReason.DO_NOT_MAIL,
                now)));
    }

    /** The latest lines that fit. */
    private String history(Row row, String cause) {
        String line = now + " " + Columns.clip(cause, 500);
        String all = row.history() == null ? line : row.history() + "\n" + line;
        return all.length() <= HISTORY ? all : all.substring(all.indexOf('\n', all.length() - HISTORY) + 1);
    }

    /**
     * Members who left count in the run that took them off; a run is closed only after its last delivery. The row of the run
     * itself is left alone: a page's transaction locks it before deliveries, and the other order would deadlock.
     */
    private void countLeft() {
        if (!left.isEmpty()) {
            handle.createUpdate("""
                            insert into run_left (run_id, people)
                            select d.run_id, count(*) from delivery d
                            join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                            where d.id = any(:ids) and m.active group by d.run_id
                            """).bindArray("ids", Long.class, left).execute();
        }
    }

    private void write() {
        deadLetters.write();
        releases.execute();
        postponements.execute();
        countLeft();
        DeliveryRows.delete(handle, ended);
        ClaimRelease.free(handle, free);
        MemberRows.delivered(handle, delivered, now);
        MemberRows.asked(handle, asked, now);
        events.append(put, PersonNumbers.of(numbers));
        bar(taken.stream()
                .filter(delivery -> delivery.action() == Action.DO_NOT_MAIL)
                .toList());
        MemberRows.unsure(handle, unsure, now);
        suppressions.barred(handle, barred);
        suppressions.replied(handle, refused);
        RefusedAddresses.refused(handle, addresses, now);
        outcomes.write();
        DeadLetterRows.delete(handle, letters);
        leaving.take(taken, asked);
    }
}
