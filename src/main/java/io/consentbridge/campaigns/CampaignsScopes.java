package io.consentbridge.campaigns;

/** Knows the scope that a credential needs for a method of Campaigns (docs/zoho-notes.md, "Campaigns: scopes"). */
public final class CampaignsScopes {

    /** Lists, topics, fields and members. */
    public static final String READ = "ZohoCampaigns.contact.READ";

    /** Subscribing and unsubscribing. */
    public static final String UPDATE = "ZohoCampaigns.contact.UPDATE";

    /** Making lists and fields. */
    public static final String CREATE = "ZohoCampaigns.contact.CREATE";

    /** Handing people over to workflows. */
    public static final String WORKFLOWS = "ZohoCampaigns.workflow.CREATE";

    /** Listing campaigns, their reports and recipients. */
    public static final String CAMPAIGNS = "ZohoCampaigns.campaign.READ";

    /** Making and cloning campaigns. */
    public static final String MAKING_CAMPAIGNS = "ZohoCampaigns.campaign.CREATE";

    /** Sending campaigns. */
    public static final String SENDING_CAMPAIGNS = "ZohoCampaigns.campaign.UPDATE";

    private CampaignsScopes() {}

    /** The scope of a method, by its path. */
    public static String of(String method) {
        return switch (method) {
            case ContactForms.SUBSCRIBE, ContactForms.UNSUBSCRIBE, ContactForms.DO_NOT_MAIL -> UPDATE;
            case "addlistandcontacts", "custom/add" -> CREATE;
            case WorkflowPermits.METHOD -> WORKFLOWS;
            case "recentcampaigns", "campaignreports", "getcampaigndetails", "getcampaignrecipientsdata" -> CAMPAIGNS;
            case CampaignPermits.CREATE, CampaignPermits.CLONE -> MAKING_CAMPAIGNS;
            case CampaignPermits.SEND -> SENDING_CAMPAIGNS;
            default -> READ;
        };
    }
}
