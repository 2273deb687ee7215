package io.consentbridge.api;

import io.consentbridge.person.Leaving;
import java.util.List;
import java.util.Map;

/**
 * The erasure of a person. Only the answer to the command that began it names the person.
 *
 * @param erasure its number, by which its progress is asked for
 * @param state pending, or erased
 * @param again whether they had been erased before, and nothing had been stored about them since
 * @param leaving the lists that they leave
 * @param unreachable lists of connections that are no longer in the files, of which they must be taken off by hand
 * @param waitsFor why it is pending, in sentences without personal data
 * @param removed how many rows of which table were removed
 * @param records CRM records of the person, as connection and id
 * @param others other addresses of those records, which are people of their own here
 * @param byHand what must still be done by hand
 */
public record PersonErasure(
        long erasure,
        String state,
        boolean again,
        List<Leaving> leaving,
        List<PersonSuppressed.Where> unreachable,
        List<String> waitsFor,
        Map<String, Integer> removed,
        List<String> records,
        List<String> others,
        List<String> byHand) {

    /** Returns whether nothing is stored about the person any more. */
    public boolean done() {
        return state.equals("erased");
    }

    /** Returns a later state of the same erasure, with what only the beginning knows. */
    public PersonErasure then(PersonErasure later) {
        return new PersonErasure(
                erasure,
                later.state,
                again,
                leaving,
                unreachable,
                later.waitsFor,
                later.removed,
                records,
                others,
                later.byHand);
    }

    @Override
    public String toString() {
        return "erasure " + erasure;
    }
}
