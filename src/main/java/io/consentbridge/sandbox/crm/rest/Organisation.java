package io.consentbridge.sandbox.crm.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /org}: the organisation, including whether GDPR settings are on (docs/zoho-notes.md, "CRM: organisation"). */
final class Organisation {

    private Organisation() {}

    static Map<String, Object> details(boolean privacySettings, String edition) {
        Map<String, Object> license = new LinkedHashMap<>();
        license.put("paid", !edition.equals("free"));
        license.put("paid_type", edition);
        license.put("users_license_purchased", 3);
        Map<String, Object> org = new LinkedHashMap<>();
        org.put("id", "5394166000000000001");
        org.put("zgid", "20065543210");
        org.put("primary_zuid", "70235011");
        org.put("company_name", "Sandbox Organisation");
        org.put("domain_name", "org20065543210");
        org.put("country_code", "DE");
        org.put("time_zone", Render.ZONE.getId());
        org.put("currency", "Euro - EUR");
        org.put("iso_code", "EUR");
        org.put("mc_status", false);
        org.put("type", "production");
        org.put("license_details", license);
        org.put("privacy_settings", privacySettings);
        org.put("hipaa_compliance_enabled", false);
        return Map.of("org", List.of(org));
    }
}
