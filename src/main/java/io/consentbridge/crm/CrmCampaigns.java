package io.consentbridge.crm;

import io.consentbridge.sync.SelectableField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.util.ArrayList;
import java.util.List;

/** The campaigns of the CRM, through {@code direct:crm-query} (docs/zoho-notes.md, "CRM: campaigns and their members"). */
public final class CrmCampaigns {

    static final String MODULE = "Campaigns";

    private static final String NAME = "Campaign_Name";
    private static final String STATUS = "Status";
    /** Assumed: an organisation can change the list of words (docs/zoho-notes.md, "CRM: campaigns and their members"). */
    private static final String ACTIVE = "Active";

    private final CrmReader reader;
    private final CrmFields fields;

    public CrmCampaigns(CrmReader reader, CrmFields fields) {
        this.reader = reader;
        this.fields = fields;
    }

    /**
     * The present campaigns, in the order of their ids; a call for every 2,000 of them.
     *
     * @throws ZohoFault.Rejected if active ones are asked for and the organisation does not have that word, so that none
     *     would be found
     */
    public List<CrmCampaign> all(Connection connection, String runId, boolean activeOnly) {
        if (activeOnly) {
            requireWord(connection, runId);
        }
        Condition which = activeOnly ? Condition.compare(STATUS, Condition.Operator.EQUALS, ACTIVE) : null;
        ReadRequest request = new ReadRequest(connection, runId, MODULE, List.of(NAME), which, null);
        List<CrmCampaign> campaigns = new ArrayList<>();
        String after = null;
        CrmPage page;
        do {
            page = reader.byId(request, after);
            for (CrmRecord record : page.records()) {
                campaigns.add(new CrmCampaign(record.id(), String.valueOf(record.text(NAME))));
                after = record.id();
            }
        } while (!page.last());
        return campaigns;
    }

    // If the word was changed or translated, no campaign would be active, and everybody would leave their lists.
    private void requireWord(Connection connection, String runId) {
        SelectableField status = fields.selectable(connection, runId, MODULE).get(STATUS);
        if (status != null && !status.choices().isEmpty() && !status.choices().contains(ACTIVE)) {
            throw new ZohoFault.Rejected(
                    "NO_ACTIVE_STATUS",
                    connection.name() + ": the field Status of campaigns in Zoho CRM has no choice " + ACTIVE + " (but "
                            + String.join(", ", status.choices())
                            + "), so the active campaigns are not known. List them in select.campaigns");
        }
    }
}
