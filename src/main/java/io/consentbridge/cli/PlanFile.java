package io.consentbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.consentbridge.api.Json;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.PlanHeader;
import io.consentbridge.api.PlanPage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved preview: one JSON object on each line, the header first, then what happens to each record. It holds ids of records
 * and hashes, no address.
 */
record PlanFile(Path file) {

    private static final int PART = 1000;

    /** Writes the plan of a preview, readable by its owner only; replaces a file of that name once the plan is complete. */
    void save(Operations operations, String preview) {
        Path unfinished = null;
        try {
            Path folder = file.toAbsolutePath().getParent();
            // Only its owner can read it from the beginning, as is usual for temporary files.
            unfinished = Files.createTempFile(folder, ".plan", null);
            write(operations, preview, unfinished);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new OperationFailure.Refused(
                    file + " cannot be written (" + FileTrouble.of(failed) + "). Choose another path");
        } finally {
            remove(unfinished);
        }
    }

    private static void write(Operations operations, String preview, Path to) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            line(out, operations.planHeader(preview));
            String next = "";
            while (next != null) {
                PlanPage page = operations.plan(preview, next);
                for (PlanPage.Line each : page.lines()) {
                    line(out, each);
                }
                next = page.next();
            }
        }
    }

    private static void line(BufferedWriter out, Object document) throws IOException {
        out.write(Json.MAPPER.writeValueAsString(document));
        out.write('\n');
    }

    private static void remove(Path unfinished) {
        try {
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException left) {
            // The failure before this one has been reported.
        }
    }

    /** Submits the plan to the installation; returns its id. */
    String handOver(Operations operations, String sync) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            PlanHeader header = header(in.readLine());
            if (!sync.equals(header.sync())) {
                throw new OperationFailure.Refused(file + " is a plan of sync " + header.sync() + ", not of " + sync);
            }
            String plan = operations.beginPlan(header).plan();
            long lines = handOver(operations, plan, in);
            if (lines != header.records()) {
                throw new OperationFailure.Refused(file + " has " + lines + " of " + header.records()
                        + " records, so it is incomplete. Save" + " the preview again");
            }
            return plan;
        } catch (JsonProcessingException damaged) {
            throw noPlan();
        } catch (IOException unreadable) {
            throw new OperationFailure.Refused(file + " cannot be read (" + FileTrouble.of(unreadable)
                    + "). Save one with: consentbridge sync preview " + sync + " --save FILE");
        }
    }

    private static long handOver(Operations operations, String plan, BufferedReader in) throws IOException {
        long all = 0;
        List<PlanPage.Line> part = new ArrayList<>();
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            part.add(Json.MAPPER.readValue(text, PlanPage.Line.class));
            if (part.size() == PART) {
                operations.addToPlan(plan, part);
                part = new ArrayList<>();
            }
            all++;
        }
        if (!part.isEmpty()) {
            operations.addToPlan(plan, part);
        }
        return all;
    }

    private PlanHeader header(String text) throws JsonProcessingException {
        PlanHeader header = text == null ? null : Json.MAPPER.readValue(text, PlanHeader.class);
        if (header == null || header.sync() == null) {
            throw noPlan();
        }
        return header;
    }

    private OperationFailure noPlan() {
        return new OperationFailure.Refused(
                file + " is not a saved preview. Make one with: consentbridge sync" + " preview NAME --save FILE");
    }
}
