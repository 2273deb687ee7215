package io.consentbridge.sandbox.people;

import io.consentbridge.sandbox.crm.schema.Words;
import io.consentbridge.sandbox.crm.store.RowSource;
import java.time.Instant;
import java.time.ZoneOffset;

/** The generated records of the custom module with an e-mail field. */
record Memberships(Population population) implements RowSource {

    @Override
    public int size() {
        return population.size(Population.Group.MEMBERSHIPS);
    }

    @Override
    public long modified(int ordinal) {
        return population.times().modified(person(ordinal).dice(), size());
    }

    @Override
    public Object value(int ordinal, String field) {
        Person person = person(ordinal);
        Dice dice = person.dice();
        long created = population.times().created(dice, size());
        return switch (field) {
            case "Name" -> "Membership of " + person.name().full();
            case "Level" -> dice.pick(Ask.LEVEL, Words.MEMBERSHIP_LEVELS);
            case "Club" -> Companies.of(dice);
            case "Member_Since" ->
                Instant.ofEpochSecond(created).atZone(ZoneOffset.UTC).toLocalDate();
            default -> {
                Object value = Columns.system(dice, field, created, modified(ordinal));
                yield value == null ? Columns.mailable(person, field, created, modified(ordinal)) : value;
            }
        };
    }

    private Person person(int ordinal) {
        return population.person(Population.Group.MEMBERSHIPS, ordinal);
    }
}
