package io.consentbridge.zoho;

/** Pays for one call with credits. It is asked where the call leaves, beneath the routes, so that each retry is paid for too. */
public interface Payment {

    /** A call that nothing limits. */
    Payment NONE = new Payment() {
        @Override
        public void pay() {}

        @Override
        public void takeBack() {}
    };

    /**
     * The call leaves now.
     *
     * @throws ZohoFault.Throttled if nothing is left to pay it with; then it does not leave
     */
    void pay();

    /** The call that was paid for last did not reach Zoho, or was refused by its token: Zoho took nothing. */
    void takeBack();
}
