package io.consentbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes to copies of the sample purposes. */
public final class SamplePurposes {

    private SamplePurposes() {}

    /** Lets product news be asked for by a list of Campaigns instead of mail. */
    public static void askByList(Path config) {
        Path file = config.resolve("purposes/product-news.yaml");
        try {
            String text = Files.readString(file);
            Files.writeString(
                    file,
                    text.substring(0, text.indexOf("confirmation:")) + "confirmationList: Product News Confirmation\n"
                            + "confirmation: {via: zoho, ground: {accepted: {by: J, on: \"2026-11-01\", because: asked}}}\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
