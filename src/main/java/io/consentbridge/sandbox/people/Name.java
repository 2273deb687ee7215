package io.consentbridge.sandbox.people;

/** A person's name as it is written, and its letters for an address. */
record Name(String first, String last, String latinFirst, String latinLast) {

    String full() {
        return first + " " + last;
    }
}
