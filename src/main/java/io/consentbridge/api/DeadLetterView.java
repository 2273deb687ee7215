package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A delivery, or an update of a CRM record, that cannot succeed without a person's help. It shows personal data to the operator who must act; none of it
 * belongs in a log.
 *
 * @param id its number
 * @param sync name of the sync that decided it; empty for an update
 * @param connection name of the connection
 * @param list name of the mailing list; empty for an update
 * @param person the e-mail address; empty for an update, which concerns a record
 * @param action subscribe, unsubscribe, do-not-mail, update-record or start-workflow
 * @param code Zoho's code; null when there was none
 * @param cause what went wrong
 * @param run the run that decided it; empty for an update
 * @param record the CRM record it was decided for
 * @param parkedAt when it was parked
 * @param replays how often it was replayed
 * @param replaying whether it is currently among the deliveries again
 * @param attempts the attempts, oldest first, one line each
 * @param fields the values that it would have sent, by Campaigns field, or by CRM field; empty in lists
 * @param module API name of the CRM module of an update; null for a delivery
 */
public record DeadLetterView(
        long id,
        String sync,
        String connection,
        String list,
        String person,
        String action,
        String code,
        String cause,
        String run,
        String record,
        Instant parkedAt,
        int replays,
        boolean replaying,
        List<String> attempts,
        Map<String, String> fields,
        String module) {

    /** Creates that of a delivery. */
    public DeadLetterView(
            long id,
            String sync,
            String connection,
            String list,
            String person,
            String action,
            String code,
            String cause,
            String run,
            String record,
            Instant parkedAt,
            int replays,
            boolean replaying,
            List<String> attempts,
            Map<String, String> fields) {
        this(
                id,
                sync,
                connection,
                list,
                person,
                action,
                code,
                cause,
                run,
                record,
                parkedAt,
                replays,
                replaying,
                attempts,
                fields,
                null);
    }

    /** Returns its state: parked, or replaying while it is among the deliveries again. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String state() {
        return replaying ? "replaying" : "parked";
    }

    @Override
    public String toString() {
        return "dead letter " + id;
    }
}
