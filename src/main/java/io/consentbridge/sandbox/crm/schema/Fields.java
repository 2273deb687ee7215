package io.consentbridge.sandbox.crm.schema;

import static io.consentbridge.sandbox.crm.schema.FieldSpec.of;

import java.util.ArrayList;
import java.util.List;

/** Fields that several modules share. */
final class Fields {

    private Fields() {}

    static FieldSpec text(String name, int length) {
        return of(DataType.TEXT, name, length);
    }

    static FieldSpec number(String name) {
        return of(DataType.INTEGER, name, 9);
    }

    static FieldSpec money(String name) {
        return of(DataType.CURRENCY, name, 16);
    }

    static FieldSpec when(String name) {
        return of(DataType.DATETIME, name, 30);
    }

    static FieldSpec day(String name) {
        return of(DataType.DATE, name, 20);
    }

    static FieldSpec pick(String name, List<String> values) {
        return of(DataType.PICKLIST, name, 120).from(values);
    }

    static FieldSpec yesNo(String name) {
        return of(DataType.BOOLEAN, name, 5);
    }

    static FieldSpec lookup(String name, String module) {
        return of(DataType.LOOKUP, name, 120).to(module);
    }

    static FieldSpec phone(String name) {
        return of(DataType.PHONE, name, 30).personal("Low");
    }

    /** Returns the fields of every module. */
    static List<FieldSpec> system() {
        return List.of(
                of(DataType.BIGINT, "id", 20).called("Record Id").fixed(),
                of(DataType.OWNER, "Owner", 120),
                of(DataType.OWNER, "Created_By", 120).fixed(),
                of(DataType.OWNER, "Modified_By", 120).fixed(),
                when("Created_Time").fixed(),
                when("Modified_Time").fixed(),
                when("Last_Activity_Time").fixed(),
                of(DataType.TAGS, "Tag", 2000),
                of(DataType.IMAGE, "Record_Image", 255),
                pick("Record_Status__s", Words.RECORD_STATUSES).fixed(),
                yesNo("Locked__s").fixed());
    }

    /** Returns the fields of a module that holds people with an e-mail address. */
    static List<FieldSpec> mailable() {
        return List.of(
                of(DataType.EMAIL, "Email", 100).personal("Low"),
                of(DataType.EMAIL, "Secondary_Email", 100).personal("Low"),
                yesNo("Email_Opt_Out"),
                pick("Unsubscribed_Mode", Words.UNSUBSCRIBE_MODES).fixed(),
                when("Unsubscribed_Time").fixed());
    }

    /** Returns the fields that GDPR settings add (docs/zoho-notes.md, "CRM: lawful basis and consent"). */
    static List<FieldSpec> privacy() {
        return List.of(
                pick("Data_Processing_Basis", Words.BASES),
                of(DataType.CONSENT, "Data_Processing_Basis_Details", 120),
                pick("Data_Source", Words.DATA_SOURCES).fixed());
    }

    /** Returns the fields of Leads and Contacts about a person. */
    static List<FieldSpec> person() {
        return List.of(
                pick("Salutation", Words.SALUTATIONS),
                text("First_Name", 40).personal("Low"),
                text("Last_Name", 80).must().personal("Low"),
                text("Full_Name", 120).fixed(),
                phone("Phone"),
                phone("Mobile"),
                pick("Lead_Source", Words.LEAD_SOURCES),
                of(DataType.TEXTAREA, "Description", 32_000),
                when("Change_Log_Time__s").fixed());
    }

    @SafeVarargs
    static List<FieldSpec> join(List<FieldSpec>... parts) {
        List<FieldSpec> all = new ArrayList<>();
        for (List<FieldSpec> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
