package io.consentbridge.decision;

import io.consentbridge.audience.Member;
import io.consentbridge.audience.Suppression;
import io.consentbridge.confirmation.AskedBefore;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.outbox.RefusedAddress;
import io.consentbridge.outbox.TakenOff;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the product knows about a page of records before it decides. An absent key means that nothing is known.
 *
 * @param records the page's own records when they were last read, by record id
 * @param others other records that stand for the page's people, by person, ordered by id: those of the same sync, and those
 *     that other syncs deliver to the same list
 * @param elsewhere people whom another sync delivers to the same list by one of the page's own records
 * @param overtaken ids of the page's records that the sync delivers, and of which another sync of the list has read a newer version
 *     since that allows no mail
 * @param suppressions the suppressions of the page's people for the list, by person, most severe first
 * @param members what is known of the page's people on the list
 * @param takenOff people of the page whom we took off the list although they had not refused
 * @param withheld by person, the origins of the records that withhold people of the page because of an unknown word
 * @param refusing ids of the page's records that are remembered as refusing mail, for any person
 * @param refusedAddresses people of the page whose address Campaigns does not accept
 * @param requests what is known of the page's people's requests for consent
 */
public record KnownState(
        Map<String, SourceRecord> records,
        Map<Person, List<SourceRecord>> others,
        Set<Person> elsewhere,
        Set<String> overtaken,
        Map<Person, List<Suppression>> suppressions,
        Map<Person, Member> members,
        Map<Person, TakenOff> takenOff,
        Map<Person, Set<String>> withheld,
        Set<String> refusing,
        Map<Person, RefusedAddress> refusedAddresses,
        Map<Person, AskedBefore> requests) {

    /** What is known of the person's requests for consent. */
    public AskedBefore request(Person person) {
        return requests.getOrDefault(person, AskedBefore.NEVER);
    }
}
