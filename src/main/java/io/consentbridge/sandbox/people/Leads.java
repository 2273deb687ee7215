package io.consentbridge.sandbox.people;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.schema.Words;
import io.consentbridge.sandbox.crm.store.RowSource;
import java.time.Instant;
import java.util.List;

/** The generated leads. */
record Leads(Population population) implements RowSource {

    private static final List<String> OPEN_STATUSES =
            Words.LEAD_STATUSES.stream().filter(s -> !s.equals("Converted")).toList();

    @Override
    public int size() {
        return population.size(Population.Group.LEADS);
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
            case "Company" -> Companies.of(dice);
            case "Designation" -> dice.sometimes(Ask.TITLE, 500, "Manager");
            case "Website" ->
                dice.sometimes(Ask.DOMAIN, 300, "https://c" + dice.below(Ask.DOMAIN, 400) + ".example.com");
            case "Lead_Status" -> person.converted() ? "Converted" : dice.pick(Ask.STATUS, OPEN_STATUSES);
            case "Industry" -> dice.sometimes(Ask.INDUSTRY, 950, dice.pick(Ask.INDUSTRY + 1_000, Words.INDUSTRIES));
            case "Rating" -> dice.sometimes(Ask.RATING, 700, dice.pick(Ask.RATING + 1_000, Words.RATINGS));
            case "Annual_Revenue" -> dice.below(Ask.REVENUE, 100) * 100_000.0;
            case "No_of_Employees" -> dice.below(Ask.EMPLOYEES, 5_000);
            case "Street" -> dice.sometimes(Ask.CITY, 700, "Long Lane " + dice.below(Ask.CITY, 300));
            case "City" -> Towns.of(dice).city();
            case "State" -> Towns.of(dice).state();
            case "Zip_Code" -> Towns.of(dice).zip();
            case "Country" -> Towns.of(dice).country();
            case "Converted__s" -> person.converted();
            case "Converted_Date_Time" -> person.converted() ? Instant.ofEpochSecond(modified(ordinal)) : null;
            case "Converted_Account" -> person.converted() ? converted(dice, population.accounts(), false) : null;
            case "Converted_Contact" -> person.converted() ? converted(dice, contacts(), true) : null;
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

    private Ref converted(Dice dice, int size, boolean contact) {
        if (size == 0) {
            return null;
        }
        int position = dice.below(Ask.LINK, size);
        return contact
                ? new Ref(
                        Catalogue.CONTACTS.recordId(position),
                        population
                                .person(Population.Group.CONTACTS, position)
                                .name()
                                .full())
                : new Ref(Catalogue.ACCOUNTS.recordId(position), Companies.of(population.dice(4, position)));
    }

    private int contacts() {
        return population.size(Population.Group.CONTACTS);
    }

    private Person person(int ordinal) {
        return population.person(Population.Group.LEADS, ordinal);
    }
}
