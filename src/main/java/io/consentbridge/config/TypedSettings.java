package io.consentbridge.config;

import io.consentbridge.config.RawSettings.Value;
import io.consentbridge.config.Settings.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings as numbers, durations and windows. A value that cannot be read is a finding, and a harmless value is used
 * instead.
 */
final class TypedSettings {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");
    private static final Pattern WINDOW = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{1,9}\\s*(?:s|m|h|d))");

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,3}(\\.\\d{1,4})?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB)");
    private static final long MOST_BYTES = 1L << 30;

    private final RawSettings raw;
    private final Findings findings;

    TypedSettings(RawSettings raw, Findings findings) {
        this.raw = raw;
        this.findings = findings;
    }

    String text(String name) {
        return raw.get(name).map(Value::text).orElse("");
    }

    /** The text of an optional setting: a value that cannot be read counts as not given. */
    String textIfThere(String name) {
        return raw.ifThere(name).map(Value::text).orElse("");
    }

    Place placeOf(String name) {
        return raw.placeOf(name);
    }

    /** Whether the setting is given, but its placeholder could not be resolved, which is reported already. */
    boolean isBroken(String name) {
        return raw.isGiven(name) && raw.get(name).isEmpty();
    }

    int number(String name, int least, int most) {
        Optional<Value> value = raw.get(name);
        try {
            int number = Integer.parseInt(value.map(Value::text).orElse("" + least));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, like a number out of bounds.
        }
        wrong(
                name,
                most == Integer.MAX_VALUE
                        ? "write a whole number, " + least + " or more"
                        : "write a whole number from " + least + " to " + most);
        return least;
    }

    /** A number that may have a fraction, written with a dot. */
    double decimal(String name, int least, int most) {
        Optional<Value> value = raw.get(name);
        String text = value.map(Value::text).orElse("" + least);
        double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : -1;
        if (number >= least && number <= most) {
            return number;
        }
        wrong(name, "Write a number from " + least + " to " + most + ", such as " + least + ".5");
        return least;
    }

    /** Whether the setting is true; false otherwise. */
    boolean flag(String name) {
        String text = text(name);
        if (!text.equals("true") && !text.equals("false")) {
            wrong(name, "write true or false");
        }
        return text.equals("true");
    }

    /** The duration of a setting; a bare number counts milliseconds. */
    Duration duration(String name, Duration least) {
        Optional<Value> value = raw.get(name);
        Optional<Duration> duration =
                value.isEmpty() ? Optional.of(least) : parse(value.get().text());
        if (duration.filter(given -> given.compareTo(least) >= 0).isEmpty()) {
            wrong(name, "write a duration such as 30s, 5m or 1h, of at least " + least.toMillis() + "ms");
            return least;
        }
        return duration.get();
    }

    /** The size of a setting in KB, MB or GB, at most what Java keeps in one array. */
    long bytes(String name, long least) {
        Optional<Value> value = raw.get(name);
        long bytes = value.isEmpty() ? least : size(value.get().text());
        if (bytes < least || bytes > MOST_BYTES) {
            wrong(name, "write a size such as 64MB, from 1MB to 1GB");
            return least;
        }
        return bytes;
    }

    private static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return -1;
        }
        long unit = switch (matcher.group(2)) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            default -> 1L << 30;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    List<Window> windows(String name) {
        String text = text(name);
        List<Window> windows = new ArrayList<>();
        if (text.equals("none")) {
            return windows;
        }
        for (String part : text.split(",")) {
            Matcher matcher = WINDOW.matcher(part.strip());
            Optional<Window> window = matcher.matches()
                    ? parse(matcher.group(2)).map(per -> new Window(Integer.parseInt(matcher.group(1)), per))
                    : Optional.empty();
            if (window.filter(one -> one.calls() > 0 && !one.per().isZero()).isEmpty()) {
                wrong(name, "write calls per period, such as 500/1m, 12500/1h, or none");
                return List.of();
            }
            windows.add(window.get());
        }
        return windows;
    }

    /** Reports once that the value of a setting is wrong, and shows it unless it is a secret. */
    void wrong(String name, String whatWouldBeRight) {
        if (isBroken(name)) {
            return;
        }
        String shown = SettingNames.isSecret(name) ? "not usable" : "\"" + withoutCredentials(text(name)) + "\"";
        findings.add(raw.placeOf(name), name + " is " + shown, whatWouldBeRight);
    }

    private static String withoutCredentials(String text) {
        return text.replaceAll("//[^/]*@", "//…@");
    }

    private static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return Optional.of(
                switch (unit) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
