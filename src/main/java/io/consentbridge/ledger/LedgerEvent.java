package io.consentbridge.ledger;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An event that is appended to the ledger.
 *
 * @param event what happened
 * @param person to whom; null for an event of no person
 * @param connection name of the connection; empty for none
 * @param purpose name of the purpose; empty for none
 * @param statementVersion hash of what people were told; empty for none
 * @param rule the row of the consent table that decided; empty for none
 * @param source who said so: crm, campaigns, page, mail, operator or product
 * @param inputs of the decision: enumerated words only, since they are in the leaf and in rows that many people share
 * @param recordId the CRM record; empty for none
 * @param runId the run; empty for none
 * @param evidence everything else that proves the event: texts, numbers, yes and no, null, and maps and lists of them; it may be
 *     personal, and is sealed under the key of the person, or of the ledger for an event of no person
 * @param at when it happened
 * @param told what people are told about it
 */
public record LedgerEvent(
        EventKind event,
        Person person,
        String connection,
        String purpose,
        String statementVersion,
        String rule,
        String source,
        Map<String, String> inputs,
        String recordId,
        String runId,
        Map<String, Object> evidence,
        Instant at,
        Told told) {

    public static final String CRM = "crm";
    public static final String CAMPAIGNS = "campaigns";
    public static final String PAGE = "page";
    public static final String MAIL = "mail";
    public static final String OPERATOR = "operator";
    public static final String PRODUCT = "product";

    private static final Set<String> SOURCES = Set.of(CRM, CAMPAIGNS, PAGE, MAIL, OPERATOR, PRODUCT);

    /**
     * What {@code explain} shows of an event besides; no personal data.
     *
     * @param sync name of the sync; empty for none
     * @param decision word of the decision; empty for none
     * @param why the reason in words; empty for none
     */
    public record Told(String sync, String decision, String why) {

        /** Nothing. */
        public static final Told NOTHING = new Told("", "", "");
    }

    /** An event of which people are told nothing besides. */
    public LedgerEvent(
            EventKind event,
            Person person,
            String connection,
            String purpose,
            String statementVersion,
            String rule,
            String source,
            Map<String, String> inputs,
            String recordId,
            String runId,
            Map<String, Object> evidence,
            Instant at) {
        this(
                event,
                person,
                connection,
                purpose,
                statementVersion,
                rule,
                source,
                inputs,
                recordId,
                runId,
                evidence,
                at,
                Told.NOTHING);
    }

    public LedgerEvent {
        if (!SOURCES.contains(source)) {
            throw new IllegalArgumentException("no event has the source " + source);
        }
        inputs = inputs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(inputs));
        evidence = evidence.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evidence));
    }

    /**
     * What an operator did; it belongs to no purpose and to no run.
     *
     * @param person to whom; null for something that is done to the ledger itself
     * @param why what people are told about it; empty for nothing
     * @param evidence as in an event
     */
    public static LedgerEvent byOperator(
            EventKind event, Person person, String why, Map<String, Object> evidence, Instant at) {
        Told told = why.isEmpty() ? Told.NOTHING : new Told("", event.word(), why);
        return new LedgerEvent(event, person, "", "", "", "", OPERATOR, Map.of(), "", "", evidence, at, told);
    }

    /** The same as another kind of event. */
    LedgerEvent as(EventKind kind) {
        return new LedgerEvent(
                kind,
                person,
                connection,
                purpose,
                statementVersion,
                rule,
                source,
                inputs,
                recordId,
                runId,
                evidence,
                at,
                told);
    }

    @Override
    public String toString() {
        return event.word() + " of " + purpose;
    }
}
