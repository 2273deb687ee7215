package io.consentbridge.crm;

import io.consentbridge.zoho.ZohoFault;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A lazy iterator over pages from cursor to cursor, which remembers its failure. Not safe for several threads. */
final class CrmPages implements Iterator<CrmPage> {

    private final Function<Cursor, CrmPage> fetch;
    private final String subject;
    private Cursor cursor;
    private boolean ended;
    private RuntimeException failure;

    /** @param subject who reads what, for the message of a fault */
    CrmPages(String subject, Cursor from, Function<Cursor, CrmPage> fetch) {
        this.subject = subject;
        this.cursor = from;
        this.fetch = fetch;
    }

    /** Known without a call, so that a splitter that looks ahead reads nothing early. */
    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public CrmPage next() {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            CrmPage page = fetch.apply(cursor);
            advance(page);
            ended = page.last();
            return page;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void advance(CrmPage page) {
        List<CrmRecord> records = page.records();
        if (records.isEmpty()) {
            if (!page.last()) {
                throw new ZohoFault.PageLost(
                        subject + ": Zoho CRM returned an empty page but says that more records follow, so"
                                + " reading stopped");
            }
            return;
        }
        CrmRecord last = records.get(records.size() - 1);
        if (cursor != null && !isAfter(last)) {
            throw new ZohoFault.PageLost(subject + ": Zoho CRM returned the same records again after record"
                    + " " + cursor.id()
                    + ", so reading stopped");
        }
        cursor = new Cursor(last.modified(), last.id());
    }

    private boolean isAfter(CrmRecord last) {
        int byTime = last.modified().compareTo(cursor.modified());
        return byTime > 0 || byTime == 0 && CrmRecord.follows(last.id(), cursor.id());
    }
}
