package io.consentbridge.consent;

import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a consent record by ISO/IEC TS 27560 says of a purpose beside its wording. Everything works without it but the
 * conformant export.
 *
 * @param language of the wording, as a BCP 47 tag; empty if not given
 * @param notice URL of the privacy notice; empty if not given
 * @param controller who is responsible; empty if not given
 * @param recipients who receives the data; empty if not given
 * @param storage where the data is stored; empty if not given
 * @param retention how long it is kept; empty if not given
 * @param validity how long a consent lasts; empty if it does not end by itself
 * @param withdrawal how a person withdraws; empty if not given
 * @param jurisdiction whose law applies; empty if not given
 * @param authority the supervisory authority; empty if not given
 * @param onErasure what happens in Campaigns when a person is erased
 */
public record Disclosure(
        Optional<String> language,
        Optional<String> notice,
        Optional<Controller> controller,
        List<String> recipients,
        Optional<String> storage,
        Optional<String> retention,
        Optional<Period> validity,
        Optional<String> withdrawal,
        Optional<String> jurisdiction,
        Optional<String> authority,
        OnErasure onErasure) {

    /** Nothing is said. */
    public static final Disclosure NONE = new Disclosure(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OnErasure.UNSUBSCRIBE);

    public Disclosure {
        recipients = List.copyOf(recipients);
    }

    /** Who is responsible for the processing. */
    public record Controller(String name, String address, String contact) {}

    /** What happens in Campaigns when a person is erased. */
    public enum OnErasure {
        /** They are unsubscribed from the purpose's list. */
        UNSUBSCRIBE,
        /** They are moved to Do-Not-Mail. */
        DO_NOT_MAIL
    }

    /** The keys of the purpose file that a conformant export needs and that are missing, in the order of the documents. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("language", language.isPresent());
        given.put("notice", notice.isPresent());
        given.put("controller", controller.isPresent());
        given.put("recipients", !recipients.isEmpty());
        given.put("storage", storage.isPresent());
        given.put("retention", retention.isPresent());
        given.put("validity", validity.isPresent());
        given.put("withdrawal", withdrawal.isPresent());
        given.put("jurisdiction", jurisdiction.isPresent());
        given.put("authority", authority.isPresent());
        given.forEach((key, there) -> {
            if (!there) {
                missing.add(key);
            }
        });
        return missing;
    }
}
