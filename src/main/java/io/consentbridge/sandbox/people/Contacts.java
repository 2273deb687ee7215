package io.consentbridge.sandbox.people;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.store.RowSource;
import java.time.LocalDate;

/** The generated contacts. */
record Contacts(Population population) implements RowSource {

    @Override
    public int size() {
        return population.size(Population.Group.CONTACTS);
    }

    @Override
    public long modified(int ordinal) {
        return population.times().modified(person(ordinal).dice(), size());
    }

    @Override
    public Object value(int ordinal, String field) {
        Person person = person(ordinal);
        Dice dice = person.dice();
        return switch (field) {
            case "Account_Name" -> dice.perMille(Ask.LINK) < 50 ? null : account(dice);
            case "Title" -> dice.sometimes(Ask.TITLE, 500, "Head of Things");
            case "Department" -> dice.sometimes(Ask.TITLE, 300, "Purchasing");
            case "Date_of_Birth" ->
                dice.sometimes(Ask.BIRTH, 300, LocalDate.of(1950, 1, 1).plusDays(dice.below(Ask.BIRTH, 18_000)));
            case "Mailing_Street" -> dice.sometimes(Ask.CITY, 700, "High Street " + dice.below(Ask.CITY, 300));
            case "Mailing_City" -> Towns.of(dice).city();
            case "Mailing_State" -> Towns.of(dice).state();
            case "Mailing_Zip" -> Towns.of(dice).zip();
            case "Mailing_Country" -> Towns.of(dice).country();
            default -> shared(person, field, ordinal);
        };
    }

    private Object shared(Person person, String field, int ordinal) {
        long created = population.times().created(person.dice(), size());
        Object value = Columns.system(person.dice(), field, created, modified(ordinal));
        if (value == null) {
            value = Columns.mailable(person, field, created, modified(ordinal));
        }
        return value == null ? Columns.person(person.dice(), field) : value;
    }

    private Ref account(Dice dice) {
        int position = dice.below(Ask.LINK, population.accounts());
        return new Ref(Catalogue.ACCOUNTS.recordId(position), Companies.of(population.dice(4, position)));
    }

    private Person person(int ordinal) {
        return population.person(Population.Group.CONTACTS, ordinal);
    }
}
