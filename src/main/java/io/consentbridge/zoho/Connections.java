package io.consentbridge.zoho;

/** The connections that are configured now. */
@FunctionalInterface
public interface Connections {

    /**
     * The connection with that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Connection named(String name);
}
