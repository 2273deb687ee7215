package io.consentbridge.crm;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Payment;
import io.consentbridge.zoho.WriteGuard;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows which records may be changed now, and to what: those whose updates are claimed. It is asked beneath the routes, where a
 * call leaves, so that no header or body that a route sets changes another record or field. A refusal is never taken back,
 * whatever asks for it. Safe for many threads.
 */
public final class RecordPermits implements WriteGuard {

    private static final String PATH = "/crm/v8/";

    private record Permit(String connection, CrmCall call, Instant until) {}

    private final InstantSource clock;
    private final Map<Object, Permit> given = Collections.synchronizedMap(new IdentityHashMap<>());

    public RecordPermits(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether this guard judges calls of that HTTP method. */
    public static boolean concerns(String verb) {
        return verb.equals("PUT");
    }

    /**
     * Makes the call that writes records, and permits it to leave until its claim ends or the permit is withdrawn.
     *
     * @param module API name of the module
     * @param records up to 100, each with its {@code id} and at least one field
     * @param triggers what Zoho starts for the change, such as {@code workflow}; empty for nothing
     * @param unmodifiedSince a record that changed after this instant is not written; null for any
     * @param until when the claim of the updates ends
     * @param payment what pays for each call with credits
     * @throws ConsentBreach if a record would lose a refusal, or become that of somebody else
     */
    public CrmCall give(
            Connection connection,
            String module,
            List<Map<String, Object>> records,
            List<String> triggers,
            Instant unmodifiedSince,
            Instant until,
            Payment payment) {
        records.forEach(RecordPermits::require);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", records);
        json.put("trigger", triggers);
        CrmCall call = new CrmCall(
                null, CrmCall.UPDATE, module, Coql.module(module), Map.of(), json, unmodifiedSince, payment);
        given.put(call, new Permit(connection.name(), call, until));
        return call;
    }

    /** Withdraws the permit of a call. */
    public void withdraw(CrmCall call) {
        given.remove(call);
    }

    private static void require(Map<String, Object> record) {
        record.forEach((field, value) -> {
            if (!field.equals("id") && !RefusalFields.mayBecome(field, value)) {
                throw new ConsentBreach("the field " + field + " of a CRM record is never written like that");
            }
        });
    }

    /**
     * Lets a call leave that changes what is permitted, and nothing else.
     *
     * @throws ConsentBreach for every other call
     * @throws ZohoFault.ClaimEnded if the claim has ended: another process may write the same records by now
     */
    @Override
    public void check(Connection connection, String verb, URI address, byte[] body, Object question) {
        Permit permit = given.get(question);
        boolean same = permit != null
                && permit.connection().equals(connection.name())
                && address.getRawQuery() == null
                && address.getPath().endsWith(PATH + permit.call().path())
                && ZohoJson.says(body, permit.call().json());
        if (!same) {
            throw new ConsentBreach("a call changes records of the CRM in a way that no pending update names");
        }
        if (!clock.instant().isBefore(permit.until())) {
            throw new ZohoFault.ClaimEnded(connection.name() + ": the claim of updates of "
                    + permit.call().subject() + " has ended");
        }
    }
}
