package io.consentbridge.sandbox.people;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.schema.Words;
import io.consentbridge.sandbox.crm.store.RowSource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The generated records that are not people: accounts, deals, campaigns and projects. */
record Business(Population population, ModuleSpec spec, int size) implements RowSource {

    @Override
    public long modified(int ordinal) {
        return population.times().modified(dice(ordinal), size);
    }

    @Override
    public Object value(int ordinal, String field) {
        Dice dice = dice(ordinal);
        Object value = switch (spec.apiName()) {
            case "Accounts" -> account(dice, field);
            case "Deals" -> deal(dice, field);
            case "Campaigns" -> campaign(dice, field);
            default -> project(dice, field);
        };
        long created = population.times().created(dice, size);
        return value == null ? Columns.system(dice, field, created, modified(ordinal)) : value;
    }

    private Object account(Dice dice, String field) {
        return switch (field) {
            case "Account_Name" -> Companies.of(dice);
            case "Phone" -> dice.sometimes(Ask.PHONE, 600, "+49 89 555" + dice.below(Ask.PHONE, 10_000));
            case "Industry" -> dice.sometimes(Ask.INDUSTRY, 950, dice.pick(Ask.INDUSTRY + 1_000, Words.INDUSTRIES));
            case "Account_Type" -> dice.pick(Ask.STATUS, Words.ACCOUNT_TYPES);
            case "Annual_Revenue" -> dice.below(Ask.REVENUE, 100) * 1_000_000.0;
            case "Employees" -> dice.below(Ask.EMPLOYEES, 20_000);
            case "Parent_Account" ->
                dice.ordinal() == 0 || dice.perMille(Ask.LINK) >= 100
                        ? null
                        : reference(Catalogue.ACCOUNTS, dice.below(Ask.LINK + 1_000, dice.ordinal()));
            case "Billing_City" -> Towns.of(dice).city();
            case "Billing_Country" -> Towns.of(dice).country();
            default -> null;
        };
    }

    private Object deal(Dice dice, String field) {
        return switch (field) {
            case "Deal_Name" -> "Deal " + dice.ordinal() + " with " + Companies.of(dice);
            case "Account_Name" -> reference(Catalogue.ACCOUNTS, dice.below(Ask.LINK, population.accounts()));
            case "Contact_Name" -> contact(dice);
            case "Stage" -> dice.pick(Ask.STATUS, Words.DEAL_STAGES);
            case "Amount" -> dice.below(Ask.REVENUE, 1_000) * 500.0;
            case "Closing_Date" -> day(dice).plusDays(60);
            default -> null;
        };
    }

    private Object campaign(Dice dice, String field) {
        return switch (field) {
            case "Campaign_Name" -> "Campaign " + dice.ordinal();
            case "Type" -> dice.pick(Ask.STATUS, Words.CAMPAIGN_TYPES);
            case "Status" -> dice.pick(Ask.RATING, Words.CAMPAIGN_STATUSES);
            case "Start_Date" -> day(dice);
            case "End_Date" -> day(dice).plusDays(30);
            case "Budgeted_Cost" -> dice.below(Ask.REVENUE, 100) * 100.0;
            default -> null;
        };
    }

    private Object project(Dice dice, String field) {
        return switch (field) {
            case "Name" -> "Project " + dice.ordinal();
            case "Due" -> day(dice).plusDays(90);
            default -> null;
        };
    }

    private Ref contact(Dice dice) {
        int position = dice.below(Ask.LINK + 2_000, population.size(Population.Group.CONTACTS));
        Name name = population.person(Population.Group.CONTACTS, position).name();
        return new Ref(Catalogue.CONTACTS.recordId(position), name.full());
    }

    private Ref reference(ModuleSpec target, int position) {
        return new Ref(target.recordId(position), Companies.of(population.dice(target.number(), position)));
    }

    private LocalDate day(Dice dice) {
        long created = population.times().created(dice, size);
        return Instant.ofEpochSecond(created).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Dice dice(int ordinal) {
        return population.dice(spec.number(), ordinal);
    }
}
