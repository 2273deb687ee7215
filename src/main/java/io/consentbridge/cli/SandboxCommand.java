package io.consentbridge.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The stand-in for Zoho alone, until somebody stops it. */
@Command(name = "sandbox", description = "only the stand-in for Zoho, with sample people; until Ctrl-C")
final class SandboxCommand implements Callable<Integer> {

    private final Desk desk;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "where it listens (default: any free)")
    private int port;

    @Mixin
    private final SamplePeople people = new SamplePeople();

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "the same seed makes the same people")
    private long seed;

    @Option(names = "--no-quotas", description = "neither count nor lock as Zoho does")
    private boolean noQuotas;

    SandboxCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = desk.surroundings().stop();
        try (SandboxStarter.Sandbox sandbox =
                desk.surroundings().sandbox().start(port, people.count(), seed, !noQuotas)) {
            return stop.guard(sandbox::close, () -> {
                desk.tell(spec, document(sandbox), out -> tell(sandbox, out));
                stop.await();
                return ExitStatus.DONE;
            });
        }
    }

    private Map<String, Object> document(SandboxStarter.Sandbox sandbox) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("url", sandbox.baseUrl());
        document.put("people", people.count());
        document.put("clientId", sandbox.clientId());
        document.put("clientSecret", sandbox.clientSecret());
        document.put("refreshToken", sandbox.refreshToken());
        return document;
    }

    private void tell(SandboxStarter.Sandbox sandbox, PrintWriter out) {
        out.println("The sandbox listens at " + sandbox.baseUrl() + " with " + Words.number(people.count())
                + " people; Ctrl-C ends it. To use it, set");
        for (String connection : desk.installation().connections()) {
            SandboxSettings.of(connection, sandbox)
                    .forEach((name, value) -> out.println("  export " + name + "=" + value));
        }
    }
}
