package io.consentbridge.store;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Outcome;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Merges two people who turned out to be one. The merge is monotone: every refusal of both stays, every removal of either
 * stays, and a person who perhaps left on their own does not count as removed by the product.
 */
final class MergedPeople {

    /** The tables and columns that refer to a person; each has its rule below. */
    static final List<String> COLUMNS = List.of(
            "campaign_reaction.person_id",
            "confirmation_request.person_id",
            "consent_ledger.person_id",
            "dead_letter.person_id",
            "delivery.person_id",
            "erasure.person_id",
            "former_address.former_id",
            "former_address.person_id",
            "ledger_event.person_id",
            "ledger_subject.person_id",
            "list_member.person_id",
            "listed_as.person_id",
            "outcome.person_id",
            "record_update.person_id",
            "refused_address.person_id",
            "source_record.person_id",
            "suppression.person_id",
            "unknown_word.person_id",
            "workflow_start.person_id");

    // Removals come first, among them those from every list, and then those that wait for nothing.
    private static final String STRICTEST =
            "case action when 'do-not-mail' then 0 when 'unsubscribe' then 1 else 2 end, %s, id desc";

    private static final StoredOutcome DUPLICATE = StoredOutcome.of(new Outcome.Ignored(IgnoreReason.FILE_DUPLICATE));

    private final Handle handle;
    private final long gone;
    private final long kept;

    private MergedPeople(Handle handle, long gone, long kept) {
        this.handle = handle;
        this.gone = gone;
        this.kept = kept;
    }

    /** Merges within the caller's transaction: whatever was known of {@code gone} is then known of {@code kept}. */
    static void merge(Handle handle, long gone, long kept) {
        MergedPeople people = new MergedPeople(handle, gone, kept);
        people.suppressions();
        people.unknownWords();
        // Campaigns refused another spelling.
        people.run("delete from refused_address where person_id = :gone");
        people.formerAddresses();
        people.spellings();
        people.members();
        people.deliveries();
        people.deadLetters();
        people.workflowStarts();
        people.reactions();
        List.of(
                        "source_record",
                        "outcome",
                        "record_update",
                        "consent_ledger",
                        "ledger_event",
                        "ledger_subject",
                        "confirmation_request",
                        "erasure")
                .forEach(people::move);
        people.run("delete from person where id = :gone");
    }

    // Of two refusals by one origin the one that also counts for other addresses stays, since the earlier of both.
    private void suppressions() {
        run("""
                update suppression set
                    since = (select min(s.since) from suppression s
                             where s.person_id in (:gone, :kept) and s.connection = suppression.connection
                               and s.list_id = suppression.list_id and s.origin = suppression.origin),
                    seen_at = (select max(s.seen_at) from suppression s
                             where s.person_id in (:gone, :kept) and s.connection = suppression.connection
                               and s.list_id = suppression.list_id and s.origin = suppression.origin),
                    said_by = (select max(s.said_by) from suppression s
                             where s.person_id in (:gone, :kept) and s.connection = suppression.connection
                               and s.list_id = suppression.list_id and s.origin = suppression.origin)
                where person_id in (:gone, :kept)
                """);
        run("""
                delete from suppression
                where person_id = :kept and reason = 'bounced' and exists (
                    select 1 from suppression s
                    where s.person_id = :gone and s.connection = suppression.connection
                      and s.list_id = suppression.list_id and s.origin = suppression.origin and s.reason <> 'bounced')
                """);
        run("""
                delete from suppression
                where person_id = :gone and exists (
                    select 1 from suppression s
                    where s.person_id = :kept and s.connection = suppression.connection
                      and s.list_id = suppression.list_id and s.origin = suppression.origin)
                """);
        move("suppression");
    }

    private void unknownWords() {
        run("""
                delete from unknown_word
                where person_id = :gone and exists (
                    select 1 from unknown_word u
                    where u.person_id = :kept and u.connection = unknown_word.connection
                      and u.origin = unknown_word.origin)
                """);
        move("unknown_word");
    }

