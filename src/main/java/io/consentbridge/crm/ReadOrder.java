package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import java.util.List;

/**
 * Which records of a module are read.
 *
 * @param connection whose CRM
 * @param runId the run that the calls are counted for; null for none
 * @param module API name of the module
 * @param fields API names, dotted for a field of another module; {@code id} and {@code Modified_Time} come by themselves
 * @param condition which records; null for all
 * @param from the last record that was read before; null to begin at the beginning
 */
public record ReadOrder(
        Connection connection, String runId, String module, List<String> fields, Condition condition, Cursor from) {

    public ReadOrder {
        fields = List.copyOf(fields);
    }
}
