package io.consentbridge.decision;

import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.run.ActiveRun;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses that records have besides {@code Email}: those in {@code Secondary_Email} and in every other field of that
 * type. A record is one person, so a refusal by one of its addresses is a refusal for the others. It is an assumption (Z)
 * that a second address is the same person's; {@code secondaryAddresses: ignore} turns it off for a sync.
 *
 * @param byRecord the people of the addresses of each record that was read, by record id
 * @param refuse whether a refusal by another address counts for the sync that reads
 */
public record SecondAddresses(Map<String, Set<Person>> byRecord, boolean refuse) {

    static final SecondAddresses NONE = new SecondAddresses(Map.of(), true);

    /** The people of all addresses of a record that was swept, with these columns. */
    public static Set<Person> all(CrmRecord record, Collection<String> fields) {
        Set<Person> all = new LinkedHashSet<>();
        AddressScreening.refuser(record.text(RefusalFields.ADDRESS)).ifPresent(all::add);
        all.addAll(of(record, fields));
        return all;
    }

    /** All addresses of a record as they are written there, with these columns. */
    public static Set<String> written(CrmRecord record, Collection<String> fields) {
        return Stream.concat(
                        Stream.of(RefusalFields.ADDRESS), fields.stream().filter(field -> !RefusalFields.isOne(field)))
                .map(record::text)
                .filter(text -> AddressScreening.refuser(text).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The addresses of the records that a page has decided. */
    public static SecondAddresses of(ActiveRun run, List<Verdict> verdicts) {
        Map<String, Set<Person>> byRecord = new HashMap<>();
        List<String> fields = fields(run);
        verdicts.stream()
                .map(verdict -> verdict.candidate().record())
                .forEach(record -> byRecord.put(record.id(), all(record, fields)));
        return new SecondAddresses(byRecord, run.sync().heedsSecondaryAddresses());
    }

    /** The other addresses of a record of the run's module. */
    public static Set<Person> of(CrmRecord record, ActiveRun run) {
        return of(record, fields(run));
    }

    /** The other addresses of a record in these fields; fields by which people refuse are passed over. */
    public static Set<Person> of(CrmRecord record, Collection<String> fields) {
        Set<Person> others = new LinkedHashSet<>();
        fields.stream()
                .filter(field -> !RefusalFields.isOne(field))
                .forEach(field -> AddressScreening.refuser(record.text(field)).ifPresent(others::add));
        return others;
    }

    /** The fields of the run's module that hold other addresses. */
    public static List<String> fields(ActiveRun run) {
        return run.fields().values().stream()
                .filter(field -> field.dataType().equals(RefusalFields.ADDRESS_TYPE))
                .map(field -> field.apiName())
                .filter(field -> !RefusalFields.isOne(field))
                .sorted()
                .toList();
    }
}
