package io.consentbridge.campaigns;

import io.consentbridge.consent.Person;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Iterator;
import java.util.List;

/** Who is on a list, through {@code direct:count-members} and {@code direct:list-members}. */
public final class ListMembers {

    private final ZohoSeams seams;

    public ListMembers(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * How many members have that status; one call.
     *
     * @param runId the run that the calls are counted for; null for none
     */
    public long count(Connection connection, String runId, String listKey, MemberStatus status) {
        throw new UnsupportedOperationException(seams.toString());
    }

    /**
     * The members with that status, in pages of at most 500, each fetched when it is needed; no page is empty. A failure
     * is remembered and thrown again.
     */
    public Iterator<List<Person>> scan(Connection connection, String runId, String listKey, MemberStatus status) {
        throw new UnsupportedOperationException(seams.toString());
    }
}
