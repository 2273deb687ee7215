package io.consentbridge.mapping;

/**
 * A field of a CRM module as its metadata describes it (crm-api §5.2).
 *
 * @param apiName the name used by the API
 * @param label the name shown to people
 * @param dataType Zoho's type, such as {@code text}, {@code picklist} or {@code consent_lookup}
 * @param lookupModule the module a lookup points to; null when it is no lookup
 */
public record CrmField(String apiName, String label, String dataType, String lookupModule) {}
