package io.consentbridge.polling;

import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What happened to a few people and their records in one random history, and what has to follow from it. */
final class StoredHistory {

    private static final List<String> WORDS =
            List.of("", "", "Pending", "Consent - Obtained", "Legitimate Interests", "Rejected", "Something else");

    /** A record as the CRM has it. */
    record Row(Person person, String word, boolean optedOut, boolean ground, Instant modified) {

        boolean refuses() {
            return optedOut || word.equals("Rejected");
        }

        @Override
        public String toString() {
            return person.address() + " \"" + word + "\"" + (optedOut ? ", opted out" : "")
                    + (ground ? ", with ground" : "");
        }
    }

    private record Moved(Person to, Set<Person> formers) {}

    /** A consent that a person gave by a click. */
    private record Consent(String version, Instant ends) {}

    final int number;
    final Random random;
    final List<Person> people;
    final Map<String, Row> crm = new LinkedHashMap<>();
    final List<String> tokens = new ArrayList<>();
    final Set<Person> erased = new HashSet<>();
    private final Map<String, Row> read = new HashMap<>();
    private final List<String> deleted = new ArrayList<>();
    private final Set<Person> refused = new HashSet<>();
    private final Set<Person> left = new HashSet<>();
    private final Set<Person> byHand = new HashSet<>();
    private final Set<Person> grounds = new HashSet<>();
    /** By record: its address, and those that it had before. */
    private final Map<String, Moved> moved = new HashMap<>();

    private final Map<Person, Consent> consents = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private int records;

    StoredHistory(int number, long seed) {
        this.number = number;
        random = new Random(seed * 1_000_003 + number);
        people = List.of(
                new Person("h" + number + "a@example.com"),
                new Person("h" + number + "b@example.com"),
                new Person("h" + number + "c@example.com"));
    }

    static int numberOf(Person person) {
        String address = person.address();
        return Integer.parseInt(address.substring(1, address.indexOf('@') - 1));
    }

    void note(Instant at, String what) {
        log.add(at + " " + what);
    }

    String log() {
        return String.join("\n", log);
    }

    Person anybody() {
        return people.get(random.nextInt(people.size()));
    }

    void create(Instant now) {
        String id = "%d%03d".formatted(number + 1, records++);
        Row row = new Row(
                random.nextInt(3) > 0 ? people.get(0) : anybody(),
                WORDS.get(random.nextInt(4)),
                false,
                random.nextInt(4) > 0,
                now);
        crm.put(id, row);
        note(now, "record " + id + " is created: " + row);
    }

    /** One change in the CRM. */
    void change(Instant now) {
        if (crm.isEmpty() || crm.size() < 3 && random.nextInt(8) == 0) {
            create(now);
            return;
        }
        String id = List.copyOf(crm.keySet()).get(random.nextInt(crm.size()));
        Row was = crm.get(id);
        // Who refused in the CRM often takes that back.
        int kind = was.refuses() ? 4 + 5 * random.nextInt(2) : random.nextInt(10);
        if (kind == 0) {
            crm.remove(id);
            if (read.containsKey(id)) {
                deleted.add(id);
            }
            note(now, "record " + id + " is deleted");
            return;
        }
        Row row = switch (kind) {
            case 1, 2, 3 -> new Row(anybody(), was.word, was.optedOut, was.ground, now);
            case 4 -> new Row(was.person, was.word, !was.optedOut, was.ground, now);
            case 5, 6 -> new Row(was.person, was.word, was.optedOut, !was.ground, now);
            default -> new Row(was.person, WORDS.get(random.nextInt(WORDS.size())), was.optedOut, was.ground, now);
        };
        crm.put(id, row);
        note(now, "record " + id + " is changed: " + row);
    }

