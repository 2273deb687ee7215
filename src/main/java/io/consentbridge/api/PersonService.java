package io.consentbridge.api;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Suppression;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Person;
import io.consentbridge.person.ManualSuppressions;
import io.consentbridge.runtime.Components;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out what is requested for one person. */
final class PersonService {

    private static final int LONGEST_REASON = 1000;

    private final Supplier<Configuration> configuration;
    private final Components.People people;
    private final MailingLists lists;
    private final Sought sought;

    /** @param configuration the current configuration */
    PersonService(Supplier<Configuration> configuration, Components.People people, MailingLists lists, Sought sought) {
        this.configuration = configuration;
        this.people = people;
        this.lists = lists;
        this.sought = sought;
    }

    PersonSuppressed suppress(PersonOrder order) {
        Person person = sought.exactly(order.person());
        ManualSuppressions.Suppressed done = people.suppressions().suppress(person, purpose(order), because(order));
        return new PersonSuppressed(
                person.address(),
                done.scopes().stream().map(PersonSuppressed.Where::of).toList(),
                done.leaving());
    }

    PersonReleased release(PersonOrder order) {
        Person person = sought.exactly(order.person());
        ManualSuppressions.Released done = people.suppressions().release(person, purpose(order), because(order));
        return new PersonReleased(
                person.address(),
                done.scopes().stream().map(PersonSuppressed.Where::of).toList(),
                done.remaining().stream().map(this::shown).toList());
    }

    private ExplainView.Suppressed shown(Suppression suppression) {
        String list = suppression.listId() == Suppression.EVERY_LIST
                ? null
                : lists.find(suppression.listId()).map(MailingList::name).orElse("");
        return new ExplainView.Suppressed(
                suppression.connection(), list, suppression.reason().word(), suppression.origin(), suppression.since());
    }

    private Optional<String> purpose(PersonOrder order) {
        Optional<String> purpose = Optional.ofNullable(order.purpose());
        purpose.filter(name -> !configuration.get().purposes().containsKey(name))
                .ifPresent(name -> {
                    throw new OperationFailure.UnknownName(
                            "purpose", name, configuration.get().purposes().keySet());
                });
        return purpose;
    }

    private static String because(PersonOrder order) {
        String because = order.because() == null ? "" : order.because().strip();
        if (because.isEmpty()) {
            throw new OperationFailure.Refused("give the reason: --because TEXT");
        }
        if (because.length() > LONGEST_REASON) {
            throw new OperationFailure.Refused("a reason has at most " + LONGEST_REASON + " characters");
        }
        return because;
    }
}
