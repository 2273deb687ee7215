package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import java.util.List;

/**
 * A request to read records of a module.
 *
 * @param connection the connection of the CRM
 * @param runId the run for which calls are counted; null for none
 * @param module API name of the module
 * @param fields API names, dotted for a field of another module; {@code id} and {@code Modified_Time} are always read
 * @param condition which records; null for all
 * @param from the last record that was read before; null to start at the beginning
 */
public record ReadRequest(
        Connection connection, String runId, String module, List<String> fields, Condition condition, Cursor from) {

    public ReadRequest {
        fields = List.copyOf(fields);
    }
}
