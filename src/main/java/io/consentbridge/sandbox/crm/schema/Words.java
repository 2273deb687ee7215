package io.consentbridge.sandbox.crm.schema;

import java.util.List;

/**
 * The literals of pick lists (docs/zoho-notes.md, "CRM: opt-out" and "CRM: lawful basis and consent"; the rest are
 * Zoho's usual defaults).
 */
public final class Words {

    public static final List<String> BASES = List.of(
            "Not Applicable",
            "Legitimate Interests",
            "Contract",
            "Legal Obligation",
            "Vital Interests",
            "Public Interests",
            "Consent - Pending",
            "Consent - Waiting",
            "Consent - Obtained",
            "Consent - Not Responded");
    public static final List<String> UNSUBSCRIBE_MODES =
            List.of("Consent form", "Manual", "Unsubscribe link", "Zoho campaigns");
    public static final List<String> DATA_SOURCES = List.of("Manual", "Import", "API", "Web Form");
    public static final List<String> INDUSTRIES = List.of(
            "Hospitality",
            "Software",
            "Large Enterprise",
            "Management ISV",
            "Retail",
            "Education",
            "Healthcare",
            "Manufacturing");
    public static final List<String> LEAD_STATUSES = List.of(
            "Attempted to Contact",
            "Contact in Future",
            "Contacted",
            "Converted",
            "Junk Lead",
            "Lost Lead",
            "Not Contacted",
            "Pre-Qualified");
    public static final List<String> LEAD_SOURCES =
            List.of("Advertisement", "Cold Call", "Employee Referral", "Trade Show", "Web Download", "Web Research");
    public static final List<String> RATINGS =
            List.of("Acquired", "Active", "Market Failed", "Project Cancelled", "Shut Down");
    public static final List<String> SALUTATIONS = List.of("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.");
    public static final List<String> DEAL_STAGES = List.of(
            "Qualification", "Needs Analysis", "Value Proposition", "Negotiation/Review", "Closed Won", "Closed Lost");
    public static final List<String> ACCOUNT_TYPES = List.of("Customer", "Partner", "Prospect", "Reseller");
    public static final List<String> CAMPAIGN_STATUSES = List.of("Planning", "Active", "Inactive", "Complete");
    public static final List<String> CAMPAIGN_TYPES = List.of("Email", "Webinar", "Trade Show", "Direct mail");
    public static final List<String> MEMBERSHIP_LEVELS = List.of("Bronze", "Silver", "Gold");
    /** The API's words and, after the bar, those shown to people. */
    public static final List<String> PAYMENTS = List.of("D|Direct debit", "I|Invoice");

    public static final List<String> INTERESTS = List.of("Golf", "Tennis", "S|Sailing");
    public static final List<String> RECORD_STATUSES = List.of("Trash", "Available", "Draft");

    private Words() {}
}
