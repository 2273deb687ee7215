package io.consentbridge.campaigns;

import java.util.Set;

/**
 * Why Zoho refuses to make, copy or send a campaign, by method and code: the same number means other things elsewhere
 * (docs/zoho-notes.md, "Campaigns: sending").
 */
public enum CampaignRefusal {
    ALREADY_SENT("Zoho Campaigns says that it was sent before. Nothing is to be done"),
    NO_PRIVILEGE("Give the user of the credential the privilege in Zoho Campaigns"),
    STATUS_CHANGED("Its status changed meanwhile. Look at the campaign in Zoho Campaigns, and review it again"),
    NO_LISTS("It has no list. Create the campaign again with a list"),
    NO_CONTENT("It has no content. Import or write the content in Zoho Campaigns"),
    RECIPIENTS_CHANGED("Its recipients changed after Zoho's review. Review and approve it again"),
    CONTENT_CHANGED("Its content changed after Zoho's review. Review and approve it again"),
    NOT_REVIEWED("Zoho has not reviewed it. Wait for Zoho's review, or ask for it in Zoho Campaigns"),
    SENDER_UNVERIFIED("The sender is not verified. Verify the address in Zoho Campaigns"),
    DELETED("The campaign no longer exists in Zoho Campaigns. Create it again"),
    TOO_FEW_RECIPIENTS("An A/B campaign needs at least four recipients"),
    COUPON("Its coupon cannot be used. Look at the coupon in Zoho Campaigns"),
    SHOP("Its Shopify content cannot be used. Look at it in Zoho Campaigns"),
    CONTENT_URL("Zoho cannot import the content from its address. Check that the address is public and not redirected"),
    CONTENT_TOO_LONG("The content has more than 300,000 characters. Shorten it"),
    PATTERN("A name or text has characters that Zoho does not take. Change the name of the campaign"),
    MISSING("Zoho misses a value that it needs. Report this as an error of ConsentBridge"),
    NO_ACCOUNT("The organisation's plan does not include it, or has expired. Check the plan in Zoho Campaigns"),
    NOT_MADE("Zoho could not make the copy. Look at the campaign that is copied, and try again"),
    OTHER("Look at the campaign in Zoho Campaigns");

    private static final Set<String> METHODS =
            Set.of(CampaignPermits.CREATE, CampaignPermits.CLONE, CampaignPermits.SEND);

    private final String wayOut;

    CampaignRefusal(String wayOut) {
        this.wayOut = wayOut;
    }

    /** What to do, as a sentence without its full stop. */
    public String wayOut() {
        return wayOut;
    }

    static boolean concerns(String method) {
        return METHODS.contains(method);
    }

    static CampaignRefusal of(String method, String code) {
        return switch (method) {
            case CampaignPermits.CREATE ->
                switch (code) {
                    case "1001" -> PATTERN;
                    case "1004" -> CONTENT_URL;
                    case "3001" -> CONTENT_TOO_LONG;
                    case "6606" -> NO_LISTS;
                    default -> ofAny(code);
                };
            case CampaignPermits.CLONE ->
                switch (code) {
                    case "902" -> NO_ACCOUNT;
                    case "6610" -> SENDER_UNVERIFIED;
                    case "7001" -> NOT_MADE;
                    default -> ofAny(code);
                };
            default ->
                switch (code) {
                    case "3023" -> TOO_FEW_RECIPIENTS;
                    case "6302", "6503" -> DELETED;
                    case "6600" -> ALREADY_SENT;
                    case "6603" -> COUPON;
                    case "6604" -> SHOP;
                    case "6605" -> STATUS_CHANGED;
                    case "6606" -> NO_LISTS;
                    case "6607" -> NO_CONTENT;
                    case "6608" -> RECIPIENTS_CHANGED;
                    case "6609" -> CONTENT_CHANGED;
                    case "6611" -> NOT_REVIEWED;
                    default -> ofAny(code);
                };
        };
    }

    private static CampaignRefusal ofAny(String code) {
        return switch (code) {
            case "903" -> MISSING;
            case "6601" -> NO_PRIVILEGE;
            case "6610" -> SENDER_UNVERIFIED;
            case "901", "902" -> NO_ACCOUNT;
            default -> OTHER;
        };
    }
}
