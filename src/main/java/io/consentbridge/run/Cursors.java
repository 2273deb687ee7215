package io.consentbridge.run;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.Optional;

/** Up to where the module of each sync was read. Pages save it with what they decided. */
public final class Cursors {

    public Cursors(Database database) {}

    /** Up to where records were read; empty before the first page. */
    public Optional<Cursor> load(String sync) {
        throw new UnsupportedOperationException();
    }

    /** Up to where deletions were read; empty before the first time. */
    public Optional<Instant> deletedSince(String sync) {
        throw new UnsupportedOperationException();
    }

    /** Sets the cursor of records. */
    public void save(String sync, Cursor cursor) {
        throw new UnsupportedOperationException();
    }

    /** Sets up to where deletions were read. */
    public void deletedSince(String sync, Instant until) {
        throw new UnsupportedOperationException();
    }

    /** Forgets the cursor of records, so that the next run reads everything; that of deletions stays. */
    public void reset(String sync) {
        throw new UnsupportedOperationException();
    }
}
