package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.PreviewView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a run would do, person by person; nothing is changed anywhere. */
@Command(name = "preview", description = "dry run: what a run would do, person by person; changes nothing")
final class PreviewCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--full", description = "what a run over every record would do")
    private boolean full;

    @Option(names = "--all", description = "include people without changes")
    private boolean all;

    @Option(names = "--save", paramLabel = "FILE", description = "save it as a plan, for sync run --plan")
    private Path save;

    PreviewCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (CommandContext.Reach reach = desk.reachZoho()) {
            Operations operations = reach.operations();
            PreviewView begun = operations.startPreview(name, full);
            try {
                PreviewView preview = desk.surroundings()
                        .stop()
                        .guard(() -> end(operations, begun, reach), () -> await(operations, begun));
                return tell(operations, preview);
            } finally {
                end(operations, begun);
            }
        }
    }

    private void end(Operations operations, PreviewView begun, CommandContext.Reach reach) {
        end(operations, begun);
        reach.close();
    }

    private static void end(Operations operations, PreviewView begun) {
        try {
            operations.endPreview(begun.preview());
        } catch (OperationFailure gone) {
            // The preview is closed automatically.
        }
    }

    private static PreviewView await(Operations operations, PreviewView begun) throws InterruptedException {
        return begun.over() ? begun : PollUntil.until(() -> operations.preview(begun.preview()), PreviewView::over);
    }

    private int tell(Operations operations, PreviewView preview) {
        if (save != null && preview.ready()) {
            new PlanFile(save).save(operations, preview.preview());
            desk.remark(spec, name + ": carry the plan out with: consentbridge sync run " + name + " --plan " + save);
        }
        PreviewPages parts = new PreviewPages(operations, preview, all);
        if (desk.options().json) {
            PreviewDocument.write(preview, parts, spec.commandLine().getOut());
        } else if (preview.ready()) {
            new PreviewText(spec.commandLine().getOut()).tell(preview, parts, all);
        }
        spec.commandLine().getOut().flush();
        if (preview.ready()) {
            return ExitStatus.DONE;
        }
        desk.remark(spec, "consentbridge: " + name + ": the preview failed: " + preview.message());
        return preview.outOfReach() ? ExitStatus.OUT_OF_REACH : ExitStatus.WITH_FAILURES;
    }
}
