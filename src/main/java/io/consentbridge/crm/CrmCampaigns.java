package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import java.util.ArrayList;
import java.util.List;

/** The campaigns of the CRM, through {@code direct:crm-query} (crm-api §8.4). */
public final class CrmCampaigns {

    static final String MODULE = "Campaigns";

    private static final String NAME = "Campaign_Name";
    private static final String STATUS = "Status";
    /** Zoho's own word; an organisation may change the list of them (crm-api §14.5). */
    private static final String ACTIVE = "Active";

    private final CrmReader reader;

    public CrmCampaigns(CrmReader reader) {
        this.reader = reader;
    }

    /** The campaigns as they are now, in the order of their ids; a call for every 2,000 of them. */
    public List<CrmCampaign> all(Connection connection, String runId, boolean activeOnly) {
        Condition which = activeOnly ? Condition.compare(STATUS, Condition.Operator.EQUALS, ACTIVE) : null;
        ReadOrder order = new ReadOrder(connection, runId, MODULE, List.of(NAME), which, null);
        List<CrmCampaign> campaigns = new ArrayList<>();
        String after = null;
        CrmPage page;
        do {
            page = reader.byId(order, after);
            for (CrmRecord record : page.records()) {
                campaigns.add(new CrmCampaign(record.id(), String.valueOf(record.text(NAME))));
                after = record.id();
            }
        } while (!page.last());
        return campaigns;
    }
}
