package io.consentbridge.person;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.Suppression;
import java.util.Optional;

/**
 * Where a suppression counts: on one list, or on every list of a connection.
 *
 * @param connection name of the connection
 * @param list the list; empty for every list of the connection
 */
public record Scope(String connection, Optional<MailingList> list) {

    static Scope every(String connection) {
        return new Scope(connection, Optional.empty());
    }

    static Scope of(MailingList list) {
        return new Scope(list.connection(), Optional.of(list));
    }

    /** The list as table suppression has it. */
    long listId() {
        return list.map(MailingList::id).orElse(Suppression.EVERY_LIST);
    }

    boolean contains(MailingList other) {
        return connection.equals(other.connection())
                && list.filter(one -> one.id() != other.id()).isEmpty();
    }

    boolean isSame(Scope other) {
        return connection.equals(other.connection) && listId() == other.listId();
    }

    /** Whether a suppression counts here and nowhere else. */
    boolean isOf(Suppression suppression) {
        return connection.equals(suppression.connection()) && listId() == suppression.listId();
    }
}
