package io.consentbridge.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known of one person: why they are mailed or not, whatever sync brought them.
 *
 * @param person the address as it is compared
 * @param suppressions what forbids to mail them, the gravest first
 * @param memberships the lists on which they are known
 * @param records the CRM records that stand for them
 * @param moves records whose address was changed from theirs or to it
 * @param outcomes what became of these records, the newest run first
 * @param waiting what is about to be done
 * @param deadLetters what could not be done without help
 * @param ledger what was decided about them, the oldest first
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
        List<Decided> ledger) {

    /**
     * Who forbids to mail them.
     *
     * @param list null for every list of the connection
     * @param origin campaigns, reply, or the CRM record: crm:Leads:4150868000002175
     */
    public record Suppressed(String connection, String list, String reason, String origin, Instant since) {}

    /**
     * What is known of them on a list.
     *
     * @param unsure whether a subscription was sent and nobody heard what became of it
     * @param askedAt when Campaigns asked them to confirm, which they are not known to have done; null when that is not so
     * @param deliveredAt when we last told Campaigns of them; null for never
     * @param seenAt when Campaigns last listed them as active; null for never
     * @param removed which sync took them off though they had not refused, when, why, and what can be done; null when none did
     * @param listedAs under which spellings of the address Campaigns lists them, where one is not the address as it is compared;
     *     empty otherwise
     * @param fields what Campaigns holds by what we told it
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
     * A record that stood for them when its sync last read it.
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
     * What a run made of a record.
     *
     * @param connection that of the run; null when the run is forgotten
     * @param reason of an ignored one; null for others
     * @param detail in words; null when there is nothing to say
     */
    public record Result(
            String connection,
            String run,
            String record,
            String decision,
            String outcome,
            String reason,
            String detail) {}

    /** A delivery that waits. */
    public record Waiting(
            String connection,
            String list,
            String action,
            Instant due,
            boolean held,
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
     * What was decided for a purpose, and on what evidence.
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

    /** Whether nobody of that address was ever met. */
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
