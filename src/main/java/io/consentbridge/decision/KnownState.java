package io.consentbridge.decision;

import io.consentbridge.audience.Member;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.outbox.RefusedAddress;
import io.consentbridge.outbox.TakenOff;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the product knows about a page of records before it decides. Absent keys mean that nothing is known.
 *
 * @param records the page's own records when they were last read, by record id
 * @param others other records that stand for the page's people, by person, in the order of their ids: of the same sync,
 *     and those that other syncs deliver to the same list
 * @param elsewhere people whom another sync delivers to the same list by one of the page's own records
 * @param suppressions what forbids to mail the page's people on the list, by person, the gravest first
 * @param members what is known of the page's people on the list
 * @param takenOff whom of the page's people we took off the list though they had not refused
 * @param withheld which records, by their origin, withhold the page's people for a word that nobody knows
 * @param refusing ids of the page's records that are remembered as forbidding mail, to whomever
 * @param refusedAddresses those of the page's people whose address Campaigns does not take
 */
public record KnownState(
        Map<String, SourceRecord> records,
        Map<Person, List<SourceRecord>> others,
        Set<Person> elsewhere,
        Map<Person, List<Suppression>> suppressions,
        Map<Person, Member> members,
        Map<Person, TakenOff> takenOff,
        Map<Person, Set<String>> withheld,
        Set<String> refusing,
        Map<Person, RefusedAddress> refusedAddresses) {}
