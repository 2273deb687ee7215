package io.consentbridge.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RecordsView;
import io.consentbridge.store.OwnerOnly;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Records of a run as a CSV file (RFC 4180, UTF-8, a header line), which only its owner may read. Pages are written as they
 * come, and the file is there whole or not at all.
 */
final class RecordsCsv {

    private static final String[] HEADER = {
        "run", "sync", "record", "email", "outcome", "reason", "updated", "decision", "detail"
    };

    private final Path file;

    RecordsCsv(Path file) {
        this.file = file;
    }

    /**
     * Writes the file.
     *
     * @param pages gives the page that follows this cursor, null being the first
     * @return how many records it holds
     * @throws OperationFailure.Refused when the file is there already or cannot be written
     */
    long write(Function<String, RecordsView> pages) {
        refuseOther();
        Path folder = file.toAbsolutePath().getParent();
        Path draft = null;
        try {
            draft = Files.createTempFile(folder, ".", ".csv.part", OwnerOnly.file(folder));
            long written = write(draft, pages);
            Files.move(draft, file);
            return written;
        } catch (FileAlreadyExistsException meanwhile) {
            throw there();
        } catch (IOException unwritable) {
            throw new OperationFailure.Refused(file + " cannot be written (" + FileTrouble.of(unwritable)
                    + "); name a file in a folder" + " that is there and may be written");
        } finally {
            remove(draft);
        }
    }

    private void refuseOther() {
        if (Files.exists(file)) {
            throw there();
        }
    }

    private OperationFailure there() {
        return new OperationFailure.Refused(file + " is there already; name another file, or remove it first");
    }

    private static long write(Path draft, Function<String, RecordsView> pages) throws IOException {
        long written = 0;
        try (CsvWriter csv = CsvWriter.builder()
                .build(new OutputStreamWriter(Files.newOutputStream(draft), StandardCharsets.UTF_8))) {
            csv.writeRecord(HEADER);
            String after = null;
            do {
                RecordsView page = pages.apply(after);
                page.records().forEach(record -> csv.writeRecord(row(page, record)));
                written += page.records().size();
                after = page.next();
            } while (after != null);
        }
        return written;
    }

    private static String[] row(RecordsView page, RecordsView.OfRecord record) {
        return new String[] {
            page.run(),
            page.sync(),
            text(record.record()),
            text(record.email()),
            record.outcome(),
            record.reason(),
            String.valueOf(record.updated()),
            record.decision(),
            text(record.detail())
        };
    }

    // What a stranger wrote into the CRM must not become a formula when the file is opened (OWASP, CSV injection).
    static String text(String value) {
        return value != null && !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static void remove(Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException left) {
            // What went wrong before is told; a part that is left behind is its owner's only.
        }
    }
}
