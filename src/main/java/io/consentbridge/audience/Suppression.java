package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import java.time.Instant;

/**
 * A person who must not be mailed, and who says so.
 *
 * @param connection name of the connection
 * @param person who
 * @param listId the list for which it holds; {@link #EVERY_LIST} for the whole connection
 * @param origin {@link #CAMPAIGNS}, {@link #REPLY}, or a CRM record, see {@link #crm}
 * @param reason why
 * @param since since when we know
 */
public record Suppression(
        String connection, Person person, long listId, String origin, IgnoreReason reason, Instant since) {

    /** The list of a suppression that holds for every list of its connection. */
    public static final long EVERY_LIST = 0;

    /** Learnt by reading who left a list; it holds for the list that takes its name as well. */
    public static final String CAMPAIGNS = "campaigns";

    /** Learnt from Campaigns' reply to a delivery. */
    public static final String REPLY = "reply";

    /** Said against an earlier address of the same person; it is not kept, but found when somebody asks. */
    public static final String FORMER_ADDRESS = "former-address";

    /** Said against another address of the same CRM record; it is not kept, but found when somebody asks. */
    public static final String SECOND_ADDRESS = "second-address";

    /** What the origin of every CRM record begins with. */
    public static final String CRM = "crm:";

    /** The origin that stands for a CRM record: {@code crm:Leads:4150868000002175}. */
    public static String crm(String module, String recordId) {
        return CRM + module + ":" + recordId;
    }

    /** Whether it was learnt by reading who unsubscribed from a list, which does not tell whose doing that was. */
    public boolean saysThatTheyLeft() {
        return saysThatTheyLeft(origin, reason);
    }

    public static boolean saysThatTheyLeft(String origin, IgnoreReason reason) {
        return reason == IgnoreReason.OPTED_OUT && origin.equals(CAMPAIGNS);
    }

    /** Whether it was said against another address of the person, one that they had before or have besides. */
    public boolean byOtherAddress() {
        return origin.equals(FORMER_ADDRESS) || origin.equals(SECOND_ADDRESS);
    }

    /** The id of the CRM record that says so; only for an origin made by {@link #crm}. */
    public String recordId() {
        return origin.substring(origin.lastIndexOf(':') + 1);
    }
}