    private void workflowStarts() {
        run("""
                delete from workflow_start
                where person_id = :gone and exists (
                    select 1 from workflow_start w
                    where w.person_id = :kept and w.connection = workflow_start.connection
                      and w.workflow = workflow_start.workflow and w.trigger_key = workflow_start.trigger_key)
                """);
        move("workflow_start");
    }

    // Of one reaction of both, that of which a reader who reads on may not know yet stays.
    private void reactions() {
        run("""
                delete from campaign_reaction
                where person_id = :kept and exists (
                    select 1 from campaign_reaction r
                    where r.person_id = :gone and r.campaign_id = campaign_reaction.campaign_id
                      and r.reaction = campaign_reaction.reaction and r.id > campaign_reaction.id)
                """);
        run("""
                delete from campaign_reaction
                where person_id = :gone and exists (
                    select 1 from campaign_reaction r
                    where r.person_id = :kept and r.campaign_id = campaign_reaction.campaign_id
                      and r.reaction = campaign_reaction.reaction)
                """);
        move("campaign_reaction");
    }

    // An address that only had another spelling is no former address.
    private void formerAddresses() {
        run("""
                delete from former_address
                where person_id = :gone and exists (
                    select 1 from former_address f
                    where f.person_id = :kept and f.connection = former_address.connection
                      and f.former_id = former_address.former_id and f.sync = former_address.sync
                      and f.record_id = former_address.record_id)
                """);
        move("former_address");
        run("""
                delete from former_address
                where former_id = :gone and exists (
                    select 1 from former_address f
                    where f.former_id = :kept and f.connection = former_address.connection
                      and f.person_id = former_address.person_id and f.sync = former_address.sync
                      and f.record_id = former_address.record_id)
                """);
        run("update former_address set former_id = :kept where former_id = :gone");
        run("delete from former_address where person_id = :kept and former_id = :kept");
    }

    // Campaigns may have both as contacts, and each is unsubscribed.
    private void spellings() {
        run("""
                delete from listed_as
                where person_id = :gone and exists (
                    select 1 from listed_as a
                    where a.person_id = :kept and a.list_id = listed_as.list_id and a.spelling = listed_as.spelling)
                """);
        move("listed_as");
    }

    // The member who is on the list counts for both; otherwise the one who got the later delivery.
    private void members() {
        for (long list : sharedLists()) {
            long stays = handle.createQuery("""
                            select person_id from list_member
                            where list_id = :list and person_id in (:gone, :kept)
                            order by active desc, delivered_at desc nulls last, person_id desc limit 1
                            """)
                    .bind("list", list)
                    .bind("gone", gone)
                    .bind("kept", kept)
                    .mapTo(Long.class)
                    .one();
            run(list, """
                    update list_member set
                        unsure = exists (select 1 from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept) and m.unsure),
                        taken_off = not exists (select 1 from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept) and not m.taken_off),
                        taken_off_sure = not exists (select 1 from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept) and not m.taken_off_sure),
                        returned_at = (select max(m.returned_at) from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept)),
                        seen_at = (select max(m.seen_at) from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept)),
                        subscribed_at = (select max(m.subscribed_at) from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept)),
                        left_at = (select max(m.left_at) from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept)),
                        asked_at = case when active then null else (select max(m.asked_at) from list_member m
                            where m.list_id = :list and m.person_id in (:gone, :kept)) end
                    where list_id = :list and person_id in (:gone, :kept)
                    """);
            run(list, "delete from list_member where list_id = :list and person_id = " + other(stays));
        }
        moveMembers();
    }

    private void deliveries() {
        for (long list : shared("delivery")) {
            List<Long> both = strictestFirst("delivery", "case when held_for is null then 0 else 1 end", list);
            settle(both.get(1), both.get(0), bothLeave(both));
            handle.createUpdate("delete from delivery where id = :dropped")
                    .bind("dropped", both.get(1))
                    .execute();
        }
        move("delivery");
    }

