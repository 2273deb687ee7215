package io.consentbridge.config;

import io.consentbridge.config.PropertiesFile.Entry;
import io.consentbridge.config.Settings.Backoff;
import io.consentbridge.config.Settings.Brake;
import io.consentbridge.config.Settings.CrmUpdates;
import io.consentbridge.config.Settings.Database;
import io.consentbridge.config.Settings.Delivery;
import io.consentbridge.config.Settings.Freshness;
import io.consentbridge.config.Settings.Http;
import io.consentbridge.config.Settings.LogFormat;
import io.consentbridge.config.Settings.Quotas;
import io.consentbridge.config.Settings.Rejoin;
import io.consentbridge.config.Settings.Retention;
import io.consentbridge.config.Settings.Retry;
import io.consentbridge.config.Settings.Window;
import io.consentbridge.sync.Limits;
import io.consentbridge.sync.Nearest;
import io.consentbridge.zoho.CallLimits;
import io.consentbridge.zoho.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code application.properties} and the environment variables that override it. */
final class SettingsReader {

    private static final int ANY = Integer.MAX_VALUE;
    /** What an update costs if the fields of its module are not known (docs/zoho-notes.md, "CRM: writes"). */
    private static final int LEAST_CREDITS = 3;

    private static final int MOST_DAYS = 36_500;
    private static final Set<String> LOG_LEVELS = Set.of("", "error", "warn", "info", "debug");

    private final Map<String, Entry> entries;
    private final TypedSettings settings;
    private final Findings findings;
    private final ConnectionsReader connections;
    private final List<String> names;
    private final Home home;
    private final int before;

    /** @param credentials whether each connection must have its credential */
    SettingsReader(Path file, Map<String, String> environment, boolean credentials, Findings findings) {
        this.before = findings.size();
        this.home = Home.of(file.getParent(), environment);
        this.entries = PropertiesFile.read(file, findings);
        this.settings =
                new TypedSettings(new RawSettings(file.toString(), entries, environment, home, findings), findings);
        this.findings = findings;
        this.connections = new ConnectionsReader(settings, credentials, findings);
        this.names = connections.names();
    }

    /** The names of the connections, whether or not the other settings are valid. */
    List<String> connectionNames() {
        return names;
    }

    /** The settings; empty if one of them is wrong. */
    Optional<Settings> read() {
        refuseUnknown();
        requireLogLevel();
        Network network = new NetworkReader(settings, home).read();
        AskingSettings asking = new AskingReader(settings).read(network.trust());
        Settings read = new Settings(
                connections.read(names),
                database(),
                new Http(settings.text("http.host"), settings.number("http.port", 0, 65535)),
                limits(),
                new Brake(
                        settings.number("brake.share", 0, 100),
                        settings.number("brake.people", 0, ANY),
                        settings.number("brake.half", 0, ANY),
                        settings.number("brake.all", 0, ANY)),
                new Delivery(
                        settings.number("delivery.connections", 1, 20),
                        settings.number("delivery.batch", 1, 10000),
                        settings.number("delivery.batches", 1, 10),
                        settings.duration("delivery.every", Duration.ofMillis(10))),
                asking,
                settings.number("confirmation.per-hour", 0, ANY),
                retry(),
                new CallLimits(
                        settings.duration("calls.deadline", Duration.ofMillis(100)),
                        settings.bytes("calls.largest-reply", CallLimits.megabytes(1)),
                        network),
                backoff(),
                freshness(),
                new ConsentWordsReader(settings, findings).read(),
                settings.flag("schedule.catch-up"),
                rejoin(),
                settings.duration("lease", Duration.ofSeconds(1)),
                quotas(),
                new LedgerReader(settings, home, asking.smtp(), network).read(),
                crmUpdates(),
                settings.number("history.keep-days", 0, ANY),
                new Retention(
                        settings.number("retention.people", 0, MOST_DAYS),
                        settings.number("retention.confirmations", 0, MOST_DAYS),
                        settings.number("retention.updates", 0, MOST_DAYS),
                        settings.number("retention.checkpoints", 0, MOST_DAYS)),
                logFormat(),
                texts());
        return findings.size() == before ? Optional.of(read) : Optional.empty();
    }

    private void refuseUnknown() {
        List<String> known = SettingNames.all(names);
        entries.forEach((name, entry) -> {
            if (!known.contains(name) && !SettingNames.isFree(name)) {
                findings.add(entry.place(), name + " is not a setting", Nearest.hint(name, known));
            }
        });
    }

