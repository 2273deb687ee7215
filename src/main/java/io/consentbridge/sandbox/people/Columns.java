package io.consentbridge.sandbox.people;

import io.consentbridge.sandbox.crm.schema.User;
import io.consentbridge.sandbox.crm.schema.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The values of fields that several modules share. */
final class Columns {

    static final List<User> USERS = List.of(
            new User(5_394_166_000_000_235_011L, "Pat Bell", "pat.bell@example.com"),
            new User(5_394_166_000_000_235_012L, "Ute Krüger", "ute.krueger@example.com"),
            new User(5_394_166_000_000_235_013L, "陈明", "chen.ming@example.com"));

    private static final List<Object> TAGS =
            List.of(Map.of("name", "fair", "id", "5394166000000360001", "color_code", "#57B1FD"));

    private Columns() {}

    /** Returns system fields; null when the field is not one of them or is empty. */
    static Object system(Dice dice, String field, long created, long modified) {
        return switch (field) {
            case "Owner" -> dice.pick(Ask.OWNER, USERS);
            case "Created_By" -> USERS.get(0);
            case "Modified_By" -> dice.pick(Ask.OWNER, USERS);
            case "Created_Time" -> Instant.ofEpochSecond(created);
            case "Last_Activity_Time", "Change_Log_Time__s" -> Instant.ofEpochSecond(modified);
            case "Tag" -> dice.perMille(Ask.TAG) < 50 ? TAGS : List.of();
            case "Record_Status__s" -> "Available";
            case "Locked__s" -> false;
            default -> null;
        };
    }

    /** Returns the fields of everybody with an address. */
    static Object mailable(Person person, String field, long created, long modified) {
        return switch (field) {
            case "Email" -> person.email();
            case "Email_Opt_Out" -> person.optedOut();
            case "Unsubscribed_Mode" -> person.unsubscribedMode();
            case "Unsubscribed_Time" -> person.unsubscribedMode() == null ? null : Instant.ofEpochSecond(modified);
            case "Data_Processing_Basis" -> Consents.basis(person.dice());
            case "Data_Processing_Basis_Details" -> Consents.details(person.dice(), created);
            case "Data_Source" -> person.dice().pick(Ask.DATA_SOURCE, Words.DATA_SOURCES);
            case "First_Name" ->
                person.dice().perMille(Ask.TEXT) < 40 ? null : person.name().first();
            case "Last_Name" -> person.name().last();
            case "Full_Name" ->
                person.dice().perMille(Ask.TEXT) < 40
                        ? person.name().last()
                        : person.name().full();
            default -> null;
        };
    }

    /** Returns the fields of leads and contacts. */
    static Object person(Dice dice, String field) {
        return switch (field) {
            case "Salutation" -> dice.sometimes(Ask.SALUTATION, 400, dice.pick(Ask.FIRST, Words.SALUTATIONS));
            case "Phone" -> dice.sometimes(Ask.PHONE, 600, "+49 30 555" + dice.below(Ask.PHONE, 10_000));
            case "Mobile" -> dice.sometimes(Ask.MOBILE, 300, "+44 7700 900" + dice.below(Ask.MOBILE, 1_000));
            case "Lead_Source" -> dice.sometimes(Ask.SOURCE, 800, dice.pick(Ask.SOURCE, Words.LEAD_SOURCES));
            case "Description" -> dice.sometimes(Ask.TEXT, 100, "Line one,\nline \"two\"; emoji 🙂");
            default -> null;
        };
    }
}
