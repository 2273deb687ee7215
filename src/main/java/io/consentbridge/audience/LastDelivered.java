package io.consentbridge.audience;

import java.util.Optional;

/**
 * What was last delivered to a person on a list.
 *
 * @param fingerprint of the last delivery
 * @param content what Campaigns holds of the person because of our deliveries, as JSON; null when nobody knows
 */
public record LastDelivered(String fingerprint, String content) {

    /**
     * Whether Campaigns would be told nothing new. What is not mentioned stays as Campaigns has it, so a content without a
     * value that was erased in the CRM is no news (B115).
     *
     * @param fingerprint of the content; when it is the last one the contents are not looked at
     */
    public boolean covers(String fingerprint, Content news) {
        return fingerprint.equals(this.fingerprint)
                || content != null && Contents.read(content).covers(news);
    }

    /** The content, and an empty value for whatever else Campaigns holds: nothing of that is true any more. */
    public Content replacedBy(Content news) {
        return content == null ? news : Contents.read(content).replacedBy(news);
    }

    /** What Campaigns holds of the person because of our deliveries; empty when nobody knows. */
    public Optional<Content> held() {
        return Optional.ofNullable(content).map(Contents::read);
    }

    @Override
    public String toString() {
        return fingerprint;
    }
}
