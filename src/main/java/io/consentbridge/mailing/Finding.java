package io.consentbridge.mailing;

/**
 * What the review of a campaign found.
 *
 * @param blocks whether the campaign cannot be sent as it is
 * @param what what is found
 * @param remedy what to do
 */
public record Finding(boolean blocks, String what, String remedy) {

    static Finding blocking(String what, String remedy) {
        return new Finding(true, what, remedy);
    }

    static Finding remark(String what, String remedy) {
        return new Finding(false, what, remedy);
    }
}
