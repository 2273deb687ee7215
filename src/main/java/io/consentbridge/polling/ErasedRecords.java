package io.consentbridge.polling;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.decision.SecondAddresses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Takes the addresses of people who were erased out of pages of records, so that nothing that follows stores them again. */
public final class ErasedRecords {

    private final ErasedPeople people;

    /** @param people recognises those people */
    public ErasedRecords(ErasedPeople people) {
        this.people = people;
    }

    /**
     * The ids of the records of a page that stand for people who were erased.
     *
     * @param seconds the fields that hold other addresses, by which a person is recognised too
     */
    Set<String> among(String connection, List<CrmRecord> records, Collection<String> seconds) {
        return people.records(connection, () -> {
            Map<String, Set<String>> addresses = new HashMap<>();
            records.forEach(record -> addresses.put(record.id(), SecondAddresses.written(record, seconds)));
            return addresses;
        });
    }

    /**
     * The same records, without addresses where they stand for such people.
     *
     * @param erased their ids
     * @param seconds the fields that hold other addresses
     */
    static List<CrmRecord> without(List<CrmRecord> records, Set<String> erased, Collection<String> seconds) {
        if (erased.isEmpty()) {
            return records;
        }
        List<String> addresses = new ArrayList<>(seconds);
        addresses.add(RefusalFields.ADDRESS);
        return records.stream()
                .map(record -> erased.contains(record.id()) ? record.without(addresses) : record)
                .toList();
    }

    /**
     * What a sweep reads, without the records of such people: they end no refusal of others, and state none.
     *
     * @param columns the fields that are read
     */
    public UnaryOperator<List<CrmRecord>> leftOut(String connection, List<String> columns) {
        List<String> seconds =
                columns.stream().filter(field -> !RefusalFields.isOne(field)).toList();
        return records -> {
            Set<String> erased = among(connection, records, seconds);
            return erased.isEmpty()
                    ? records
                    : records.stream()
                            .filter(record -> !erased.contains(record.id()))
                            .toList();
        };
    }
}
