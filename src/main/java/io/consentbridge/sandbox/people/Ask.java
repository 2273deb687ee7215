package io.consentbridge.sandbox.people;

/**
 * The questions put to the dice. Their numbers must not change, because the same seed would otherwise yield other people.
 */
final class Ask {

    static final int SCRIPT = 1;
    static final int FIRST = 2;
    static final int LAST = 3;
    static final int ADDRESS_KIND = 4;
    static final int ADDRESS_FORM = 5;
    static final int TWIN = 6;
    static final int DOMAIN = 7;
    static final int OPT_OUT = 8;
    static final int OPT_OUT_MODE = 9;
    static final int BASIS = 10;
    static final int CHANNELS = 11;
    static final int CONSENT_DAY = 12;
    static final int CONVERTED = 13;
    static final int MODIFIED = 14;
    static final int SHARED_SECOND = 15;
    static final int COMPANY = 16;
    static final int INDUSTRY = 17;
    static final int REVENUE = 18;
    static final int EMPLOYEES = 19;
    static final int STATUS = 20;
    static final int SOURCE = 21;
    static final int RATING = 22;
    static final int TITLE = 23;
    static final int PHONE = 24;
    static final int CITY = 25;
    static final int OWNER = 26;
    static final int TAG = 27;
    static final int TEXT = 28;
    static final int LINK = 29;
    static final int CREATED = 30;
    static final int CAMPAIGNS_STATUS = 31;
    static final int LEVEL = 32;
    static final int DATA_SOURCE = 33;
    static final int SALUTATION = 34;
    static final int BIRTH = 35;
    static final int MOBILE = 36;

    private Ask() {}
}
