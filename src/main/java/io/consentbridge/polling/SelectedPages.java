package io.consentbridge.polling;

import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.Cursor;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.LateChanges;
import io.consentbridge.cursor.ReadingCursor;
import io.consentbridge.decision.SelectedPage;
import io.consentbridge.outbox.Action;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.PageWatch;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All pages of records that a sync selects, one reading after the other: records that are new or modified, in the order of
 * their change; records whose lookups changed, or for which a day has come; contacts of deals; or a view or campaign. Each
 * page is one call; pages of deals and views may need a few more. Not for several threads.
 */
final class SelectedPages implements Iterator<SelectedPage> {

    static final String VIEW = "view";

    private static final String RELATED = "related";
    private static final String DEALS = "deals";

    /**
     * The most pages of a view. Zoho gives 100,000 records of a view, 200 a page (docs/zoho-notes.md, "CRM: lists of
     * records"); twice that number means pages without end.
     */
    private static final int MOST_PAGES_OF_VIEW = 1000;

    private final ActiveRun run;
    private final SelectionPlan plan;
    private final List<String> fields;
    private final CrmReader reader;
    private final CrmViews views;
    private final Cursors cursors;
    private final LateChanges late;
    private final Deque<Supplier<Iterator<SelectedPage>>> readings = new ArrayDeque<>();
    private Iterator<SelectedPage> pages = Collections.emptyIterator();
    private RuntimeException failure;

    /** @param fields the fields that are needed to decide; those of other modules are written with a dot */
    SelectedPages(
            ActiveRun run,
            SelectionPlan plan,
            List<String> fields,
            CrmReader reader,
            CrmViews views,
            Cursors cursors,
            LateChanges late) {
        this.run = run;
        this.plan = plan;
        this.fields = fields;
        this.reader = reader;
        this.views = views;
        this.cursors = cursors;
        this.late = late;
        if (plan.isEmpty()) {
            return;
        }
        if (plan.listed().isPresent()) {
            readings.add(this::view);
            return;
        }
        boolean related = plan.records().drifts() && known(RELATED).since().isPresent();
        if (plan.records().readsOwn()) {
            readings.add(this::records);
        }
        if (related) {
            readings.add(this::related);
        }
        if (plan.records().readsDeals()) {
            readings.add(this::deals);
        }
    }

    /** Answers without a call, so that a splitter that looks ahead reads nothing early. */
    @Override
    public boolean hasNext() {
        return pages.hasNext() || !readings.isEmpty();
    }

