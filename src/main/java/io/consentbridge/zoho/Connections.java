package io.consentbridge.zoho;

/** The connections that are configured now. */
@FunctionalInterface
public interface Connections {

    /**
     * The connection of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    Connection named(String name);
}
