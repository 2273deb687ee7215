package io.consentbridge.results;

import io.consentbridge.campaigns.RecipientAction;
import java.util.List;

/**
 * What a look at the campaigns of a connection did.
 *
 * @param listings calls that listed campaigns
 * @param details calls that asked for the variants of tests
 * @param reports calls that read reports
 * @param pages calls that read recipients
 * @param campaigns how many campaigns were looked at
 * @param stored how many reactions are new, or tell more than before
 * @param differences where the people listed are not as many as the report counts; they are not read again for it at once
 * @param problems what could not be read; it is read again by the next look that is due
 * @param finished whether every due campaign was looked at; otherwise the next look goes on
 */
public record Look(
        int listings,
        int details,
        int reports,
        int pages,
        int campaigns,
        long stored,
        List<Difference> differences,
        List<Problem> problems,
        boolean finished) {

    public Look {
        differences = List.copyOf(differences);
        problems = List.copyOf(problems);
    }

    /** How many people the report counts, and how many are listed. */
    public record Difference(String campaignKey, RecipientAction action, long counted, long listed) {}

    /**
     * What could not be read.
     *
     * @param campaignKey empty if it is about all campaigns
     * @param message why, without personal data
     */
    public record Problem(String campaignKey, String message) {}

    /** All calls to Zoho, retries aside. */
    public int calls() {
        return listings + details + reports + pages;
    }
}
