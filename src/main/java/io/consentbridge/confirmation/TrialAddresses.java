package io.consentbridge.confirmation;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which addresses may be used to try asking: everyone's but those of people who must not be mailed, on whichever list and
 * connection. A trial goes to an address of the operator's; a slip must not reach somebody who refused.
 */
public final class TrialAddresses {

    private final Database database;
    private final Suppressions suppressions;
    private final ErasedPeople erased;
    private final RequestQueries requests;

    public TrialAddresses(Database database, Suppressions suppressions, ErasedPeople erased) {
        this.database = database;
        this.suppressions = suppressions;
        this.erased = erased;
        this.requests = new RequestQueries(database);
    }

    /**
     * Lets an address pass that may be used.
     *
     * @param address a valid one, as it is written
     * @throws UnfitTrial if it is one of somebody who is suppressed at this address or another one of theirs, refused a request or
     *     took a consent back, whose mail came back, or who was erased
     */
    public void screen(String address) {
        against(address).ifPresent(because -> {
            throw new UnfitTrial("the address is one of somebody who must not be mailed (" + because
                    + "), so nobody was asked. Take an address of your own; consentbridge explain ADDRESS tells more");
        });
    }

    private Optional<String> against(String address) {
        if (!erased.among(List.of(address), Function.identity()).isEmpty()) {
            return Optional.of("erased");
        }
        Person person = new Person(address);
        Optional<String> suppressed = database.query(handle -> suppressions.anywhere(handle, person)).stream()
                .findFirst()
                .map(suppression -> words(suppression.reason(), suppression.connection()));
        return suppressed.or(() -> requests.of(person).stream()
                .flatMap(request -> against(request).stream())
                .findFirst());
    }

    private static Optional<String> against(RequestQueries.Shown request) {
        if (RequestRows.refused(request.state(), request.because())) {
            return Optional.of(words(IgnoreReason.OPTED_OUT, request.connection()));
        }
        return request.state() == RequestState.BOUNCED
                ? Optional.of(words(IgnoreReason.BOUNCED, request.connection()))
                : Optional.empty();
    }

    private static String words(IgnoreReason reason, String connection) {
        return reason.word() + ", connection " + connection;
    }
}
