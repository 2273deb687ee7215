package io.consentbridge.confirmation;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Purpose;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who asks, in the words for mail and page: the controller of the purpose, or the sender of its mail. */
public final class ControllerText {

    private ControllerText() {}

    /** Returns one or more lines; empty when the purpose names nobody. */
    public static String of(Purpose purpose) {
        return purpose.disclosure()
                .controller()
                .map(controller -> lines(controller.name(), controller.address(), controller.contact()))
                .or(() -> purpose.confirmation()
                        .flatMap(Confirmation::from)
                        .map(from -> lines(from.name(), from.address())))
                .orElse("");
    }

    private static String lines(String... lines) {
        return Stream.of(lines).filter(line -> line != null && !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
