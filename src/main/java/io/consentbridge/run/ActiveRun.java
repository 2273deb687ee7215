package io.consentbridge.run;

import io.consentbridge.audience.MailingList;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * A run in progress; the exchange carries it as the variable {@code run}.
 *
 * @param id its id in the history
 * @param sync the sync as it was configured when the run began
 * @param purpose the purpose for which its people are mailed
 * @param connection the Zoho organisation
 * @param full whether everything is read, not only what is new or modified
 * @param leaversOnly whether a limit let only its opt-outs and deletions through (docs/decisions/0013-rulings.md, ruling 1)
 * @param startedAt when it began, by our clock
 * @param fields the module's fields by API name; empty until bound
 * @param list the purpose's mailing list; null until bound
 * @param confirmation the list by which consent is requested; empty when the purpose names none or it cannot serve
 * @param companions other syncs that serve the same list: name to module
 * @param again whether it reads remaining records again, which stand for people because newer records are gone
 * @param owner name of the sync that the run belongs to; differs from {@code sync} while the run reads a companion's record
 *     again
 * @param handed the pages that it was handed to read and has not stored yet
 */
public record ActiveRun(
        String id,
        Sync sync,
        Purpose purpose,
        Connection connection,
        boolean full,
        boolean leaversOnly,
        Instant startedAt,
        Map<String, CrmField> fields,
        MailingList list,
        Optional<MailingList> confirmation,
        Map<String, String> companions,
        boolean again,
        String owner,
        HandedOut handed) {

    public static final String VARIABLE = "run";

    public ActiveRun {
        fields = Collections.unmodifiableMap(fields);
    }

    /** A run that reads what is new, modified or asked for. */
    public ActiveRun(
            String id,
            Sync sync,
            Purpose purpose,
            Connection connection,
            boolean full,
            boolean leaversOnly,
            Instant startedAt,
            Map<String, CrmField> fields,
            MailingList list,
            Optional<MailingList> confirmation,
            Map<String, String> companions) {
        this(
                id,
                sync,
                purpose,
                connection,
                full,
                leaversOnly,
                startedAt,
                fields,
                list,
                confirmation,
                companions,
                false,
                sync.name(),
                new HandedOut());
    }

    public ActiveRun withFields(Map<String, CrmField> found) {
        return new ActiveRun(
                id,
                sync,
                purpose,
                connection,
                full,
                leaversOnly,
                startedAt,
                found,
                list,
                confirmation,
                companions,
                again,
                owner,
                handed);
    }

    public ActiveRun withLists(MailingList found, Optional<MailingList> asking) {
        return new ActiveRun(
                id,
                sync,
                purpose,
                connection,
                full,
                leaversOnly,
                startedAt,
                fields,
                found,
                asking,
                companions,
                again,
                owner,
                handed);
    }

    /** The same run while it reads remaining records again. */
    public ActiveRun remaining() {
        return new ActiveRun(
                id,
                sync,
                purpose,
                connection,
                full,
                leaversOnly,
                startedAt,
                fields,
                list,
                confirmation,
                companions,
                true,
                owner,
                handed);
    }

    /** The same run as seen by another sync of its list; not bound to fields yet. */
    public ActiveRun servedBy(Sync other, Purpose its, Map<String, String> besides) {
        return new ActiveRun(
                id,
                other,
                its,
                connection,
                full,
                leaversOnly,
                startedAt,
                Map.of(),
                list,
                confirmation,
                besides,
                again,
                owner,
                handed);
    }

    /** Whether it is carried out as one part run for each view or campaign (B104). */
    public boolean hasParts() {
        return sync.hasParts();
    }

    /** The origin of a suppression that a record of this module states. */
    public String origin(String recordId) {
        return "crm:" + sync.module() + ":" + recordId;
    }

    @Override
    public String toString() {
        return sync.name() + " " + id;
    }
}
