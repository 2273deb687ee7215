package io.consentbridge.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The campaign whose recipients a sync carries to the campaign's list (B121, B127, B134). Such a sync has no file and no
 * schedule, and no limit on syncs and runs counts it; otherwise it is a sync like any other.
 *
 * @param campaign name of the campaign
 * @param source the sync or the CRM module from which the recipients come; a campaign may have several
 * @param beside the list of the purpose, if the campaign has a list of its own beside it, so that members of the purpose's list
 *     do not receive it; empty if it is sent to that list
 */
public record ForCampaign(String campaign, String source, Optional<String> beside) {

    /** How the name of every sync of a campaign begins; no name of a file has a colon. */
    public static final String PREFIX = "campaign:";

    private static final int LONGEST = 170;

    /** The name of the sync: {@code campaign:spring-offer/newsletter-contacts}. */
    public String sync() {
        String name = PREFIX + campaign + "/" + source;
        return name.length() <= LONGEST ? name : PREFIX + campaign + "/" + hash(source);
    }

    /** Whether the campaign has a list of its own. */
    public boolean ownList() {
        return beside.isPresent();
    }

    /**
     * The name of a campaign's own list: {@code Product News - spring-offer}. Campaigns creates no list whose name has other
     * characters than letters, digits, blanks, {@code _} and {@code -} (docs/zoho-notes.md, "Campaigns: creating a list"), so
     * any other becomes a blank.
     */
    public static String ownList(String main, String campaign) {
        return main + " - " + campaign.replaceAll("[^\\p{L}\\p{N}_-]+", " ").strip();
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
