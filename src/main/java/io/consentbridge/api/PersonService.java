package io.consentbridge.api;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Suppression;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.LedgerFault;
import io.consentbridge.person.Erasures;
import io.consentbridge.person.Exports;
import io.consentbridge.person.ManualSuppressions;
import io.consentbridge.person.PersonRights;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out what is requested for one person. */
final class PersonService {

    private static final int LONGEST_REASON = 1000;

    private final Supplier<Configuration> configuration;
    private final PersonRights people;
    private final MailingLists lists;
    private final Sought sought;
    private final boolean embedded;

    /**
     * @param configuration the current configuration
     * @param embedded whether the database is a file of this process
     */
    PersonService(
            Supplier<Configuration> configuration,
            PersonRights people,
            MailingLists lists,
            Sought sought,
            boolean embedded) {
        this.configuration = configuration;
        this.people = people;
        this.lists = lists;
        this.sought = sought;
        this.embedded = embedded;
    }

    PersonSuppressed suppress(PersonOrder order) {
        Person person = sought.exactly(order.person());
        ManualSuppressions.Suppressed done = people.suppressions()
                .suppress(person, purpose(order), because(order))
                .orElseThrow(() -> new OperationFailure.Refused(
                        "the person was erased, and is refused already. Nothing is stored about them again"));
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

    PersonExported export(PersonFolder order) {
        Person person = sought.exactly(order.person());
        if (order.folder() == null || order.folder().isBlank()) {
            throw new OperationFailure.Refused("give the folder of the export");
        }
        try {
            Exports.Exported done = people.exports()
                    .write(person, Path.of(order.folder()))
                    .orElseThrow(() -> new OperationFailure.Refused("nothing is held about this person"));
            return new PersonExported(order.folder(), done.rows(), done.entries());
        } catch (InvalidPathException unusable) {
            throw new OperationFailure.Refused("this is no name of a folder");
        } catch (IOException unwritten) {
            throw new OperationFailure.Refused("the folder " + order.folder()
                    + " cannot be written, or is not empty. Nothing of the person was left there. Name a new"
                    + " one, or free space on the disk");
        } catch (LedgerFault fault) {
            throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
        }
    }

    PersonErasure erase(PersonOrder order) {
        Erasures.Begun begun = people.erasures().begin(sought.exactly(order.person()));
        PersonErasure progress = erasure(begun.id());
        return new PersonErasure(
                begun.id(),
                progress.state(),
                begun.again(),
                begun.leaving(),
                begun.unreachable().stream().map(PersonSuppressed.Where::of).toList(),
                progress.waitsFor(),
                progress.removed(),
                begun.records(),
                begun.others(),
                progress.byHand());
    }

    PersonErasure erasure(long id) {
        if (!people.erasures().exists(id)) {
            throw new OperationFailure.UnknownName("erasure", String.valueOf(id), List.of());
        }
        Erasures.Progress progress = people.erasures().advance(id);
        return new PersonErasure(
                id,
                progress.removed() ? "erased" : "pending",
                false,
                List.of(),
                List.of(),
                progress.waitsFor(),
                progress.rows(),
                List.of(),
                List.of(),
                byHand(progress));
    }

    private List<String> byHand(Erasures.Progress progress) {
        List<String> byHand = new ArrayList<>(List.of(
                "Zoho CRM: delete the records of the person there, or empty their personal fields.",
                "Zoho Campaigns: the contact still exists, unsubscribed. Delete it under Contacts if it must go; then Campaigns"
                        + " forgets that they left, but ConsentBridge does not.",
                "Backups: copies of the database that were made before hold the person until they are deleted."));
        if (embedded) {
            if (!progress.clean()) {
                byHand.add(
                        "The file of the database: deleted rows are in its log until the log is emptied, which follows by"
                                + " itself once nobody reads.");
            }
        } else {
            byHand.add(
                    "PostgreSQL: deleted rows stay in the files until a vacuum, and in the write-ahead log, its archive and"
                            + " replicas until they are recycled. Run: vacuum; see to the archive by hand.");
        }
        byHand.add("Files that commands wrote, such as CSV files of records and exports, and logs of other systems.");
        return byHand;
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
