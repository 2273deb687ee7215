package io.consentbridge.mapping;

/**
 * A field from the transformation of fields that cannot be sent to Campaigns. The message names the field, never its value.
 */
public final class UnusableField extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableField(String message) {
        super(message);
    }
}
