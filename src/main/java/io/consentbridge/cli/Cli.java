package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.ProblemDetails;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.Traced;
import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command line: parses the arguments, carries out one command, and returns its exit status. */
public final class Cli {

    private final CommandLine commands;
    private final CliEnvironment surroundings;
    private final Root root = new Root();
    private Visible visibleOut;

    /**
     * Creates the command line of this process.
     *
     * @param runtime opens an installation when no runtime is up
     * @param sandbox starts the sandbox that simulates Zoho
     */
    public Cli(LocalRuntime runtime, SandboxStarter sandbox) {
        this(new CliEnvironment(
                runtime,
                sandbox,
                System.getenv(),
                StopSignal.ofProcess(),
                Clock.systemDefaultZone(),
                isTerminal(),
                () -> System.console().readLine()));
        writingTo(utf8(System.out), utf8(System.err));
    }

    /** Returns whether a person is at a terminal; since Java 22 there is a console even without one. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    /** Returns a writer in UTF-8: JSON is always written in it, and text loses nothing by it. */
    private static Writer utf8(PrintStream stream) {
        return new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    }

    Cli(CliEnvironment surroundings) {
        this.surroundings = surroundings;
        CommandContext desk = new CommandContext(root, surroundings);
        this.commands = new CommandLine(root)
                .addSubcommand(new DemoCommand(desk))
                .addSubcommand(new StartCommand(desk))
                .addSubcommand(new CheckCommand(desk))
                .addSubcommand(new StatusCommand(desk))
                .addSubcommand(new CommandLine(new SyncCommands(desk)).addSubcommand(new PreviewCommand(desk)))
                .addSubcommand(new HistoryCommand(desk))
                .addSubcommand(new DeadLetterCommands(desk))
                .addSubcommand(new ExplainCommand(desk))
                .addSubcommand(new PersonCommands(desk))
                .addSubcommand(new ConsentCommands(desk))
                .addSubcommand(new LedgerCommands(desk))
                .addSubcommand(new QuotaCommand(desk))
                .addSubcommand(new SandboxCommand(desk))
                .addSubcommand(new ReloadCommand(desk))
                .addSubcommand(new RoutesCommands(desk))
                .addSubcommand(new StoreCommands(desk));
        // The folder given with --routes may have the same name as the command.
        commands.setAllowSubcommandsAsOptionParameters(true);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpWidth(80);
        commands.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        commands.setExecutionStrategy(this::run);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        commands.setParameterExceptionHandler(this::misused);
    }

    Cli writingTo(Writer out, Writer err) {
        visibleOut = new Visible(out, () -> root.json);
        commands.setOut(new PrintWriter(visibleOut, true)).setErr(new PrintWriter(new Visible(err, () -> false), true));
        return this;
    }

    /**
     * Carries out the command and returns its exit status; results go to standard output, everything else to standard error.
     */
    public int execute(String... args) {
        try {
            return commands.execute(args);
        } catch (Error error) {
            return failed(new IllegalStateException(Failures.text(error), error));
        }
    }

    private int run(ParseResult parsed) {
        boolean start =
                parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof StartCommand;
        if (isDemo(parsed) && !isGiven(parsed, "--config")) {
            root.config = Root.samples();
        }
        Installation installation = Installation.read(root.config, surroundings.env());
        Logs.Amount usual = start ? Logs.Amount.INFO : Logs.Amount.WARN;
        Logs.configure(
                Optional.ofNullable(root.logLevel).or(installation::logLevel).orElse(usual), installation.jsonLog());
        if (asksForHelp(parsed) && surroundings.colours()) {
            visibleOut.colours();
            commands.setColorScheme(Help.defaultColorScheme(Help.Ansi.ON));
        }
        return new RunLast().execute(parsed);
    }

    private static boolean asksForHelp(ParseResult parsed) {
        return parsed.isUsageHelpRequested() || parsed.hasSubcommand() && asksForHelp(parsed.subcommand());
    }

    private static boolean isDemo(ParseResult parsed) {
        return parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof DemoCommand;
    }

    /** Returns whether the command line contains the option, before or after the command's name. */
    private static boolean isGiven(ParseResult parsed, String option) {
        return parsed.hasMatchedOption(option) || parsed.hasSubcommand() && isGiven(parsed.subcommand(), option);
    }

    private int failed(Exception failure) {
        if (surroundings.stop().came()) {
            // A failure because the installation was closed during the command is not the command's own failure.
            surroundings.stop().await();
        }
        if (!(failure instanceof OperationFailure)) {
            LoggerFactory.getLogger(Cli.class).debug("The command failed", Traced.of(failure));
        }
        String detail = failure instanceof OperationFailure
                ? failure.getMessage()
                : kind(failure) + "\nFor the stack trace: --log-level debug";
        tell(root.json, ProblemDetails.of(failure), detail);
        return ExitStatus.of(failure);
    }

    private static String kind(Exception failure) {
        String name = failure.getClass().getSimpleName();
        String text = Failures.text(failure);
        return text.startsWith(name) ? text : name + ": " + text;
    }

    private int misused(ParameterException wrong, String[] args) {
        boolean json = Arrays.asList(args).contains("--json");
        OperationFailure failure = Misuse.of(wrong);
        tell(json, ProblemDetails.of(failure), failure.getMessage());
        return ExitStatus.USAGE_OR_CONFIGURATION;
    }

    private void tell(boolean json, ProblemDetails problem, String text) {
        if (json) {
            commands.getOut().println(CommandContext.json(problem));
            commands.getOut().flush();
        }
        text.lines().forEach(line -> commands.getErr().println("consentbridge: " + line));
        commands.getErr().flush();
    }
}
