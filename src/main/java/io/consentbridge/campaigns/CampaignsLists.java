package io.consentbridge.campaigns;

import io.consentbridge.consent.SignupForm;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Optional;

/** Finds and creates mailing lists, through {@code direct:find-lists} and {@code direct:create-list}. */
public final class CampaignsLists {

    private final ZohoSeams seams;

    public CampaignsLists(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The list of that name, compared trimmed; reads all pages until it is found.
     *
     * @param runId the run that the calls are counted for; null for none
     */
    public Optional<MailingList> find(Connection connection, String runId, String name) {
        throw new UnsupportedOperationException(seams.toString());
    }

    /**
     * Creates a list with its first member, because Campaigns creates none that is empty (campaigns-api §2.3); takes the
     * one that is there when its name is in use.
     *
     * @param firstAddress e-mail address of somebody who may be on it
     */
    public MailingList create(Connection connection, String runId, String name, SignupForm form, String firstAddress) {
        throw new UnsupportedOperationException(seams.toString());
    }
}
