package io.consentbridge.mapping;

/** A field that Campaigns cannot be told of, as the transformation of fields yields it. Names the field, never its value. */
public final class UnusableField extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableField(String message) {
        super(message);
    }
}
