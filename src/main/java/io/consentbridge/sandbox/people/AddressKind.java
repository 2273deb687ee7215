package io.consentbridge.sandbox.people;

/** The defect of a record's e-mail address, if any. */
enum AddressKind {
    GOOD,
    NULL,
    EMPTY,
    MALFORMED,
    GROUP,
    /** The address of an earlier record of the same module. */
    TWIN,
    /** The address of a record of another module. */
    CROSS_TWIN;

    static final Share<AddressKind> SHARES = Share.of(
            Share.part(934, GOOD),
            Share.part(6, NULL),
            Share.part(4, EMPTY),
            Share.part(10, MALFORMED),
            Share.part(14, GROUP),
            Share.part(20, TWIN),
            Share.part(12, CROSS_TWIN));
}
