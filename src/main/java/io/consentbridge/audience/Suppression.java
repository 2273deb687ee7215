package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import java.time.Instant;

/**
 * A person who must not be mailed, with the origin of that.
 *
 * @param connection name of the connection
 * @param person who
 * @param listId the list for which it counts; {@link #EVERY_LIST} for the whole connection
 * @param origin {@link #CAMPAIGNS}, {@link #REPLY}, {@link #MANUAL}, or a CRM record, see {@link #crm}
 * @param reason why
 * @param since when it became known
 */
public record Suppression(
        String connection, Person person, long listId, String origin, IgnoreReason reason, Instant since) {

    /** The list of a suppression that counts for every list of its connection. */
    public static final long EVERY_LIST = 0;

    /** Learnt by reading the unsubscribed and bounced members of a list; it counts for a later list of that name as well. */
    public static final String CAMPAIGNS = "campaigns";

    /** Learnt from Campaigns' reply to a delivery. */
    public static final String REPLY = "reply";

    /** An operator entered it; nothing that is read ends it. */
    public static final String MANUAL = "manual";

    /** The person is being erased; the row goes with everything else that is stored about them. */
    public static final String ERASED = "erased";

    /** A refusal at a former address of the same person; it is not stored, but computed when needed. */
    public static final String FORMER_ADDRESS = "former-address";

    /** A refusal at another address of the same CRM record; it is not stored, but computed when needed. */
    public static final String SECOND_ADDRESS = "second-address";

    /** A refusal on another list of the same purpose; it is not stored with this list, but looked up when needed. */
    public static final String OTHER_LIST = "other-list";

    /** The prefix of the origin of a person who refused a request for consent; the purpose follows. Nothing ends it. */
    public static final String CONFIRMATION = "confirmation:";

    /** The prefix of the origin of every CRM record. */
    public static final String CRM = "crm:";

    /** The origin for a CRM record: {@code crm:Leads:4150868000002175}. */
    public static String crm(String module, String recordId) {
        return CRM + module + ":" + recordId;
    }

    /** The origin of a refusal of a request for consent to that purpose. */
    public static String confirmation(String purpose) {
        return CONFIRMATION + purpose;
    }

    /** Whether it was learnt by reading the unsubscribed members of a list, which does not tell who unsubscribed them. */
    public boolean saysThatTheyLeft() {
        return saysThatTheyLeft(origin, reason);
    }

    public static boolean saysThatTheyLeft(String origin, IgnoreReason reason) {
        return reason == IgnoreReason.OPTED_OUT && origin.equals(CAMPAIGNS);
    }

    /** Whether an operator entered it. */
    public boolean isManual() {
        return origin.equals(MANUAL);
    }

    /** Whether it is a refusal at another address of the person, a former or a second one. */
    public boolean byOtherAddress() {
        return origin.equals(FORMER_ADDRESS) || origin.equals(SECOND_ADDRESS);
    }

    /** The id of the CRM record that refuses; only for an origin made by {@link #crm}. */
    public String recordId() {
        return origin.substring(origin.lastIndexOf(':') + 1);
    }
}
