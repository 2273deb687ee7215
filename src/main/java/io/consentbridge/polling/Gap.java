package io.consentbridge.polling;

import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Restriction;
import io.consentbridge.run.RunFault;
import io.consentbridge.sync.Remedy;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.util.Collection;

/**
 * A place in the CRM where people refuse mail and that cannot be read. While there is one, no person of the connection is
 * delivered.
 *
 * @param what what is missing, and where
 * @param remedy what to do
 */
public record Gap(String what, String remedy) {

    /** The number of records up to which every check box may lack a value by chance. */
    private static final int MANY = 10;

    private static final String PRIVACY =
            "allow the API to read the field in the CRM's settings for personal data (GDPR) or health data (HIPAA)";

    static Gap field(Connection connection, String module, String field) {
        return new Gap(
                module + " has no field " + field
                        + ", in which people refuse mail, or it is hidden by the profile of the credential's user"
                        + " or by the CRM's privacy settings",
                "make the field visible to that profile and to the API in Zoho CRM, or add " + module + "." + field
                        + " to " + setting(connection) + " if the organisation has no such field");
    }

    /**
     * The field exists, and records have null instead of its value, as if nobody had refused (docs/zoho-notes.md, "CRM:
     * fields" and "CRM: lawful basis and consent").
     */
    static Gap restricted(Connection connection, String module, String field) {
        return new Gap(
                "the privacy settings of Zoho CRM keep " + module + "." + field
                        + ", in which people refuse mail, from the API",
                PRIVACY + ", or add " + module + "." + field + " to " + setting(connection)
                        + " if nobody refuses mail in it");
    }

    /** The records of a whole page have no value in the check box. */
    private static Gap silent(Connection connection, String module) {
        Gap restricted = restricted(connection, module, RefusalFields.OPT_OUT);
        return new Gap(
                "no record of a page of " + module + " has a value in the check box " + RefusalFields.OPT_OUT
                        + ", as if the privacy settings of Zoho CRM kept it from the API",
                restricted.remedy()
                        + ". If the field is newer than these records, give them a value with a mass update");
    }

    static Gap vanished(Connection connection, String module) {
        return new Gap(
                module + ", in which people could refuse mail, is no longer among the modules of Zoho CRM",
                "make it visible to the credential's user, or add " + module + " to " + setting(connection)
                        + " if it was deleted");
    }

    static Gap unreadable(Connection connection, String module, ZohoFault.Rejected rejected) {
        if (rejected.code().equals(Restriction.CODE)) {
            return new Gap(
                    rejected.getMessage(),
                    PRIVACY + ", or add the field to " + setting(connection) + " if nobody refuses mail in it");
        }
        return new Gap(
                "refusals in " + module + " cannot be read: " + rejected.getMessage(),
                "allow the credential to read it, or add " + module + " to " + setting(connection)
                        + " if it has no people to mail");
    }

    static Gap unlisted(Connection connection, ZohoFault.Rejected rejected) {
        return new Gap(
                "the modules in which people can refuse mail cannot be read: " + rejected.getMessage(),
                "make a new refresh token with the scope ZohoCRM.settings.modules.READ too, or set "
                        + setting(connection) + " to * if nobody can refuse mail outside Leads and Contacts");
    }

    /**
     * Checks that records contain the fields that carry refusals. It is assumed that every record contains a requested
     * field, even when it is empty, and that a check box has a value (docs/zoho-notes.md, "CRM: values in lists"). If no
     * record of a page has such a value, Zoho may withhold the field's values without saying so in its metadata (Z).
     *
     * @param asked the fields that were requested
     * @param checkBox whether {@code Email_Opt_Out} is a check box in that module
     * @throws RunFault when a record lacks a field that carries refusals, or when no record of a page of many says whether
     *     its person opted out
     */
    static void requireTold(
            Connection connection,
            String module,
            Collection<String> asked,
            boolean checkBox,
            Collection<CrmRecord> records) {
        for (String field : RefusalFields.ALL) {
            if (asked.contains(field)
                    && !connection.without(module, field)
                    && records.stream().anyMatch(record -> !record.values().containsKey(field))) {
                throw new Gap(
                                "records of " + module + " come without the field " + field
                                        + ", in which people refuse mail, although it was requested",
                                "make the field visible to the profile of the credential's user in Zoho CRM")
                        .fault();
            }
        }
        if (checkBox
                && asked.contains(RefusalFields.OPT_OUT)
                && !connection.without(module, RefusalFields.OPT_OUT)
                && records.size() > MANY
                && records.stream().allMatch(record -> record.values().get(RefusalFields.OPT_OUT) == null)) {
            throw silent(connection, module).fault();
        }
    }

    /** The fault that stops a run. */
    RunFault fault() {
        return new RunFault(Remedy.after(Remedy.after(what, "nobody is delivered until it can be read"), remedy));
    }

    private static String setting(Connection connection) {
        return "zoho." + connection.name() + ".without-modules";
    }
}
