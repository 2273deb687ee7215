package io.consentbridge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consentbridge.api.Json;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.PreviewView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Writes a preview as one JSON document: its view with the people as {@code people}, each written on arrival. */
final class PreviewDocument {

    private PreviewDocument() {}

    static void write(PreviewView preview, PreviewPages parts, PrintWriter out) {
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            for (var field : Json.MAPPER.valueToTree(preview).properties()) {
                json.writeFieldName(field.getKey());
                json.writeTree(field.getValue());
            }
            json.writeArrayFieldStart("people");
            parts.each(line -> write(line, json));
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        out.println();
    }

    private static void write(PreviewLine line, JsonGenerator json) {
        try {
            json.writePOJO(line);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
