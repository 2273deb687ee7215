package io.consentbridge.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known about one person: why they are mailed or not, whichever sync read them.
 *
 * @param person the normalised address
 * @param suppressions what rules out mailing them, the strictest first
 * @param memberships the lists on which they are known
 * @param records the CRM records that represent them
 * @param moves records whose address changed from theirs or to it
 * @param outcomes what happened to these records, the newest run first
 * @param waiting the deliveries that wait
 * @param deadLetters the deliveries that need a person's help
 * @param requests the requests for their consent, the oldest first
 * @param ledger the decisions about them, the oldest first
 * @param updates what is or was written into these records, or into others because of them
 * @param starts the workflows of Campaigns to which they are or were handed over, the oldest first
 */
public record ExplainView(
        String person,
        List<Suppressed> suppressions,
        List<Membership> memberships,
        List<RecordDecision> records,
        List<Move> moves,
        List<Result> outcomes,
        List<Waiting> waiting,
        List<Letter> deadLetters,
        List<Asked> requests,
        List<Decided> ledger,
        List<Update> updates,
        List<Start> starts) {

    /** Creates the explanation of somebody whose records were never written to, and whom no workflow concerns. */
    public ExplainView(
            String person,
            List<Suppressed> suppressions,
            List<Membership> memberships,
            List<RecordDecision> records,
            List<Move> moves,
            List<Result> outcomes,
            List<Waiting> waiting,
            List<Letter> deadLetters,
            List<Asked> requests,
            List<Decided> ledger) {
        this(
                person,
                suppressions,
                memberships,
                records,
                moves,
                outcomes,
                waiting,
                deadLetters,
                requests,
                ledger,
                List.of(),
                List.of());
    }

    /**
     * The newest update of a CRM record.
     *
     * @param module API name of the module
     * @param record id of the record
     * @param fields the CRM fields that it writes, or wrote
     * @param state pending, done, gone, superseded or dead-lettered
     * @param because why the record was to be updated
     * @param settledAt when it was settled last; null while it never was
     * @param remark the last failure, or what was written differently; null for none
     */
    public record Update(
            String connection,
            String module,
            String record,
            List<String> fields,
            String state,
            String because,
            Instant settledAt,
            String remark) {}

    /**
     * The newest start of a workflow after they confirmed.
     *
     * @param workflow key of the workflow
     * @param purpose name of the purpose for which they confirmed
     * @param list name of the mailing list
     * @param state pending, done, gone or dead-lettered
     * @param settledAt when it was settled last; null while it never was
     * @param remark the last failure, or why they were not handed over; null for none
     */
    public record Start(
            String connection,
            String workflow,
            String purpose,
            String list,
            String state,
            Instant settledAt,
            String remark) {}

    /**
     * A request for consent.
     *
     * @param state requested, sending, sent, bounced, given, refused, expired or withdrawn
     * @param because why it expired, when not by its time; null otherwise
     * @param ground why they were asked
     * @param sent null if the mail was not sent, or if nobody knows
     * @param reminded whether a reminder was sent, or perhaps was
     * @param answered when they confirmed or refused; null if they did not
     * @param expires when its state ends by itself; null if it does not
     * @param validTo the last day of the consent; null if it has none
     */
    public record Asked(
            String connection,
            String purpose,
            String statement,
            String via,
            String state,
            String because,
            String ground,
            String record,
            Instant requested,
            Instant sent,
            boolean reminded,
            Instant answered,
            Instant expires,
            String validTo) {}

    /**
     * A reason not to mail them, and its source.
     *
     * @param list null for every list of the connection
     * @param origin campaigns, reply, manual, or the CRM record: crm:Leads:4150868000002175
     */
    public record Suppressed(String connection, String list, String reason, String origin, Instant since) {}

    /**
     * Their membership of a list.
     *
     * @param unsure whether a subscription was sent and its result is unknown
     * @param askedAt when Campaigns asked them to confirm, if they are not known to have confirmed; null otherwise
     * @param deliveredAt when this product last sent them to Campaigns; null for never
     * @param seenAt when Campaigns last listed them as active; null for never
     * @param removed which sync removed them although they had not refused, when, why, and what can be done; null when none
     *     did
     * @param listedAs the spellings of the address under which Campaigns lists them, if one differs from the normalised
     *     address; empty otherwise
     * @param fields what Campaigns holds, by what this product sent
     */
    public record Membership(
            String connection,
            String list,
            boolean active,
            boolean unsure,
            Instant askedAt,
            Instant deliveredAt,
            Instant seenAt,
            String removed,
            List<String> listedAs,
            Map<String, String> fields) {
        @Override
        public String toString() {
            return "membership of " + list;
        }
    }

    /**
     * A record that represented them when its sync last read it.
     *
     * @param connection null when the sync is gone
     */
    public record RecordDecision(String connection, String sync, String record, String decision, Instant modified) {}

    /** A record that moved from one address to another. */
    public record Move(String sync, String record, String earlier, String later) {
        @Override
        public String toString() {
            return "move of record " + record;
        }
    }

    /**
     * The outcome of a record in a run.
     *
     * @param connection the connection of the run; null when the run has been deleted
     * @param reason the reason of an ignored record; null for others
     * @param detail the details in words; null when there are none
     */
    public record Result(
            String connection,
            String run,
            String record,
            String decision,
            String outcome,
            String reason,
            String detail) {}

    /**
     * A delivery that waits.
     *
     * @param because why it is held, such as the review of a campaign; null where only a reading is awaited, or nothing
     */
    public record Waiting(
            String connection,
            String list,
            String action,
            Instant due,
            boolean held,
            String because,
            int rounds,
            String run,
            String record) {}

    /**
     * A dead letter.
     *
     * @param replaying whether it is among the deliveries again
     */
    public record Letter(
            String connection,
            long id,
            String list,
            String action,
            String cause,
            Instant parkedAt,
            boolean replaying) {}

    /**
     * A decision for a purpose, and its evidence.
     *
     * @param connection null when the sync is gone
     * @param evidence null when none was read
     */
    public record Decided(
            String connection,
            Instant at,
            String purpose,
            String statementVersion,
            String sync,
            String record,
            String run,
            String decision,
            String why,
            Map<String, Object> evidence) {}

    /** Returns whether nothing is known about that address. */
    public boolean unknown() {
        return suppressions.isEmpty()
                && memberships.isEmpty()
                && records.isEmpty()
                && moves.isEmpty()
                && outcomes.isEmpty()
                && waiting.isEmpty()
                && deadLetters.isEmpty()
                && ledger.isEmpty();
    }

    @Override
    public String toString() {
        return "explanation";
    }
}
