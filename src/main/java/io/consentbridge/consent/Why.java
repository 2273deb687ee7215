package io.consentbridge.consent;

/** The reasons of decisions, in words for people; none contains personal data. */
final class Why {

    static final String OPTED_OUT = "The CRM says that the person opted out of e-mail.";
    static final String REFUSED = "The CRM says that consent was refused or processing was stopped.";
    static final String REMEMBERED = "The person must not be mailed: ";
    static final String CONVERTED = "The lead was converted, and this sync leaves converted leads out.";
    static final String NON_MARKETING =
            "The sync's subscription is non-marketing, which Campaigns' API cannot set, so that no list gets it.";
    static final String NOT_NEEDED = "The purpose rests on a basis that needs no consent.";
    static final String CONFIRMED = "The person confirmed the present wording when they were asked.";
    static final String FOR_SALES = "Consent was obtained for sales; this purpose needs its own.";
    static final String OTHER_BASIS = "The CRM's basis is not consent, and this purpose needs consent.";
    static final String NO_BASIS = "The CRM states no basis, and this purpose needs consent.";
    static final String UNANSWERED = "The CRM has asked for consent and has no answer.";
    static final String UNKNOWN = "The CRM names a basis of the person that is not known, so it may be a refusal.";
    static final String LAPSED = "The consent that was obtained has ended, or its date lies ahead.";
    static final String BY_EMAIL = "Consent was obtained, and e-mail is among its channels.";
    static final String NOT_EMAIL = "Consent was obtained, but e-mail is not among its channels.";
    static final String BY_STATE = "Consent was obtained, as the state of the record says.";
    static final String UNREAD = "Consent was obtained, but its details could not be read.";
    static final String NO_RULE = "No rule allows this person to be mailed.";

    private Why() {}
}
