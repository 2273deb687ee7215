package io.consentbridge.campaigns;

import java.util.Optional;

/** What became of a call that makes, copies or sends a campaign. */
public sealed interface CampaignWritten {

    /**
     * Zoho did it.
     *
     * @param key the key of the campaign that was made or sent; empty where Zoho does not tell it, as of a copy: then the
     *     campaign is to be found by its name
     * @param status as Zoho tells it; {@link CampaignStatus#UNKNOWN} where it does not
     */
    record Done(Optional<String> key, CampaignStatus status) implements CampaignWritten {}

    /**
     * Zoho refused, and nothing happened.
     *
     * @param code Zoho's code
     * @param why what the code means for this method
     * @param message what happened and what to do, without anything about a person
     */
    record Refused(String code, CampaignRefusal why, String message) implements CampaignWritten {}

    /**
     * The call left, and it is not known whether Zoho did it. It must not be made again before Zoho was asked.
     *
     * @param message why it is not known
     */
    record Unknown(String message) implements CampaignWritten {}
}
