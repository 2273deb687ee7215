package io.consentbridge.audience;

import java.util.Optional;

/**
 * The last delivery to a person on a list.
 *
 * @param fingerprint of the last delivery
 * @param content what Campaigns has of the person because of deliveries, as JSON; null if it is not known
 */
public record LastDelivered(String fingerprint, String content) {

    /**
     * Whether a delivery would bring Campaigns nothing new. Campaigns keeps fields that are not mentioned, so a content
     * without a value that was erased in the CRM is not new (B115).
     *
     * @param fingerprint fingerprint of the content; if it is the last one, the contents are not compared
     */
    public boolean covers(String fingerprint, Content news) {
        return fingerprint.equals(this.fingerprint)
                || content != null && Contents.read(content).covers(news);
    }

    /** The content, with an empty value for every other field that Campaigns has: none of those is true any more. */
    public Content replacedBy(Content news) {
        return content == null ? news : Contents.read(content).replacedBy(news);
    }

    /** What Campaigns has of the person because of deliveries; empty if it is not known. */
    public Optional<Content> held() {
        return Optional.ofNullable(content).map(Contents::read);
    }

    @Override
    public String toString() {
        return fingerprint;
    }
}
