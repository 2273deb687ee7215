package io.consentbridge.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RecordsView;
import io.consentbridge.store.OwnerOnly;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes records of a run as a CSV file (RFC 4180, UTF-8, a header line), which only its owner may read. Pages are written
 * on arrival, and the file appears complete or not at all.
 */
final class RecordsCsv {

    private static final String[] HEADER = {
        "run", "sync", "record", "email", "outcome", "reason", "updated", "decision", "detail"
    };

    private static final String[] SHEET = {
        "time", "sync", "list", "record", "name", "email", "outcome", "reason", "updated", "decision", "detail"
    };

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * The format for a spreadsheet: with a byte order mark, the separator of the locale, and ids as texts.
     *
     * @param words formats the times within texts
     * @param time when the run began, formatted for people
     * @param list the run's mailing list; null when the run was bound to none
     * @param separator the separator of columns
     */
    record Sheet(Words words, String time, String list, char separator) {

        /** Returns a comma, or a semicolon where the locale writes decimals with a comma. */
        static char separator(Locale locale) {
            return DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',' ? ';' : ',';
        }
    }

    private final Path file;
    private final Optional<Sheet> sheet;

    /** @param sheet the format for a spreadsheet; empty for a plain file */
    RecordsCsv(Path file, Optional<Sheet> sheet) {
        this.file = file;
        this.sheet = sheet;
    }

    /**
     * Writes the file.
     *
     * @param pages returns the page that follows this cursor; null for the first page
     * @return the number of records in the file
     * @throws OperationFailure.Refused when the file already exists or cannot be written
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
                    + "). Choose a file in an existing, writable folder");
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
        return new OperationFailure.Refused(file + " already exists. Choose another file, or remove it first");
    }

    private long write(Path draft, Function<String, RecordsView> pages) throws IOException {
        long written = 0;
        try (Writer out = new OutputStreamWriter(Files.newOutputStream(draft), StandardCharsets.UTF_8);
                CsvWriter csv = CsvWriter.builder()
                        .fieldSeparator(sheet.map(Sheet::separator).orElse(','))
                        .build(out)) {
            if (sheet.isPresent()) {
                out.write(BYTE_ORDER_MARK);
            }
            csv.writeRecord(sheet.isPresent() ? SHEET : HEADER);
            String after = null;
            do {
                RecordsView page = pages.apply(after);
                page.records()
                        .forEach(record -> csv.writeRecord(
                                sheet.isPresent() ? row(sheet.get(), page, record) : row(page, record)));
                written += page.records().size();
                after = page.next();
            } while (after != null);
        }
        return written;
    }

    private static String[] row(Sheet sheet, RecordsView page, RecordsView.OfRecord record) {
        return new String[] {
            sheet.time(),
            page.sync(),
            text(Visible.line(sheet.list())),
            id(record.record()),
            text(Visible.line(record.name())),
            text(Visible.line(record.email())),
            record.outcome(),
            record.reason(),
            record.updated() ? "yes" : "no",
            record.decision(),
            text(Visible.line(sheet.words().timesIn(page.connection(), record.detail())))
        };
    }

    /** Returns the id as text, because a spreadsheet rounds numbers of more than 15 digits. */
    private static String id(String record) {
        return record.matches("[0-9]+") ? "=\"" + record + "\"" : text(record);
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

    // Text that a stranger wrote into the CRM must not become a formula when the file is opened (OWASP, CSV injection).
    static String text(String value) {
        return value != null && !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static void remove(Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException left) {
            // The earlier failure has been reported; only the owner can read an incomplete file that remains.
        }
    }
}
