package io.consentbridge.decision;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Ground;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.run.ActiveRun;
import java.util.Optional;

/** Whether there is a ground to ask a person for consent, and a way; without both nobody is written to. */
final class AskingGround {

    private AskingGround() {}

    /** Why the person of a record is held and not asked, in words that many records share; empty if they may be asked. */
    static Optional<String> held(ActiveRun run, CrmRecord record) {
        Optional<Confirmation> asking = run.purpose().confirmation();
        if (asking.isEmpty()) {
            return Optional.of("held: the purpose does not say how people are asked (confirmation)");
        }
        Optional<Ground> ground = asking.get().ground();
        if (ground.isEmpty()) {
            return Optional.of("held: the purpose names no ground on which people may be asked (confirmation.ground)");
        }
        Optional<String> unread = ground.get().fieldName().filter(field -> !CrmField.isGiven(run.fields(), field));
        if (unread.isPresent()) {
            return Optional.of("held: the ground cannot be read, since "
                    + run.sync().module() + " has no readable field " + unread.get());
        }
        if (!ground.get().holds(record.values())) {
            return Optional.of("held: there is no ground to ask; it would be that "
                    + ground.get().words());
        }
        return asking.get().via() == Confirmation.Via.ZOHO && run.confirmation().isEmpty()
                ? Optional.of("held: Campaigns has no such confirmation list with a public sign-up form")
                : Optional.empty();
    }
}
