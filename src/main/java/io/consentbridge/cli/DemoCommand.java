package io.consentbridge.cli;

import io.consentbridge.api.ConfirmationsView;
import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.api.SyncView;
import io.consentbridge.runtime.Extent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the product without Zoho: sample people, one run of each active sync, and the results. */
@Command(name = "demo", description = "run each active sync once against sample people, and print the results")
final class DemoCommand implements Callable<Integer> {

    private static final int DEAD_LETTERS_SHOWN = 20;

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    @Option(names = "--keep", description = "keep the sandbox and the API running until Ctrl-C")
    private boolean keep;

    @Mixin
    private final SamplePeople people = new SamplePeople();

    DemoCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        Instant begin = desk.surroundings().clock().instant();
        try (DemoStage stage = DemoStage.set(desk, people.count(), Extent.API)) {
            return desk.surroundings().stop().guard(stage::close, () -> play(stage, begin));
        }
    }

    private int play(DemoStage stage, Instant begin) throws InterruptedException {
        List<RunView> runs = runEach(stage);
        List<ConfirmationsView> answers = stage.answers();
        Duration took = Duration.between(begin, desk.surroundings().clock().instant());
        List<DeadLetterView> dead = stage.operations().deadLetters(DEAD_LETTERS_SHOWN);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("runs", runs);
        document.put("confirmations", answers);
        desk.tell(spec, document, out -> summary(runs, answers, dead, took, out));
        if (keep) {
            desk.remark(spec, stage.whereToLook());
            desk.surroundings().stop().await();
        }
        return ExitStatus.of(runs);
    }

    private List<RunView> runEach(DemoStage stage) throws InterruptedException {
        boolean visible = desk.surroundings().terminal() && !desk.options().json;
        Consumer<RunProgress> progress = Progress.on(spec.commandLine().getErr(), visible);
        Operations operations = stage.operations();
        List<RunView> runs = new ArrayList<>();
        for (SyncView sync : operations.syncs()) {
            if (sync.state().equals("active")) {
                runs.add(stage.awaitRun(operations.startRun(sync.name(), false).run(), progress));
            }
        }
        return runs;
    }

    private void summary(
            List<RunView> runs,
            List<ConfirmationsView> answers,
            List<DeadLetterView> dead,
            Duration took,
            PrintWriter out) {
        out.println("Sample people in the sandbox: " + Words.number(people.count()) + ". Nothing went to Zoho.");
        if (runs.isEmpty()) {
            out.println("No sync is active in " + desk.options().config + "/syncs.");
            return;
        }
        new RunText(desk.words()).summary(runs, out);
        out.println();
        if (!answers.isEmpty()) {
            out.println("Consent asked for by mail; some of the sample people answer");
            ConfirmationText.table(answers, out);
            out.println();
        }
        if (dead.isEmpty()) {
            out.println("The dead-letter channel is empty.");
        } else {
            out.println("Dead letters");
            new DeadLetterText(desk.words()).list(dead, out);
        }
        out.println();
        out.println(Words.count(runs.size(), "run") + " in " + Words.duration(took) + ".");
    }
}