    /** The next page. A failure is remembered: a caller that asks again gets the same failure, without another call. */
    @Override
    public SelectedPage next() {
        if (failure != null) {
            throw failure;
        }
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            if (!pages.hasNext()) {
                pages = readings.remove().get();
            }
            return pages.next();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private Iterator<SelectedPage> records() {
        // Changes in other modules from the first page on are found by the next run.
        boolean begins = plan.records().drifts() && known(RELATED).since().isEmpty();
        Iterator<CrmPage> all =
                reader.pages(request(cursors.load(run.sync().name()).orElse(null), true));
        return new Iterator<>() {
            private boolean first = true;

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public SelectedPage next() {
                CrmPage page = all.next();
                Optional<Checkpoint> progress = late.after(page).map(Checkpoint.Records::new);
                if (begins && first) {
                    Checkpoint beginning = new Checkpoint.Selected(RELATED, ReadingCursor.from(page, late));
                    progress = Optional.of(progress.<Checkpoint>map(records -> new Checkpoint.Both(records, beginning))
                            .orElse(beginning));
                }
                first = false;
                return selected(page, record -> plan.records().holds(record.values()), progress);
            }
        };
    }

    private Iterator<SelectedPage> related() {
        ReadingCursor begun = underWay(RELATED);
        ReadRequest request = new ReadRequest(
                run.connection(),
                run.id(),
                run.sync().module(),
                fields,
                plan.records().drifted(begun.since().orElseThrow()),
                begun.reached().orElse(null));
        Iterator<CrmPage> all = reader.pages(request);
        return new Iterator<>() {
            private ReadingCursor reached = begun;

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public SelectedPage next() {
                CrmPage page = all.next();
                reached = reached.after(page, last(page), late);
                return selected(
                        page,
                        record -> plan.records().holds(record.values()),
                        Optional.of(new Checkpoint.Selected(RELATED, reached)));
            }
        };
    }

    private Iterator<SelectedPage> deals() {
        ContactsOfDeals contacts =
                new ContactsOfDeals(reader, request(null, false), plan.records(), underWay(DEALS), late);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return contacts.hasNext();
            }

            @Override
            public SelectedPage next() {
                CrmPage page = contacts.next();
                return new SelectedPage(
                        run,
                        page,
                        contacts.passedOver(),
                        Optional.of(new Checkpoint.Selected(DEALS, contacts.reached())));
            }
        };
    }

    private Iterator<SelectedPage> view() {
        // The position in a view cannot be stored across pages, so an interrupted reading of a view begins anew.
        ReadingCursor begun = new ReadingCursor(
                plan.listed().get().steady() ? known(VIEW).since() : Optional.empty(),
                Optional.empty(),
                Optional.empty());
        boolean converted = run.sync().convertedLeads() == Sync.ConvertedLeads.INCLUDE;
        return new Iterator<>() {
            private ReadingCursor reached = begun;
            private final PageWatch tokens = new PageWatch(subject(), MOST_PAGES_OF_VIEW);
            private final PageWatch records = new PageWatch(subject(), MOST_PAGES_OF_VIEW);
            private String following;
            private boolean ended;

            @Override
            public boolean hasNext() {
                return !ended;
            }

            @Override
            public SelectedPage next() {
                CrmViews.Page read = views.page(
                        request(null, false),
                        plan.listed().get(),
                        converted,
                        begun.since().orElse(null),
                        following);
                following = read.next();
                ended = following == null;
                if (!ended) {
                    requireNew(read.page(), following);
                }
                reached = reached.after(read.page(), Optional.empty(), late);
                return selected(
                        read.page(),
                        record -> plan.createdInTime(record.values()),
                        ended ? Optional.of(new Checkpoint.Selected(VIEW, reached)) : Optional.empty());
            }

            // A page may be empty, because records that were deleted since are left out of it.
            private void requireNew(CrmPage page, String token) {
                tokens.next(List.of(token));
                if (!page.records().isEmpty()) {
                    records.next(page.records().stream().map(CrmRecord::id).toList());
                }
            }
        };
    }

    private String subject() {
        return run.connection().name() + ": Zoho CRM returned " + run.sync().module() + " of a view or campaign";
    }

    private ReadRequest request(Cursor from, boolean selected) {
        return new ReadRequest(
                run.connection(),
                run.id(),
                run.sync().module(),
                fields,
                selected ? plan.records().ownCondition() : null,
                from);
    }

    private ReadingCursor known(String reading) {
        return cursors.reading(run.sync().name(), reading).orElse(ReadingCursor.NONE);
    }

    // Where people leave because no reading brings them, each reading has to be complete within one run: an account or
    // a deal that a failed run passed days ago may select somebody by now.
    private ReadingCursor underWay(String reading) {
        ReadingCursor known = known(reading);
        return Action.of(run.sync().whenUnmatched()).isEmpty()
                ? known
                : new ReadingCursor(known.since(), Optional.empty(), Optional.empty());
    }

    private SelectedPage selected(CrmPage page, Predicate<CrmRecord> holds, Optional<Checkpoint> progress) {
        List<CrmRecord> in = page.records().stream().filter(holds).toList();
        List<String> out = page.records().stream()
                .filter(holds.negate())
                .map(CrmRecord::id)
                .toList();
        return new SelectedPage(run, new CrmPage(in, page.unusable(), page.readAt(), page.last()), out, progress);
    }

    private static Optional<Cursor> last(CrmPage page) {
        return page.records().isEmpty()
                ? Optional.empty()
                : Optional.of(page.records().get(page.records().size() - 1))
                        .map(record -> new Cursor(record.modified(), record.id()));
    }
}
