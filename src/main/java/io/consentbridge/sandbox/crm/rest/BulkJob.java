package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.coql.ColumnPath;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.schema.User;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A bulk read under way: in progress when first asked, completed when asked again (docs/zoho-notes.md, "CRM: bulk read").
 */
record BulkJob(
        String id,
        String module,
        List<ColumnPath> columns,
        List<Row> rows,
        int page,
        boolean more,
        AtomicInteger asked) {

    String state() {
        return asked.getAndIncrement() == 0 ? "IN PROGRESS" : "COMPLETED";
    }

    byte[] zip(Crm crm) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(id + ".csv"));
            Writer csv = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
            csv.write("Id");
            for (ColumnPath column : columns) {
                csv.write("," + column.path());
            }
            csv.write("\n");
            for (Row row : rows) {
                csv.write(Long.toString(row.id()));
                for (ColumnPath column : columns) {
                    csv.write("," + cell(column.value(crm, row)));
                }
                csv.write("\n");
            }
            csv.flush();
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String cell(Object raw) {
        Object value = raw instanceof Ref ref ? ref.id() : raw instanceof User user ? user.id() : Render.value(raw);
        String text = value == null || value instanceof List<?> ? "" : value.toString();
        boolean quoted = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0;
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
