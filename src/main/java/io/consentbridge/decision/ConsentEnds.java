package io.consentbridge.decision;

import io.consentbridge.audience.Member;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Lapse;
import io.consentbridge.consent.Screened;
import io.consentbridge.cursor.SourceRecord;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes rows of the table consent_end: the first day on which a record allows its person no mail, for people who are or may
 * be on the list because of it.
 */
public final class ConsentEnds {

    /** The day that is stored when a record was read as lost: lost on every date, whatever clock is used. */
    public static final LocalDate LOST = LocalDate.EPOCH;

    private ConsentEnds() {}

    /** The first days without consent by record, from a page's verdicts; records that end nobody's membership are absent. */
    static Map<String, LocalDate> of(Collection<Verdict> verdicts) {
        Map<String, LocalDate> ends = new HashMap<>();
        verdicts.forEach(verdict -> of(verdict).ifPresent(day -> ends.put(id(verdict), day)));
        return ends;
    }

    private static Optional<LocalDate> of(Verdict verdict) {
        Candidate candidate = verdict.candidate();
        if (!AddressChanges.delivers(verdict.decision()) && !mayBeOnList(candidate)) {
            return Optional.empty();
        }
        Decision allowed = allowed(verdict);
        ConsentTerms terms = candidate.page().terms();
        if (AddressChanges.delivers(allowed)) {
            return lastDay(candidate, terms).map(last -> last.plusDays(1));
        }
        return Lapse.ends(terms, candidate.facts(), candidate.basisRead(), allowed)
                ? Optional.of(LOST)
                : Optional.empty();
    }

    // Of a consent in the CRM and one that the person gave when they were asked, the one that lasts longer counts.
    private static Optional<LocalDate> lastDay(Candidate candidate, ConsentTerms terms) {
        ConsentFacts facts = candidate.facts();
        Optional<LocalDate> inCrm =
                Optional.ofNullable(facts.evidence()).flatMap(evidence -> Optional.ofNullable(evidence.endsOn()));
        if (!facts.confirmed()) {
            return inCrm;
        }
        Optional<LocalDate> confirmed = candidate
                .standsFor()
                .flatMap(person -> candidate.page().known().request(person).validTo());
        boolean byCrm = AddressChanges.delivers(
                ConsentPolicy.decide(terms, facts.confirmed(false).beforeConversion()));
        if (!byCrm || confirmed.isEmpty()) {
            return confirmed;
        }
        return inCrm.map(day -> day.isAfter(confirmed.get()) ? day : confirmed.get());
    }

    // A malformed address, or a lead that was converted and is left out, keeps its person on the list as long as the
    // record allows mail.
    private static Decision allowed(Verdict verdict) {
        Candidate candidate = verdict.candidate();
        return verdict.decision() instanceof Decision.Ignore || candidate.screened() instanceof Screened.Unusable
                ? ConsentPolicy.decide(
                        candidate.page().terms(), candidate.facts().beforeConversion())
                : verdict.decision();
    }

    // A subscription that is under way may still bring the person there.
    private static boolean mayBeOnList(Candidate candidate) {
        return candidate.source().filter(SourceRecord::delivers).isPresent()
                || candidate
                        .standsFor()
                        .flatMap(candidate.page()::member)
                        .filter(Member::perhapsOnList)
                        .isPresent();
    }

    private static String id(Verdict verdict) {
        return verdict.candidate().record().id();
    }

    /** Stores the days of these records as they were read now; a record without a day ends nobody's membership. */
    static void write(Handle handle, String sync, Collection<String> recordIds, Map<String, LocalDate> days) {
        if (!recordIds.isEmpty() && !isEmpty(handle, sync)) {
            takeOut(handle, sync, recordIds);
        }
        PreparedBatch insert =
                handle.prepareBatch("insert into consent_end (sync, record_id, ends_on) values (:sync, :record, :day)");
        days.forEach((id, day) ->
                insert.bind("sync", sync).bind("record", id).bind("day", day).add());
        insert.execute();
    }

    /** Removes the rows of records by which nobody is on the list any more. */
    static void takeOut(Handle handle, String sync, Collection<String> recordIds) {
        PreparedBatch delete =
                handle.prepareBatch("delete from consent_end where sync = :sync and record_id = :record");
        recordIds.forEach(id -> delete.bind("sync", sync).bind("record", id).add());
        delete.execute();
    }

    private static boolean isEmpty(Handle handle, String sync) {
        return handle.createQuery("select 1 from consent_end where sync = :sync fetch first row only")
                .bind("sync", sync)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty();
    }
}
