package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sync.Schedule;
import io.consentbridge.sync.ScheduleFault;
import io.consentbridge.sync.ScheduleReader;
import java.text.ParseException;
import java.util.Optional;
import org.quartz.CronExpression;

/** Reads {@code schedule}, in words or as a cron expression; a file without it runs only on command. Only a write-back may run every hour. */
final class SyncScheduleReader {

    private static final String EXAMPLE = "{every: week, on: monday, at: \"09:00\"}";

    private final YamlFile file;
    private final JsonNode schedule;
    private final Findings findings;
    private final boolean hours;

    SyncScheduleReader(YamlFile file, Findings findings) {
        this(file, findings, false);
    }

    /** @param hours whether it may recur every hour */
    SyncScheduleReader(YamlFile file, Findings findings, boolean hours) {
        this.hours = hours;
        this.file = file;
        this.schedule = file.tree().path("schedule");
        this.findings = findings;
    }

    Optional<Schedule> read() {
        if (schedule.isMissingNode()) {
            return Optional.empty();
        }
        boolean words = schedule.has("every") || schedule.has("on") || schedule.has("at");
        if (schedule.has("cron")) {
            if (words) {
                findings.add(
                        file.at("/schedule/cron"),
                        "schedule has both cron and every, on or at",
                        "keep one" + " of them");
            }
            return cron(schedule.path("cron").textValue());
        }
        if (!schedule.has("every")) {
            findings.add(file.at("/schedule"), "every is missing in schedule", "write it like " + EXAMPLE);
            return Optional.empty();
        }
        return words();
    }

    private Optional<Schedule> words() {
        String on = schedule.has("on") ? schedule.path("on").asText() : null;
        try {
            String every = schedule.path("every").textValue();
            String at = schedule.path("at").textValue();
            return Optional.of(
                    hours ? ScheduleReader.readWithHours(every, on, at) : ScheduleReader.read(every, on, at));
        } catch (ScheduleFault fault) {
            findings.add(file.at("/schedule/" + fault.key()), fault.getMessage(), fault.whatWouldBeRight());
            return Optional.empty();
        }
    }

    private Optional<Schedule> cron(String expression) {
        try {
            CronExpression.validateExpression(expression);
            return Optional.of(new Schedule.Cron(expression, "cron " + expression));
        } catch (ParseException bad) {
            findings.add(
                    file.at("/schedule/cron"),
                    "\"" + expression + "\" is not a cron expression (" + bad.getMessage() + ")",
                    "write six fields, seconds first, such as \"0 0 9 ? * MON\"");
            return Optional.empty();
        }
    }
}
