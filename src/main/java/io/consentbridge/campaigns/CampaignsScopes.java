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

    private CampaignsScopes() {}

    /** The scope of a method, by its path. */
    public static String of(String method) {
        return switch (method) {
            case ContactForms.SUBSCRIBE, ContactForms.UNSUBSCRIBE, ContactForms.DO_NOT_MAIL -> UPDATE;
            case "addlistandcontacts", "custom/add" -> CREATE;
            case WorkflowPermits.METHOD -> WORKFLOWS;
            default -> READ;
        };
    }
}
