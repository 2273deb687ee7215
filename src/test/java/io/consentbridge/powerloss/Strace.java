package io.consentbridge.powerloss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The tool that records system calls. */
final class Strace {

    /** All that can change a file, so that one which nobody understands is noticed. */
    private static final String CALLS =
            "openat,open,creat,pwrite64,pwritev,pwritev2,write,lseek,writev,fsync,fdatasync,ftruncate,"
                    + "truncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mmap,"
                    + "sendfile,copy_file_range,splice";

    private static final List<String> COMMAND =
            List.of("strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "100000000", "-e", "trace=" + CALLS);

    private Strace() {}

    /** Why it cannot run here; empty if it can. */
    static Optional<String> absence() {
        try {
            Process trial = new ProcessBuilder(recording(Path.of("/dev/null"), List.of("true")))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return trial.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("Power loss is not tested: strace cannot trace a process here. " + said.strip());
        } catch (IOException missing) {
            return Optional.of("Power loss is not tested: strace is not installed.");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the command to its end. */
    static void record(Path into, List<String> command, long seconds) throws IOException, InterruptedException {
        Path said = into.resolveSibling(into.getFileName() + ".said");
        ProcessBuilder builder = new ProcessBuilder(recording(into, command))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "The recorded process should end well within " + seconds + " s: " + Files.readString(said));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<String> recording(Path into, List<String> command) {
        List<String> line = new ArrayList<>(COMMAND);
        line.addAll(List.of("-o", into.toString()));
        line.addAll(command);
        return line;
    }
}
