package io.consentbridge.sandbox.campaigns;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The recipients of a campaign by action, in the order and with the members that the switches ask for. */
final class RecipientRows {

    private static final DateTimeFormatter SECONDS = written("MMM d, yyyy h:mm:ss a");
    private static final DateTimeFormatter MINUTES = written("MMM d, yyyy h:mm a");
    private static final int SCANNED_LINKS = 4;
    private static final int SNAPSHOTS = 4;

    /** What a caller may ask for. */
    enum Action {
        SENT("sentcontacts"),
        OPENED("openedcontacts"),
        UNOPENED("unopenedcontacts"),
        CLICKED("clickedcontacts"),
        OPTED_OUT("optoutcontacts"),
        SPAM("spamcontacts"),
        HARD_BOUNCE("senthardbounce"),
        SOFT_BOUNCE("sentsoftbounce"),
        UNSENT("unsentcontacts");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        static Optional<Action> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst();
        }
    }

    /** One mail, or one person to whom nothing was sent: then {@code dispatch} is null. */
    private record Entry(Contact contact, Dispatch dispatch, int index, long at) {}

    private record Snapshot(String of, List<Entry> entries) {}

    private final Choices choices;
    private final Map<String, Snapshot> snapshots = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Snapshot> eldest) {
            return size() > SNAPSHOTS;
        }
    });

    RecipientRows(Choices choices) {
        this.choices = choices;
    }

    /** Returns the rows of a page as of {@code now}. */
    List<Object> rows(Mailing mailing, Action action, String type, Page page, long now) {
        List<Entry> all = entries(mailing, action, now);
        int from = page.from();
        if (from > 1) {
            from = Math.max(1, from - choices.number(OpenPoint.RECIPIENTS_REPEAT))
                    + choices.number(OpenPoint.RECIPIENTS_SKIP);
        }
        List<Object> rows = new ArrayList<>();
        new Page(from, page.range(), page.descending())
                .of(all)
                .forEach(entry -> rows.add(row(entry, action, type, now)));
        return rows;
    }

    private List<Entry> entries(Mailing mailing, Action action, long now) {
        List<Entry> found;
        String order = choices.value(OpenPoint.RECIPIENTS_ORDER);
        String place = mailing.key() + " " + action;
        String of = order + " " + choices.value(OpenPoint.UNSENT) + " " + size(mailing, action, now);
        Snapshot known = snapshots.get(place);
        if (known != null && known.of().equals(of)) {
            found = known.entries();
        } else {
            found = sorted(read(mailing, action, now), order);
            snapshots.put(place, new Snapshot(of, found));
        }
        if (order.equals("shuffled")) {
            found = new ArrayList<>(found);
            Collections.shuffle(found, new Random());
        }
        return found;
    }

    // What happened stays, so that equal versions and equal numbers are equal people.
    private static String size(Mailing mailing, Action action, long now) {
        StringBuilder text = new StringBuilder();
        for (Dispatch dispatch : mailing.dispatches()) {
            int count = 0;
            for (int i = 0; i < dispatch.size(); i++) {
                count += at(dispatch, i, action, now) <= now ? 1 : 0;
            }
            text.append(dispatch.version()).append(':').append(count).append(' ');
        }
        return text.toString();
    }

    private List<Entry> read(Mailing mailing, Action action, long now) {
        List<Entry> found = new ArrayList<>();
        for (Dispatch dispatch : mailing.dispatches()) {
            if (action == Action.UNSENT) {
                dispatch.notSent(choices.is(OpenPoint.UNSENT, "all"))
                        .forEach(contact -> found.add(new Entry(contact, null, 0, 0)));
                continue;
            }
            for (int i = 0; i < dispatch.size(); i++) {
                long at = at(dispatch, i, action, now);
                if (at <= now) {
                    found.add(new Entry(dispatch.person(i), dispatch, i, at));
                }
            }
        }
        return found;
    }

    private static List<Entry> sorted(List<Entry> entries, String order) {
        Comparator<Entry> byTime = Comparator.comparingLong(Entry::at);
        return switch (order) {
            case "newest" -> entries.stream().sorted(byTime.reversed()).toList();
            case "oldest" -> entries.stream().sorted(byTime).toList();
            default -> List.copyOf(entries);
        };
    }

    /** Returns since when the action holds for somebody, or {@link Dispatch#NEVER}. */
    private static long at(Dispatch dispatch, int i, Action action, long now) {
        if (dispatch.sent(i) > now) {
            return Dispatch.NEVER;
        }
        return switch (action) {
            case SENT -> dispatch.sent(i);
            case OPENED -> dispatch.at(Reaction.OPEN, i);
            case UNOPENED ->
                dispatch.bounced(i, now) || dispatch.did(Reaction.OPEN, i, now) ? Dispatch.NEVER : dispatch.sent(i);
            case CLICKED -> Math.min(dispatch.at(Reaction.CLICK, i), dispatch.at(Reaction.SCAN, i));
            case OPTED_OUT -> Math.min(dispatch.at(Reaction.UNSUBSCRIBE, i), dispatch.at(Reaction.LEAVE_TOPIC, i));
            case SPAM -> dispatch.at(Reaction.COMPLAIN, i);
            case HARD_BOUNCE -> dispatch.at(Reaction.HARD_BOUNCE, i);
            case SOFT_BOUNCE -> dispatch.at(Reaction.SOFT_BOUNCE, i);
            case UNSENT -> Dispatch.NEVER;
        };
    }

    private Map<String, Object> row(Entry entry, Action action, String type, long now) {
        Contact contact = entry.contact();
        boolean known = choices.is(OpenPoint.NAMES, "contactfn");
        long sent = entry.dispatch() == null ? 0 : entry.dispatch().sent(entry.index());
        Map<String, Object> row = new Cells(choices)
                .text(
                        "contactid",
                        449_000_000_000_000_000L + Math.floorMod(Chance.hash(contact.email()), 1_000_000_000_000L))
                .text("contactemailaddress", contact.email())
                .text("contactstatus", status(contact))
                .text(known ? "contactfn" : "firstname", contact.fields().get("First Name"))
                .text(known ? "contactln" : "lastname", contact.fields().get("Last Name"))
                .text("companyname", contact.fields().get("Company Name"))
                .text("phone", contact.fields().get("Phone"))
                .text("jobtitle", null)
                .text("country", null)
                .text("zuid", null)
                .millis("sent_time", sent)
                .date("sentdate", sent)
                .row();
        if (choices.is(OpenPoint.EVENT_TIMES, "told")) {
            event(action).ifPresent(name -> row.put(name, ListCalls.text(entry.at())));
        }
        if (entry.dispatch() != null && !choices.is(OpenPoint.TIMELINE, "none")) {
            timeline(entry, action, type, now).ifPresent(reports -> row.put("reports", reports));
        }
        return row;
    }

    private static Optional<String> event(Action action) {
        return switch (action) {
            case HARD_BOUNCE, SOFT_BOUNCE -> Optional.of("bouncedDate");
            case OPTED_OUT -> Optional.of("optOutTime");
            default -> Optional.empty();
        };
    }

    private Optional<List<Object>> timeline(Entry entry, Action action, String type, long now) {
        Dispatch dispatch = entry.dispatch();
        int i = entry.index();
        List<Object> reports = new ArrayList<>();
        if ("open_timeline".equals(type) && action == Action.OPENED) {
            reports.add(report(dispatch.at(Reaction.OPEN, i)));
        } else if ("click_timeline".equals(type) && action == Action.CLICKED) {
            if (dispatch.did(Reaction.SCAN, i, now)) {
                for (int link = 1; link <= SCANNED_LINKS; link++) {
                    reports.add(report(dispatch.at(Reaction.SCAN, i) + 20L * link));
                }
            }
            if (dispatch.did(Reaction.CLICK, i, now)) {
                reports.add(report(dispatch.at(Reaction.CLICK, i)));
            }
        } else {
            return Optional.empty();
        }
        return Optional.of(reports);
    }

    private Map<String, Object> report(long at) {
        DateTimeFormatter written = choices.is(OpenPoint.TIMELINE, "seconds") ? SECONDS : MINUTES;
        return Map.of("time", written.format(Instant.ofEpochMilli(at)));
    }

    private static String status(Contact contact) {
        return switch (contact.bar()) {
            case NONE -> contact.topics().isEmpty() ? "Unsubscribed" : "Active";
            case BOUNCED -> "Bounced";
            case BLOCKED -> "Blocked";
            case DO_NOT_MAIL -> "DoNotMail";
            case SPAM -> "Spam";
        };
    }

    private static DateTimeFormatter written(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
