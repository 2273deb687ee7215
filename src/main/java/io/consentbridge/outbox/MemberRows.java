package io.consentbridge.outbox;

import io.consentbridge.audience.Contents;
import io.consentbridge.audience.ListFamily;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Spellings;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.RunNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Remembers in the table list_member what was delivered. */
final class MemberRows {

    private static final int CONTENT = 100_000;
    // A reading this old still tells who had left by themselves when we take somebody off.
    private static final Duration LATELY = Duration.ofHours(1);

    private static final Set<IgnoreReason> NO_REFUSALS =
            Set.of(IgnoreReason.OTHER, IgnoreReason.CONSENT_WITHHELD, IgnoreReason.CONSENT_REQUESTED);

    private MemberRows() {}

    static void delivered(Handle handle, List<Delivery> delivered, Instant now) {
        Map<Long, List<Delivery>> byList = delivered.stream().collect(Collectors.groupingBy(Delivery::listId));
        byList.forEach((listId, deliveries) -> delivered(handle, listId, deliveries, now));
    }

    /** These people are on no list of their connection any more. */
    static void barred(Handle handle, List<Delivery> barred, Instant now) {
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set active = false, unsure = false, asked_at = null, left_at = :now, missing_at = null, lost = false, doubtful = false
                where person_id = :person and list_id in (select id from mailing_list where connection = :connection)
                """);
        barred.forEach(delivery -> update.bind("now", now)
                .bind("person", delivery.personId())
                .bind("connection", delivery.connection())
                .add());
        update.execute();
        barred.stream()
                .collect(Collectors.groupingBy(
                        Delivery::connection, Collectors.mapping(Delivery::personId, Collectors.toList())))
                .forEach((connection, people) -> Spellings.barred(handle, connection, people, now));
    }

    private static void delivered(Handle handle, long listId, List<Delivery> deliveries, Instant now) {
        Map<Long, Optional<String>> known = contents(
                handle, listId, deliveries.stream().map(Delivery::personId).toList());
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set active = :active, unsure = false, asked_at = null, fingerprint = :fingerprint,
                    content = coalesce(:content, content), delivered_at = :now, taken_off = :taken,
                    taken_off_by = case when :taken then :by else taken_off_by end,
                    taken_off_because = case when :taken then :because else taken_off_because end,
                    returned_at = case when :returning then :now when :active then returned_at end,
                    subscribed_at = case when :active then :now else subscribed_at end,
                    left_at = case when :active then left_at else :now end, missing_at = null, lost = false, doubtful = false,
                    counted_as = case when counted_run = :run then counted_as else coalesce(:as, counted_as) end,
                    counted_run = coalesce(:run, counted_run)
                where list_id = :list and person_id = :person
                """);
        RunNumbers runs = RunNumbers.of(
                handle, deliveries.stream().map(MemberRows::countedRun).toList());
        List<Delivery> fresh = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Optional<String> before = known.putIfAbsent(delivery.personId(), Optional.empty());
            if (before == null) {
                fresh.add(delivery);
            } else {
                update.bind("active", delivery.action() == Action.SUBSCRIBE)
                        .bind("taken", isTakenOff(delivery))
                        .bind("by", by(delivery))
                        .bind("because", because(delivery))
                        .bind("returning", delivery.returning())
                        .bind("fingerprint", delivery.fingerprint())
                        .bind("content", content(delivery, before))
                        .bind("as", countedAs(delivery))
                        .bind("run", runs.of(countedRun(delivery)))
                        .bind("now", now)
                        .bind("list", listId)
                        .bind("person", delivery.personId())
                        .add();
            }
        }
        BulkInsert.into("list_member", fresh)
                .number("list_id", listId)
                .numbers("person_id", Delivery::personId)
                .flags("active", delivery -> delivery.action() == Action.SUBSCRIBE)
                .texts("fingerprint", Delivery::fingerprint)
                .texts("content", MemberRows::content)
                .numbers("counted_run", delivery -> runs.of(countedRun(delivery)))
                .texts("counted_as", MemberRows::countedAs)
                .flags("taken_off", MemberRows::isTakenOff)
                .texts("taken_off_by", MemberRows::by)
                .texts("taken_off_because", MemberRows::because)
                .time("delivered_at", now)
                .times("subscribed_at", delivery -> delivery.action() == Action.SUBSCRIBE ? now : null)
                .times("left_at", delivery -> delivery.action() == Action.SUBSCRIBE ? null : now)
                .execute(handle);
        update.execute();
        Spellings.tookOff(
                handle,
                listId,
                deliveries.stream()
                        .filter(delivery -> delivery.action() != Action.SUBSCRIBE)
                        .map(Delivery::personId)
                        .toList(),
                now);
        judge(
                handle,
                listId,
                deliveries.stream()
                        .filter(MemberRows::isTakenOff)
                        .map(Delivery::personId)
                        .toList(),
                now);
        forgive(
                handle,
                listId,
                deliveries.stream()
                        .filter(Delivery::returning)
                        .map(Delivery::personId)
                        .toList());
    }

    private static String by(Delivery delivery) {
        return delivery.because().map(Held::sync).orElse(null);
    }

    private static String because(Delivery delivery) {
        return delivery.because().map(held -> held.cause().word()).orElse(null);
    }

    /**
     * People who have refused in any way do not count as taken off by us. Where no reading shortly before shows that they had
     * not left, the removal is not sure.
     */
    private static void judge(Handle handle, long listId, List<Long> takenOff, Instant now) {
        if (takenOff.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        update list_member
                        set taken_off = not exists (
                                select 1 from suppression s join mailing_list l on l.connection = s.connection
                                where l.id = :list and s.person_id = list_member.person_id
                                  and (s.list_id in (0, :list) or s.list_id = any(:others) and (
                                    s.origin <> 'campaigns' or not exists (
                                      select 1 from list_member there
                                      where there.list_id = s.list_id and there.person_id = s.person_id
                                        and there.taken_off)))),
                            taken_off_sure = exists (
                                select 1 from mailing_list l where l.id = :list and l.refusals_read_at > :lately)
                        where list_id = :list and person_id = any(:people)
                        """)
                .bind("list", listId)
                .bind("lately", now.minus(LATELY))
                .bindArray("others", Long.class, ListFamily.of(handle, listId).others())
                .bindArray("people", Long.class, takenOff)
                .execute();
    }

    /** Drops refusals that only our own removal caused: our books say that we took the people off, and they did not refuse. */
    private static void forgive(Handle handle, long listId, List<Long> returned) {
        if (!returned.isEmpty()) {
            handle.createUpdate("""
                            delete from suppression
                            where person_id = any(:people) and list_id = :list and origin = :campaigns
                              and reason = :left
                            """)
                    .bindArray("people", Long.class, returned)
                    .bind("list", listId)
                    .bind("campaigns", Suppression.CAMPAIGNS)
                    .bind("left", IgnoreReason.OPTED_OUT.word())
                    .execute();
        }
    }

    /**
     * Campaigns sent these people a confirmation: they are no members by that, but may become some at any time. What was
     * said is remembered, so that nobody is asked the same twice.
     */
    static void asked(Handle handle, List<Delivery> asked, Instant now) {
        asked.stream()
                .collect(Collectors.groupingBy(Delivery::listId))
                .forEach((listId, deliveries) -> asked(handle, listId, deliveries, now));
    }

    private static void asked(Handle handle, long listId, List<Delivery> deliveries, Instant now) {
        Map<Long, Optional<String>> known = contents(
                handle, listId, deliveries.stream().map(Delivery::personId).toList());
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set unsure = unsure or not active, fingerprint = :fingerprint, content = :content, delivered_at = :now,
                    asked_at = :now, returned_at = case when :returning then :now else returned_at end
                where list_id = :list and person_id = :person
                """);
        List<Delivery> fresh = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Optional<String> before = known.putIfAbsent(delivery.personId(), Optional.empty());
            if (before == null) {
                fresh.add(delivery);
            } else {
                update.bind("fingerprint", delivery.fingerprint())
                        .bind("content", content(delivery, before))
                        .bind("returning", delivery.returning())
                        .bind("now", now)
                        .bind("list", listId)
                        .bind("person", delivery.personId())
                        .add();
            }
        }
        BulkInsert.into("list_member", fresh)
                .number("list_id", listId)
                .numbers("person_id", Delivery::personId)
                .flags("active", delivery -> false)
                .flags("unsure", delivery -> true)
                .texts("fingerprint", Delivery::fingerprint)
                .texts("content", MemberRows::content)
                .time("delivered_at", now)
                .time("asked_at", now)
                .execute(handle);
        update.execute();
    }

    /**
     * What these people hold by our deliveries, those apart who are not on the list: Campaigns may have forgotten what it held
     * of them. People of whom nothing is known are absent.
     */
    private static Map<Long, Optional<String>> contents(Handle handle, long listId, List<Long> people) {
        Map<Long, Optional<String>> contents = new HashMap<>();
        handle.createQuery("""
                        select m.person_id, case when m.active then m.content end as content
                        from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list
                        where m.list_id is not null
                        """)
                .bindArray("people", Long.class, people)
                .bind("list", listId)
                .map((row, context) -> contents.put(row.getLong("person_id"), Columns.optionalText(row, "content")))
                .list();
        return contents;
    }

    /** Whether somebody leaves by our doing, without having refused: deleted, moved, unmatched, consent lost. */
    private static boolean isTakenOff(Delivery delivery) {
        boolean refused =
                delivery.onSuccess() instanceof Outcome.Ignored ignored && !NO_REFUSALS.contains(ignored.reason());
        return delivery.action() != Action.SUBSCRIBE && !refused;
    }

    private static String content(Delivery delivery) {
        return content(delivery, Optional.empty());
    }

    /** Null for people who leave: Campaigns keeps what it holds of them, as it does with fields that are not mentioned. */
    private static String content(Delivery delivery, Optional<String> before) {
        if (delivery.action() != Action.SUBSCRIBE) {
            return null;
        }
        String all = before.map(held -> Contents.write(Contents.read(held).followedBy(delivery.content())))
                .orElse("");
        return all.isEmpty() || all.length() > CONTENT ? Contents.write(delivery.content()) : all;
    }

    private static String countedRun(Delivery delivery) {
        return countedAs(delivery) == null ? null : delivery.runId();
    }

    /** Null for people who leave, and for those whose consent is only asked for. */
    private static String countedAs(Delivery delivery) {
        boolean counted = delivery.action() == Action.SUBSCRIBE && !(delivery.onSuccess() instanceof Outcome.Ignored);
        return counted ? delivery.onSuccess().word() : null;
    }

    /**
     * From now on we are unsure of these people, unless they are known to be on the list with just what was perhaps sent.
     * The fingerprint and the content are forgotten: what Campaigns holds of them is not known any more.
     */
    static void unsure(Handle handle, Collection<UnconfirmedSubscription> subscriptions, Instant now) {
        subscriptions.stream()
                .collect(Collectors.groupingBy(sent -> sent.key().listId()))
                .forEach((listId, sent) -> unsure(handle, listId, sent, now));
    }

    private static void unsure(Handle handle, long listId, List<UnconfirmedSubscription> subscriptions, Instant now) {
        Set<Long> known = Members.known(
                handle,
                listId,
                subscriptions.stream()
                        .map(sent -> sent.key().personId())
                        .distinct()
                        .toList());
        PreparedBatch update = handle.prepareBatch("""
                update list_member set unsure = true, fingerprint = null, content = null
                where list_id = :list and person_id = :person and not (active and coalesce(fingerprint, '') = :fingerprint)
                """);
        PreparedBatch insert = handle.prepareBatch(
                "insert into list_member (list_id, person_id, active, unsure, subscribed_at) values (:list, :person, false, true, :now)");
        PreparedBatch perhaps = handle.prepareBatch(
                "update list_member set subscribed_at = :now where list_id = :list and person_id = :person");
        for (UnconfirmedSubscription sent : subscriptions) {
            long person = sent.key().personId();
            boolean there = !known.add(person);
            if (there) {
                update.bind("fingerprint", sent.fingerprint())
                        .bind("list", listId)
                        .bind("person", person)
                        .add();
            }
            (there ? perhaps : insert)
                    .bind("now", now)
                    .bind("list", listId)
                    .bind("person", person)
                    .add();
        }
        perhaps.execute();
        insert.execute();
        update.execute();
    }

    /** Those of these members that are unsure. */
    static Set<MemberKey> unsureAmong(Handle handle, Collection<MemberKey> keys) {
        Set<MemberKey> unsure = new HashSet<>();
        keys.stream()
                .collect(Collectors.groupingBy(
                        MemberKey::listId, Collectors.mapping(MemberKey::personId, Collectors.toSet())))
                .forEach((listId, people) -> handle.createQuery("""
                                select m.person_id from unnest(:people) as wanted (id)
                                join list_member m on m.person_id = wanted.id and m.list_id = :list
                                where m.unsure
                                """)
                        .bindArray("people", Long.class, List.copyOf(people))
                        .bind("list", listId)
                        .mapTo(Long.class)
                        .forEach(person -> unsure.add(new MemberKey(listId, person))));
        return unsure;
    }
}
