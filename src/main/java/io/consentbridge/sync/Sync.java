package io.consentbridge.sync;

import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.Mapping;
import java.util.Optional;

/**
 * A sync: a saved instruction which records of one CRM module go to which purpose, how mapped, when (B18-B55).
 *
 * @param name unique name, for people (B23)
 * @param connection name of the connection
 * @param module API name of the CRM module (B97, B98)
 * @param purpose name of the purpose
 * @param consent how people of a consent purpose are treated; present if and only if the purpose's basis is consent
 * @param subscription marketing, or non-marketing, which is withheld (B113; docs/decisions/0013-rulings.md, ruling 10)
 * @param selection the selected records
 * @param mapping the mapped fields
 * @param evidence how much of a consent is read
 * @param retrieve whether it recurs (B39, B40)
 * @param schedule when; empty for a sync that only runs on command
 * @param fullScan how often a scheduled run reads everything; see {@link #whenFullScan}
 * @param deleted what is done with people deleted in the CRM (B47-B50); see {@link #whenDeleted}
 * @param optedOut what is done with people who opted out (B51-B53)
 * @param unmatched what is done with people who left the selection; see {@link #whenUnmatched}
 * @param consentLost whether people whose consent is lost are removed; empty for the default, see {@link #whenConsentLost}
 * @param returning what is done with people whom the product removed from the list, when they have a record again
 * @param secondaryAddresses whether a refusal by another address of the same record counts
 * @param convertedLeads whether converted leads are left out (B54)
 * @param active the state in its file
 * @param part which part of a sync this is; empty for the sync of a file
 * @param campaign the campaign whose recipients it carries; empty for the sync of a file, and for its parts
 */