    /** Of two removals each keeps its own reason; otherwise the delivery that is dropped has the other one in its place. */
    private void settle(long dropped, long stays, boolean bothLeave) {
        OutcomeChanges changes = new OutcomeChanges(handle);
        changes.write(changes.lock(counted(dropped)).values().stream()
                .filter(outcome -> outcome.outcome().word().equals(Outcome.PENDING))
                .map(outcome -> bothLeave
                        ? outcome.becomes(success(dropped), outcome.detail(), outcome.failure())
                        : outcome.becomes(DUPLICATE, "the same person as record " + record(stays), outcome.failure()))
                .toList());
    }

    private List<Long> counted(long delivery) {
        return handle.createQuery("select outcome_id from delivery where id = :id and outcome_id is not null")
                .bind("id", delivery)
                .mapTo(Long.class)
                .list();
    }

    private StoredOutcome success(long delivery) {
        return handle.createQuery("""
                        select on_success as outcome, on_success_reason as reason, on_success_updated as updated
                        from delivery where id = :id
                        """)
                .bind("id", delivery)
                .map((row, context) -> StoredOutcome.read(row))
                .one();
    }

    private String record(long delivery) {
        return handle.createQuery("select record_id from delivery where id = :id")
                .bind("id", delivery)
                .mapTo(String.class)
                .one();
    }

    private boolean bothLeave(List<Long> deliveries) {
        return handle.createQuery("select count(*) from delivery where id in (:one, :other) and action <> 'subscribe'")
                        .bind("one", deliveries.get(0))
                        .bind("other", deliveries.get(1))
                        .mapTo(Integer.class)
                        .one()
                == 2;
    }

    private void deadLetters() {
        for (long list : shared("dead_letter")) {
            List<Long> both = strictestFirst("dead_letter", "case when replaying then 0 else 1 end", list);
            handle.createUpdate(
                            "update delivery set dead_letter = :stays where dead_letter = :dropped and person_id in (:gone, :kept)")
                    .bind("stays", both.get(0))
                    .bind("dropped", both.get(1))
                    .bind("gone", gone)
                    .bind("kept", kept)
                    .execute();
            handle.createUpdate("delete from dead_letter where id = :dropped")
                    .bind("dropped", both.get(1))
                    .execute();
        }
        move("dead_letter");
    }

    private List<Long> strictestFirst(String table, String then, long list) {
        return handle.createQuery(
                        "select id from " + table + " where list_id = :list and person_id in (:gone, :kept) order by "
                                + STRICTEST.formatted(then))
                .bind("list", list)
                .bind("gone", gone)
                .bind("kept", kept)
                .mapTo(Long.class)
                .list();
    }

    /** The lists for which a table has a row of both people. */
    private List<Long> shared(String table) {
        return handle.createQuery("select list_id from " + table
                        + " where person_id in (:gone, :kept) group by list_id having count(*) = 2 order by list_id")
                .bind("gone", gone)
                .bind("kept", kept)
                .mapTo(Long.class)
                .list();
    }

    private List<Long> sharedLists() {
        return handle.createQuery("""
                        select l.id from mailing_list l
                        where exists (select 1 from list_member m where m.list_id = l.id and m.person_id = :gone)
                          and exists (select 1 from list_member m where m.list_id = l.id and m.person_id = :kept)
                        order by l.id
                        """)
                .bind("gone", gone)
                .bind("kept", kept)
                .mapTo(Long.class)
                .list();
    }

    private long other(long person) {
        return person == kept ? gone : kept;
    }

    /** Its key begins with the list. */
    private void moveMembers() {
        run("""
                update list_member set person_id = :kept
                where list_id in (select id from mailing_list) and person_id = :gone
                """);
    }

    private void move(String table) {
        run("update " + table + " set person_id = :kept where person_id = :gone");
    }

    private void run(String sql) {
        handle.createUpdate(sql).bind("gone", gone).bind("kept", kept).execute();
    }

    private void run(long list, String sql) {
        handle.createUpdate(sql)
                .bind("list", list)
                .bind("gone", gone)
                .bind("kept", kept)
                .execute();
    }
}
