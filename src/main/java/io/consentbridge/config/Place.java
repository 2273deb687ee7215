package io.consentbridge.config;

/** Where something stands; line and column count from 1, and are 0 where there are none. */
record Place(String file, int line, int column) {

    static Place whole(String file) {
        return new Place(file, 0, 0);
    }
}