    private Database database() {
        String url = settings.text("database.url");
        if (!settings.isBroken("database.url")) {
            DatabaseUrl.problem(url)
                    .ifPresent(problem -> findings.add(
                            settings.placeOf("database.url"),
                            problem,
                            "write jdbc:sqlite:data/consentbridge.db or jdbc:postgresql://host/name"));
        }
        return new Database(home.database(url), settings.text("database.user"), settings.text("database.password"));
    }

    private Limits limits() {
        return new Limits(
                settings.number("limits.active-syncs", 0, ANY),
                settings.number("limits.runs-per-day", 0, ANY),
                settings.number("limits.runs-per-month", 0, ANY),
                settings.number("limits.full-syncs-per-day", 0, ANY),
                settings.number("limits.full-syncs-per-month", 0, ANY));
    }

    private Retry retry() {
        return new Retry(
                settings.number("retry.attempts", 1, 100),
                settings.duration("retry.delay", Duration.ZERO),
                atLeast("retry.delay.most", "retry.delay", Duration.ZERO),
                settings.decimal("retry.multiplier", 1, 10),
                settings.decimal("retry.multiplier.reading", 1, 10),
                settings.decimal("retry.jitter", 0, 1));
    }

    private Backoff backoff() {
        Duration least = Duration.ofMillis(1);
        return new Backoff(settings.duration("hold.first", least), atLeast("hold.most", "hold.first", least));
    }

    private Freshness freshness() {
        return new Freshness(
                settings.duration("cursor.overlap", Duration.ZERO),
                settings.duration("delivery.recheck", Duration.ofSeconds(1)),
                settings.duration("opt-outs.every", Duration.ofSeconds(1)));
    }

    private Duration atLeast(String most, String first, Duration least) {
        Duration longest = settings.duration(most, least);
        if (longest.compareTo(settings.duration(first, least)) < 0) {
            settings.wrong(most, "write a duration no shorter than " + first);
        }
        return longest;
    }

    private CrmUpdates crmUpdates() {
        List<String> triggers = Arrays.stream(
                        settings.text("crm.update-triggers").split(","))
                .map(String::strip)
                .filter(trigger -> !trigger.isEmpty())
                .toList();
        for (String trigger : triggers) {
            if (!CrmUpdates.TRIGGERS.contains(trigger)) {
                settings.wrong(
                        "crm.update-triggers",
                        "Zoho CRM starts one or several of these for a change: "
                                + String.join(", ", CrmUpdates.TRIGGERS) + "; write nothing to start none");
            }
        }
        return new CrmUpdates(triggers, settings.number("crm.credits-kept", 0, ANY));
    }

    private Quotas quotas() {
        Map<String, List<Window>> byMethod = new LinkedHashMap<>();
        SettingNames.quotaMethods()
                .forEach(name -> byMethod.put(name.replace('-', '/'), settings.windows("quota." + name)));
        if (byMethod.get("crm/update").stream().anyMatch(window -> window.calls() < LEAST_CREDITS)) {
            settings.wrong(
                    "quota.crm-update",
                    "write at least " + LEAST_CREDITS
                            + " credits per period: an update costs one to read the fields of its module, one to read the"
                            + " address of its record, and one to write");
        }
        return new Quotas(byMethod, settings.windows("quota.default"));
    }

    private Rejoin rejoin() {
        return switch (settings.text("refusals.rejoin")) {
            case "person" -> Rejoin.PERSON;
            case "anybody" -> Rejoin.ANYBODY;
            case "never" -> Rejoin.NEVER;
            default -> {
                settings.wrong("refusals.rejoin", "write person, anybody or never");
                yield Rejoin.NEVER;
            }
        };
    }

    /** Reports a log level in the file: only the command line sets it. */
    private void requireLogLevel() {
        // Many programs read a variable LOG_LEVEL, and know other levels.
        boolean ofOthers = settings.placeOf("log.level").equals(Place.whole("LOG_LEVEL in the environment"));
        if (!ofOthers && !LOG_LEVELS.contains(settings.text("log.level").strip().toLowerCase(Locale.ROOT))) {
            settings.wrong("log.level", "write error, warn, info or debug");
        }
    }

    private LogFormat logFormat() {
        return switch (settings.text("log.format")) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> {
                settings.wrong("log.format", "write text or json");
                yield LogFormat.TEXT;
            }
        };
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        SettingNames.all(names).stream()
                .filter(name -> !SettingNames.isSecret(name))
                .forEach(name -> texts.put(name, settings.text(name)));
        texts.computeIfPresent("database.url", (name, url) -> home.database(url));
        entries.keySet().stream().filter(SettingNames::isFree).forEach(name -> texts.put(name, settings.text(name)));
        return texts;
    }
}
