package io.consentbridge.config;

/** The place of a problem; line and column count from 1, and are 0 if there are none. */
record Place(String file, int line, int column) {

    static Place whole(String file) {
        return new Place(file, 0, 0);
    }
}
