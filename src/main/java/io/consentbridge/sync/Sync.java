package io.consentbridge.sync;

import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.Mapping;
import java.util.Optional;

/**
 * A saved instruction: which records of one CRM module go to which purpose, how mapped, when (B18-B55).
 *
 * @param name unique name, for people (B23)
 * @param connection name of the connection
 * @param module API name of the CRM module (B97, B98)
 * @param purpose name of the purpose
 * @param consent how people of a consent purpose are treated; present exactly when the purpose's basis is consent
 * @param subscription marketing, or non-marketing, which is held back (B113; docs/decisions/0013-rulings.md, ruling 10)
 * @param selection which records
 * @param mapping which fields
 * @param evidence how much of a consent is read
 * @param retrieve whether it recurs (B39, B40)
 * @param schedule when; empty for a sync that only runs on command
 * @param fullScan how often a scheduled run reads everything; see {@link #whenFullScan}
 * @param deleted what becomes of people deleted in the CRM (B47-B50); see {@link #whenDeleted}
 * @param optedOut what becomes of people who opted out (B51-B53)
 * @param unmatched what becomes of people who left the selection; see {@link #whenUnmatched}
 * @param consentLost whether people leave whose consent is lost; empty for what holds by default, see
 *     {@link #whenConsentLost}
 * @param returning what becomes of people whom we took off the list, when a record stands for them again
 * @param secondaryAddresses whether a refusal by another address of the same record counts
 * @param convertedLeads whether converted leads are left out (B54)
 * @param active the state its file gives it
 * @param part which part of a sync this is; empty for one of a file
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
        Optional<SyncPart> part) {

    /** What a refusal by another address of the same CRM record means. */
    public enum SecondaryAddresses {
        /** It is the same person's refusal. */
        REFUSE,
        /** Nothing. */
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

    /** One of its parts, which is a sync in all respects but for its schedule and state. */
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
                Optional.of(one));
    }

    /** The purpose as it serves this sync: a part has a list of its own. */
    public Purpose serving(Purpose named) {
        return part.map(one -> named.withList(one.list(named.list()))).orElse(named);
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

    /** What becomes of people deleted in the CRM; nothing where the sync does not recur (B50). */
    public LeaverAction whenDeleted() {
        return retrieve == Retrieve.ONCE ? LeaverAction.IGNORE : deleted;
    }

    /** What becomes of people who left the selection; nothing where the sync does not recur. */
    public LeaverAction whenUnmatched() {
        return retrieve == Retrieve.ONCE ? LeaverAction.IGNORE : unmatched;
    }

    /** How often a scheduled run reads everything; never where the sync does not recur. */
    public FullScan whenFullScan() {
        return retrieve == Retrieve.ONCE ? FullScan.NEVER : fullScan;
    }

    /** What becomes of members whose consent is lost: by default they leave where the purpose rests on consent. */
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

    /** Whether later changes are carried over too (B39, B40). */
    public enum Retrieve {
        NEW_OR_MODIFIED,
        ONCE
    }

    /**
     * What is done in Campaigns with somebody who left (B48, B49, B52, B53). {@code REMOVE} unsubscribes, since the API
     * cannot take a contact off a list otherwise; {@code DO_NOT_MAIL} is the stronger action
     * (docs/decisions/0013-rulings.md, ruling 4).
     */
    public enum LeaverAction {
        IGNORE,
        UNSUBSCRIBE,
        REMOVE,
        DO_NOT_MAIL
    }

    /**
     * What is done with members whom the consent policy does not allow any more ( docs/decisions/0013-rulings.md,
     * ruling 13).
     */
    public enum ConsentLost {
        UNSUBSCRIBE,
        KEEP
    }

    /**
     * What becomes of people whom we took off a list though they had not refused, when a record stands for them again:
     * they stay off, or are subscribed again, as far as nobody but us is the cause of their leaving.
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
