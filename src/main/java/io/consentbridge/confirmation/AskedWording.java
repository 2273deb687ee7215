package io.consentbridge.confirmation;

import io.consentbridge.consent.Purpose;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Whether what a request was asked with still stands: the wording in the files, and the record's address. */
final class AskedWording {

    private final Supplier<Map<String, Purpose>> purposes;

    AskedWording(Supplier<Map<String, Purpose>> purposes) {
        this.purposes = purposes;
    }

    /** The purpose of a request, if its wording is still the one that the request is about. */
    Optional<Purpose> purpose(Request request) {
        return Optional.ofNullable(purposes.get().get(request.purpose()))
                .filter(purpose -> purpose.confirmation().isPresent())
                .filter(purpose -> purpose.statementVersion().equals(request.statementVersion()));
    }

    /** Whether wording or address changed since, so that no answer can confirm the request any more. */
    boolean replaced(Handle handle, Request request) {
        return purpose(request).isEmpty() || moved(handle, request);
    }

    /** Whether the record stands for somebody else now: its address was changed. */
    private static boolean moved(Handle handle, Request request) {
        return handle.createQuery("""
                        select 1 from source_record
                        where sync = :sync and record_id = :record and person_id <> :person
                        """)
                .bind("sync", request.sync())
                .bind("record", request.recordId())
                .bind("person", request.personId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
