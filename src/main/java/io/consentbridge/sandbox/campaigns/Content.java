package io.consentbridge.sandbox.campaigns;

/**
 * The content of a campaign.
 *
 * @param text the HTML, null where there is none
 * @param url from where it is imported, null for content that was written on Zoho's screen
 * @param dueAt when it is fetched, in milliseconds; 0 when it was, or never is
 */
record Content(String text, String url, long dueAt) {

    static final Content NONE = new Content(null, null, 0);

    static Content of(String text) {
        return new Content(text, null, 0);
    }

    boolean there() {
        return text != null;
    }
}
