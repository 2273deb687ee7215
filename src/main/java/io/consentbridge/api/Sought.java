package io.consentbridge.api;

import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.PersonDeliveries;
import io.consentbridge.run.PersonRecords;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.util.List;

/** Finds the person whom an address, the id of a CRM record, or a name means. */
final class Sought {

    private static final int MOST = 20;
    private static final int LONGEST = 320;

    private final Database database;

    Sought(Database database) {
        this.database = database;
    }

    /**
     * Returns the person of an address or of a CRM record; names are too vague for a change.
     *
     * @throws OperationFailure.Refused when the text is neither, is no address alone, or no record of that id is known
     */
    Person exactly(String asked) {
        String text = asked == null ? "" : asked.strip();
        if (!text.contains("@") && !text.matches("[0-9]+")) {
            throw new OperationFailure.Refused("give the address of a person, or the id of a CRM record");
        }
        if (text.length() > LONGEST) {
            throw new OperationFailure.Refused("an address has at most " + LONGEST + " characters");
        }
        Person person = person(text);
        if (text.contains("@") && AddressScreening.refuser(text).isEmpty() && !stored(person)) {
            throw new OperationFailure.Refused(
                    "this is no e-mail address. Give the address alone, such as name@example.com");
        }
        if (!person.address().contains("@")) {
            throw new OperationFailure.Refused(
                    "no record with the id " + text + " is known. Give the address of the person");
        }
        return person;
    }

    /** What CRM or Campaigns take for an address can be stored, whatever it is. */
    private boolean stored(Person person) {
        return database.query(
                        handle -> PersonNumbers.known(handle, List.of(person)).find(person))
                .isPresent();
    }

    /**
     * Returns the person. Names are known only of people of whom something was delivered.
     *
     * @return a person about whom nothing is known when nobody matches
     * @throws OperationFailure.Refused when several people match, with their addresses
     */
    Person person(String asked) {
        String text = asked.strip();
        if (text.isEmpty()) {
            throw new OperationFailure.Refused("no person given. Give an address, the id of a record, or a name");
        }
        if (text.contains("@")) {
            return new Person(text);
        }
        List<String> found = text.matches("[0-9]+")
                ? new PersonRecords(database).people(text)
                : new PersonDeliveries(database).called(text, MOST);
        if (found.size() > 1) {
            throw new OperationFailure.Refused("several people match " + text + ": "
                    + String.join(", ", found) + (found.size() == MOST ? ", \u2026" : "")
                    + ". Give the address of one of them");
        }
        return new Person(found.isEmpty() ? text : found.get(0));
    }
}
