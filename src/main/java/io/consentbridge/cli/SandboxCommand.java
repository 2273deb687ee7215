package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the sandbox alone, a simulation of Zoho, until somebody stops it. */
@Command(name = "sandbox", description = "only the sandbox, a simulation of Zoho with sample people; until Ctrl-C")
final class SandboxCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            converter = Port.class,
            description = "where it listens (default: any free)")
    private int port;

    @Mixin
    private final SamplePeople people = new SamplePeople();

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "the same seed gives the same people")
    private long seed;

    @Option(names = "--no-quotas", description = "no call quotas and no locks")
    private boolean noQuotas;

    SandboxCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = desk.surroundings().stop();
        try (SandboxStarter.Sandbox sandbox = started()) {
            return stop.guard(sandbox::close, () -> {
                desk.tell(spec, document(sandbox), out -> tell(sandbox, out));
                stop.await();
                return ExitStatus.DONE;
            });
        }
    }

    private SandboxStarter.Sandbox started() {
        try {
            return desk.surroundings().sandbox().start(port, people.count(), seed, !noQuotas);
        } catch (UncheckedIOException taken) {
            throw new OperationFailure.Refused("port " + port + " cannot be opened ("
                    + taken.getCause().getMessage()
                    + "). Stop the program that uses it (another sandbox?), or choose another port with --port");
        }
    }

    private Map<String, Object> document(SandboxStarter.Sandbox sandbox) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("url", sandbox.baseUrl());
        document.put("people", people.count());
        document.put("clientId", sandbox.clientId());
        document.put("clientSecret", sandbox.clientSecret());
        document.put("refreshToken", sandbox.refreshToken());
        document.put("smtpPort", sandbox.smtpPort());
        document.put("mailbox", sandbox.mailboxUrl());
        return document;
    }

    private void tell(SandboxStarter.Sandbox sandbox, PrintWriter out) {
        out.println("The sandbox listens at " + sandbox.baseUrl() + " with " + Words.number(people.count())
                + " people. Stop it with Ctrl-C. To use it, set");
        for (String connection : desk.installation().connections()) {
            SandboxSettings.of(connection, sandbox)
                    .forEach((name, value) -> out.println("  export " + name + "=" + value));
        }
        SandboxSettings.ofMail(sandbox).forEach((name, value) -> out.println("  export " + name + "=" + value));
        out.println("Mails that it takes are shown at " + sandbox.mailboxUrl() + ".");
    }

    /** 0 for any free port. */
    static final class Port implements ITypeConverter<Integer> {

        private static final int HIGHEST = 65_535;

        @Override
        public Integer convert(String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= HIGHEST) {
                    return port;
                }
            } catch (NumberFormatException none) {
                // The answer is the same.
            }
            throw new TypeConversionException("'" + text + "' is not a port from 0 to " + HIGHEST);
        }
    }
}