    List<CrmRecord> page() {
        List<CrmRecord> page = new ArrayList<>();
        crm.forEach((id, row) -> page.add(new CrmRecord(
                id,
                row.modified,
                Map.of(
                        "Email",
                        row.person.address(),
                        "Email_Opt_Out",
                        row.optedOut,
                        "Data_Processing_Basis",
                        row.word,
                        StoreWorld.GROUND,
                        row.ground))));
        return page;
    }

    List<String> deletions() {
        return List.copyOf(deleted);
    }

    /** A run read the history's records and deletions. */
    void wasRead(Instant now) {
        note(now, "a run reads " + crm.keySet() + ", and " + deleted + " as deleted");
        Map<String, Moved> moves = new HashMap<>();
        crm.forEach((id, row) -> {
            Row before = read.put(id, row);
            // Of records of people who were erased nothing is stored.
            boolean known = before != null && !erased.contains(before.person) && !erased.contains(row.person);
            if (known && !before.person.equals(row.person)) {
                Set<Person> formers = withFormer(before.person);
                formers.remove(row.person);
                moves.put(id, new Moved(row.person, formers));
            }
            if (row.ground) {
                grounds.add(row.person);
            }
        });
        moved.putAll(moves);
        deleted.forEach(read::remove);
        deleted.clear();
        read.values().stream().filter(Row::refuses).forEach(row -> takesBack(row.person));
    }

    void confirmed(Person person, String version, Instant ends) {
        consents.put(person, new Consent(version, ends));
    }

    void refused(Person person) {
        refused.add(person);
        takesBack(person);
    }

    /** A refusal counts at later addresses of the person. */
    private void takesBack(Person person) {
        consents.keySet().removeIf(later -> withFormer(later).contains(person));
    }

    void left(Person person) {
        left.add(person);
        takesBack(person);
    }

    boolean hasLeft(Person person) {
        return left.contains(person);
    }

    /** The person made themselves active on the list again; what they consented to before does not count again. */
    void cameBack(Person person) {
        left.remove(person);
    }

    void byHand(Person person, boolean suppressed) {
        if (suppressed) {
            byHand.add(person);
            takesBack(person);
        } else {
            byHand.remove(person);
        }
    }

    void erased(Person person) {
        erased.add(person);
        consents.remove(person);
        moved.values().removeIf(move -> move.to.equals(person));
        moved.values().forEach(move -> move.formers.remove(person));
    }

    /** Why nobody may write to the person; empty if they may be asked. */
    String against(Person person) {
        if (erased.contains(person)) {
            return "was erased";
        } else if (byHand.contains(person)) {
            return "is suppressed by hand";
        } else if (left.contains(person)) {
            return "left the list in Campaigns";
        } else if (withFormer(person).stream().anyMatch(refused::contains)) {
            return "refused a request, perhaps at an earlier address";
        } else if (read.values().stream().anyMatch(row -> row.person.equals(person) && row.refuses())) {
            return "refuses in a record";
        } else if (read.values().stream()
                .anyMatch(row -> row.person.equals(person) && row.word.equals("Something else"))) {
            return "has a record with an unknown word";
        }
        return "";
    }

    private Set<Person> withFormer(Person person) {
        Set<Person> all = new HashSet<>(Set.of(person));
        moved.values().stream().filter(move -> move.to.equals(person)).forEach(move -> all.addAll(move.formers));
        return all;
    }

    /** Why the person must not be asked; empty if they may. */
    String againstAsking(Person person) {
        return grounds.contains(person) ? against(person) : "has no ground";
    }

    /** Why the person must not be put on the list; empty if they may. */
    String againstDelivery(Person person, boolean asks, String version, Instant now) {
        if (asks) {
            Consent consent = consents.get(person);
            if (consent == null || !consent.version.equals(version)) {
                return "did not consent to the present wording";
            } else if (consent.ends != null && !consent.ends.isAfter(now)) {
                return "consented, and that ended";
            }
        } else if (read.values().stream()
                .noneMatch(row -> row.person.equals(person) && row.word.equals("Consent - Obtained"))) {
            return "has no record with a consent";
        }
        return against(person);
    }
}
