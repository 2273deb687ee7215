package io.consentbridge.api;

import io.consentbridge.crm.Criteria;
import io.consentbridge.crm.SelectedRecords;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.sync.ConditionFault;
import io.consentbridge.sync.ConditionText;
import io.consentbridge.sync.Remedy;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncPart;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Describes in words what a sync selects. */
final class SelectionViews {

    private static final String MEMBERS =
            "each run reads all members of a campaign, 200 a call, because Zoho does not document whether new"
                    + " members count as changes. An unchanged member costs no other call";

    private SelectionViews() {}

    /** Returns which records are selected, in one sentence. */
    static String sentence(Sync sync) {
        Selection.Scope scope = sync.selection().scope();
        if (scope instanceof Selection.Each each) {
            return each(sync, each)
                    + sync.selection().created().map(SelectionViews::days).orElse("");
        }
        if (scope instanceof Selection.Nothing) {
            return "nothing: the view or campaign no longer exists, or is no longer selected";
        }
        if (scope instanceof Selection.Campaign) {
            return "the " + sync.module() + " of the campaign "
                    + sync.part().map(SyncPart::label).orElse("");
        }
        String which = scope instanceof Selection.View view
                ? "the records of the custom view "
                        + sync.part().map(SyncPart::label).orElse(view.name())
                : scope instanceof Selection.Criteria criteria
                        ? "records of " + sync.module() + " that meet "
                                + count(criteria.conditions().size())
                        : "all records of " + sync.module();
        return which + sync.selection().created().map(SelectionViews::days).orElse("");
    }

    private static String each(Sync sync, Selection.Each each) {
        if (each.kind() == Selection.Kind.VIEW) {
            return each.names().isEmpty()
                    ? "each custom view of " + sync.module() + ", each to its own list"
                    : "each of these custom views, each to its own list: " + String.join(", ", each.names());
        }
        return each.names().isEmpty()
                ? "the " + sync.module() + " of each active campaign, each to its own list"
                : "the " + sync.module() + " of each of these campaigns, each to its own list: "
                        + String.join(", ", each.names());
    }

    private static String count(int conditions) {
        return conditions == 1 ? "a condition" : conditions + " conditions";
    }

    private static String days(Selection.CreatedRange range) {
        return ", created"
                + (range.from() == null ? "" : " from " + range.from())
                + (range.to() == null ? "" : " to " + range.to());
    }

    /** Returns the selection without asking Zoho; null for a sync of all records. */
    static SelectionView of(Sync sync) {
        return of(sync, Optional.empty(), List.of());
    }

    /** Returns the same, and says what is left open. */
    static SelectionView unasked(Sync sync) {
        return of(
                sync,
                Optional.empty(),
                List.of("a running runtime shows where the conditions are evaluated, because it can read the"
                        + " fields from Zoho"));
    }

    /** Returns the selection with where each condition is evaluated, which needs the module's fields. */
    static SelectionView of(Sync sync, Connection connection, SelectionBinding selecting, LocalDate today) {
        try {
            return of(sync, selecting.division(connection, sync, today), List.of());
        } catch (ConditionFault fault) {
            return of(sync, Optional.empty(), List.of(Remedy.after(fault.getMessage(), fault.whatWouldBeRight())));
        } catch (ZohoFault fault) {
            return of(
                    sync,
                    Optional.empty(),
                    List.of("it is not known where the conditions are evaluated: " + fault.getMessage()));
        }
    }

    private static SelectionView of(Sync sync, Optional<SelectedRecords> records, List<String> problems) {
        Selection selection = sync.selection();
        if (selection.scope() instanceof Selection.Each each) {
            return new SelectionView(null, List.of(), List.of(), eachNotes(selection, each));
        }
        if (selection.scope() instanceof Selection.Campaign) {
            return new SelectionView(null, List.of(), List.of(), List.of(MEMBERS));
        }
        if (selection.scope() instanceof Selection.View) {
            return new SelectionView(null, List.of(), List.of(), viewNotes(selection));
        }
        if (!(selection.scope() instanceof Selection.Criteria criteria)) {
            return null;
        }
        List<String> texts =
                criteria.conditions().stream().map(ConditionText::of).toList();
        List<String> warnings = new ArrayList<>(problems);
        if (criteria.surprises()) {
            warnings.add("and and or are mixed without parentheses and read from the left, as "
                    + criteria.joined().text() + "; if and was meant to go first, write parentheses");
        }
        Optional<Criteria> division = records.flatMap(SelectedRecords::division);
        List<SelectionView.Part> parts = IntStream.rangeClosed(1, texts.size())
                .mapToObj(number -> new SelectionView.Part(
                        number,
                        texts.get(number - 1),
                        division.map(known -> known.where(number).name().toLowerCase(Locale.ROOT))
                                .orElse(null),
                        division.flatMap(known -> known.why(number)).orElse(null)))
                .toList();
        return new SelectionView(
                criteria.joined().spelled(number -> texts.get(number - 1)),
                List.copyOf(warnings),
                parts,
                records.map(SelectionViews::notes).orElse(List.of()));
    }

    private static List<String> eachNotes(Selection selection, Selection.Each each) {
        List<String> notes = new ArrayList<>();
        notes.add("each run lists them again, with one call");
        notes.addAll(each.kind() == Selection.Kind.VIEW ? viewNotes(selection) : List.of(MEMBERS));
        return notes;
    }

    private static List<String> viewNotes(Selection selection) {
        List<String> notes = new ArrayList<>();
        notes.add("200 records a call: only changed ones, unless the view depends on dates or other modules, when"
                + " each run reads all");
        if (selection.created().isPresent()) {
            notes.add("ConsentBridge evaluates the creation dates");
        }
        return notes;
    }

    private static List<String> notes(SelectedRecords records) {
        List<String> notes = new ArrayList<>();
        if (records.drifts()) {
            notes.add("each run makes one more call for records whose lookups changed or whose date has come; only"
                    + " a full run notices a deleted lookup");
        }
        if (records.readsDeals()) {
            notes.add("contacts are read again when they or their deals changed: one call for each 2,000 such deals"
                    + " and one for each 100 contacts");
        }
        return notes;
    }
}
