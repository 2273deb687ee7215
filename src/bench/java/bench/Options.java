package bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What the user asks for.
 *
 * @param people how many people the measured syncs select
 * @param connections calls to Campaigns at once, of the product and of what it is compared with
 * @param outcomes how many outcomes the history holds when it is read
 * @param only the names of the cases that run
 * @param postgres the JDBC URL of a PostgreSQL in which the user may create schemas; null for one that the bench starts
 */
record Options(int people, int connections, int outcomes, List<String> only, String postgres) {

    private static final int PEOPLE = 100_000;
    private static final int CONNECTIONS = 10;
    private static final int FEWEST = 2_000;
    private static final int MOST = 1_000_000;
    private static final int MOST_CONNECTIONS = 20;
    private static final int OUTCOMES = 1_000_000;
    /** With fewer people so many full runs make the history, unless the number of outcomes is given. */
    private static final int RUNS = 10;

    /** An option that cannot be understood. */
    static final class Misuse extends Exception {

        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }

    static Options of(List<String> arguments, List<String> cases) throws Misuse {
        int people = PEOPLE;
        int connections = CONNECTIONS;
        int outcomes = 0;
        List<String> only = cases;
        String postgres = null;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--people" -> people = number(option, value(option, rest), FEWEST, MOST);
                case "--connections" -> connections = number(option, value(option, rest), 1, MOST_CONNECTIONS);
                case "--outcomes" -> outcomes = number(option, value(option, rest), 1, Integer.MAX_VALUE);
                case "--only" -> only = chosen(value(option, rest), cases);
                case "--postgres" -> postgres = value(option, rest);
                default ->
                    throw new Misuse("unknown option " + option + "; there are --people N, --connections N,"
                            + " --outcomes N, --only CASES and --postgres URL");
            }
        }
        return new Options(people, connections, outcomes == 0 ? usualOutcomes(people) : outcomes, only, postgres);
    }

    private static int usualOutcomes(int people) {
        return Math.max(people, Math.min(RUNS * people, OUTCOMES));
    }

    private static List<String> chosen(String names, List<String> cases) throws Misuse {
        List<String> chosen = new ArrayList<>(cases);
        List<String> wanted = Arrays.asList(names.split(","));
        for (String name : wanted) {
            if (!cases.contains(name)) {
                throw new Misuse("there is no case " + name + "; there are " + String.join(", ", cases));
            }
        }
        chosen.retainAll(wanted);
        return chosen;
    }

    private static String value(String option, Iterator<String> rest) throws Misuse {
        if (!rest.hasNext()) {
            throw new Misuse(option + " needs a value");
        }
        return rest.next();
    }

    private static int number(String option, String text, int least, int most) throws Misuse {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // The answer is the same.
        }
        throw new Misuse(option + " needs a number from " + least + " to " + most + ", not " + text);
    }
}