public record Sync(
        String name,
        String connection,
        String module,
        String purpose,
        Optional<ConsentSetting> consent,
        Subscription subscription,
        Selection selection,
        Mapping mapping,
        EvidenceDepth evidence,
        Retrieve retrieve,
        Optional<Schedule> schedule,
        FullScan fullScan,
        LeaverAction deleted,
        LeaverAction optedOut,
        LeaverAction unmatched,
        Optional<ConsentLost> consentLost,
        Returning returning,
        SecondaryAddresses secondaryAddresses,
        ConvertedLeads convertedLeads,
        boolean active,
        Optional<SyncPart> part,
        Optional<ForCampaign> campaign) {

    /** What a refusal by another address of the same CRM record means. */
    public enum SecondaryAddresses {
        /** It counts as the same person's refusal. */
        REFUSE,
        /** It does not count. */
        IGNORE
    }

    /** Whether a refusal by another address of the same record counts. */
    public boolean heedsSecondaryAddresses() {
        return secondaryAddresses == SecondaryAddresses.REFUSE;
    }

    /** Whether each view or campaign that it selects is delivered to a list of its own (B104). */
    public boolean hasParts() {
        return selection.scope() instanceof Selection.Each;
    }

    /** One of its parts, which is a sync except for its schedule and state. */
    public Sync part(SyncPart one, String ofModule, Selection.Scope scope) {
        return new Sync(
                one.name(),
                connection,
                ofModule,
                purpose,
                consent,
                subscription,
                new Selection(scope, selection.created()),
                mapping,
                evidence,
                retrieve,
                schedule,
                fullScan,
                deleted,
                optedOut,
                unmatched,
                consentLost,
                returning,
                secondaryAddresses,
                convertedLeads,
                active,
                Optional.of(one),
                Optional.empty());
    }

    /**
     * The sync that carries what this one selects to the list of a campaign. People whom a list of the campaign's own must not
     * have any more leave it, whatever this sync does with them on its own list; who is selected again comes back.
     */
    public Sync forCampaign(ForCampaign one) {
        return new Sync(
                one.sync(),
                connection,
                module,
                purpose,
                consent,
                subscription,
                selection,
                mapping,
                evidence,
                Retrieve.NEW_OR_MODIFIED,
                Optional.empty(),
                FullScan.NEVER,
                one.ownList() ? LeaverAction.UNSUBSCRIBE : deleted,
                one.ownList() && optedOut != LeaverAction.DO_NOT_MAIL ? LeaverAction.UNSUBSCRIBE : optedOut,
                one.ownList() ? LeaverAction.UNSUBSCRIBE : unmatched,
                one.ownList() ? Optional.of(ConsentLost.UNSUBSCRIBE) : consentLost,
                one.ownList() ? Returning.RESUBSCRIBE : returning,
                secondaryAddresses,
                convertedLeads,
                true,
                Optional.empty(),
                Optional.of(one));
    }

    /** The purpose for this sync: a part has a list of its own, and a campaign may have one. */
    public Purpose serving(Purpose named) {
        return part.map(one -> named.withList(one.list(named.list())))
                .or(() -> campaign.filter(ForCampaign::ownList)
                        .map(one -> named.withNewList(ForCampaign.ownList(named.list(), one.campaign()))))
                .orElse(named);
    }

    /** The name of the sync's file: its own, or that of the sync of which it is a part. */
    public String file() {
        return part.map(SyncPart::of).orElse(name);
    }

    /** What this sync and its purpose say about consent, for the consent policy. */
    public ConsentTerms terms(Purpose purpose) {
        return new ConsentTerms(
                purpose.lawfulBasis(),
                consent,
                subscription == Subscription.MARKETING,
                evidence == EvidenceDepth.DETAILS,
                convertedLeads == ConvertedLeads.EXCLUDE);
    }

    /** What is done with people deleted in the CRM; nothing if the sync does not recur (B50). */
    public LeaverAction whenDeleted() {
        return retrieve == Retrieve.ONCE ? LeaverAction.IGNORE : deleted;
    }

    /** What is done with people who left the selection; nothing if the sync does not recur. */
    public LeaverAction whenUnmatched() {
        return retrieve == Retrieve.ONCE ? LeaverAction.IGNORE : unmatched;
    }

    /** How often a scheduled run reads everything; never if the sync does not recur. */
    public FullScan whenFullScan() {
        return retrieve == Retrieve.ONCE ? FullScan.NEVER : fullScan;
    }

    /**
     * What is done with members whose consent is lost: by default they are removed if the basis of the purpose is consent.
     */
    public ConsentLost whenConsentLost() {
        return consentLost.orElse(consent.isPresent() ? ConsentLost.UNSUBSCRIBE : ConsentLost.KEEP);
    }

    /** Whether people are mailed (B113). */
    public enum Subscription {
        MARKETING,
        NON_MARKETING
    }

    /** How much of a consent is read: the single record with its channels, or the state alone. */
    public enum EvidenceDepth {
        DETAILS,
        BASIS
    }

    /** Whether later changes are carried over (B39, B40). */
    public enum Retrieve {
        NEW_OR_MODIFIED,
        ONCE
    }

    /**
     * What is done in Campaigns with a person who leaves (B48, B49, B52, B53). {@code REMOVE} unsubscribes, since the API
     * cannot remove a contact from a list otherwise; {@code DO_NOT_MAIL} is the stronger action
     * (docs/decisions/0013-rulings.md, ruling 4).
     */
    public enum LeaverAction {
        IGNORE,
        UNSUBSCRIBE,
        REMOVE,
        DO_NOT_MAIL
    }

    /** What is done with members whom the consent policy no longer allows (docs/decisions/0013-rulings.md, ruling 13). */
    public enum ConsentLost {
        UNSUBSCRIBE,
        KEEP
    }

    /**
     * What is done with people whom the product removed from the list although they had not refused, when they have a record
     * again: they stay off, or are subscribed again if only the product caused their removal.
     */
    public enum Returning {
        STAY,
        RESUBSCRIBE
    }

    /** Whether leads that became contacts are delivered (B54). */
    public enum ConvertedLeads {
        EXCLUDE,
        INCLUDE
    }
}
