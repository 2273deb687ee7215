package io.consentbridge.consent;

import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import io.consentbridge.consent.RecordedBasis.Unknown;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Reads the CRM's words for the lawful basis, the record's long form and the short form of its consent details alike
 * (docs/zoho-notes.md, "CRM: lawful basis and consent"; docs/decisions/0013-rulings.md, rulings 7 and 14).
 *
 * <p>Only Zoho's words and an organisation's own words have a meaning. Any other word is {@link Unknown}, which withholds
 * the person for every lawful basis.
 */
public final class BasisReader {

    /** The possible meanings of an organisation's words; the last segment of the settings {@code consent.words.BASIS}. */
    public static final List<String> MEANINGS = List.of(
            "none",
            "legitimate-interest",
            "contract",
            "legal-obligation",
            "vital-interest",
            "public-task",
            "obtained",
            "unanswered",
            "refused");

    /** Reads Zoho's own words and no others. */
    public static final BasisReader ZOHO = new BasisReader(Map.of());

    /**
     * The CRM's words that certainly do not refuse (docs/zoho-notes.md, "CRM: lawful basis and consent"). Those that refuse
     * are not all known, so a sweep for refusals leaves these out and reads the rest.
     */
    public static final List<String> HARMLESS = List.of(
            "Not Applicable",
            "Legitimate Interests",
            "Contract",
            "Legal Obligation",
            "Vital Interests",
            "Public Interests",
            "Consent - Obtained",
            "Consent - Pending",
            "Consent - Waiting",
            "Consent - Awaiting",
            "Consent - Not Responded");

    private static final Set<String> NOTHING = Set.of("", "not applicable", "-none-", "none", "null");

    private static final Map<String, LawfulBasis> NOT_CONSENT = Map.of(
            "legitimate interests", LawfulBasis.LEGITIMATE_INTEREST,
            "legitimate interest", LawfulBasis.LEGITIMATE_INTEREST,
            "contract", LawfulBasis.CONTRACT,
            "legal obligation", LawfulBasis.LEGAL_OBLIGATION,
            "legal obligations", LawfulBasis.LEGAL_OBLIGATION,
            "vital interests", LawfulBasis.VITAL_INTEREST,
            "vital interest", LawfulBasis.VITAL_INTEREST,
            "public interests", LawfulBasis.PUBLIC_TASK,
            "public interest", LawfulBasis.PUBLIC_TASK,
            "public task", LawfulBasis.PUBLIC_TASK);

    private static final Set<String> GIVEN = Set.of("obtained");

    private static final Set<String> NOT_GIVEN_YET =
            Set.of("", "pending", "waiting", "awaiting", "not responded", "no response");

    // The end states that Zoho's help names; the CRM's exact words for them are not known.
    private static final Set<String> ENDS = Set.of("rejected", "stop processing", "delete/erase");

    // Any other word that contains one of these is a refusal.
    private static final List<String> REFUSALS = List.of(
            "reject",
            "refus",
            "denied",
            "declin",
            "withdr",
            "revok",
            "stop",
            "object",
            "delete",
            "erase",
            "erasure",
            "opt out",
            "opted out",
            "unsubscribed");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern PREFIX = Pattern.compile("^consent(\\s*[-–—:(]\\s*|\\s+|$)");

    /** A CRM has few words for the basis, and says one of them in every record. */
    private static final int MOST_KNOWN = 1000;

    private final Map<String, String> own = new HashMap<>();
    private final Map<String, RecordedBasis> known = new ConcurrentHashMap<>();

    /**
     * @param own an organisation's words by their meaning, one of {@link #MEANINGS}; Zoho's own words always keep their
     *     meaning
     * @throws IllegalArgumentException if one of the meanings is unknown
     */
    public BasisReader(Map<String, ? extends Collection<String>> own) {
        own.forEach((meaning, words) -> {
            if (!MEANINGS.contains(meaning)) {
                throw new IllegalArgumentException("\"" + meaning + "\" is not among " + MEANINGS);
            }
            words.forEach(word -> this.own.put(plain(word), meaning));
        });
    }

    /** The meaning of a word of Zoho, one of {@link #MEANINGS}; empty for a word that is not Zoho's. */
    public static Optional<String> meaningInZoho(String word) {
        String plain = plain(word);
        String state = state(plain);
        if (NOTHING.contains(plain)) {
            return Optional.of("none");
        }
        if (NOT_CONSENT.containsKey(plain)) {
            return Optional.of(NOT_CONSENT.get(plain).word());
        }
        if (ENDS.contains(state)) {
            return Optional.of("refused");
        }
        if (GIVEN.contains(state)) {
            return Optional.of("obtained");
        }
        return NOT_GIVEN_YET.contains(state) ? Optional.of("unanswered") : Optional.empty();
    }

    /** The word in the form in which it is compared: independent of case, kinds of blanks and the encoding of letters. */
    public static String plain(String word) {
        String letters = Normalizer.normalize(word, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
        return SPACES.matcher(letters).replaceAll(" ").strip();
    }

    /** @param literal the CRM's word; null when it has none */
    public RecordedBasis read(String literal) {
        String said = literal == null ? "" : literal.strip();
        RecordedBasis before = known.get(said);
        if (before != null) {
            return before;
        }
        RecordedBasis meant = meaning(said);
        if (known.size() < MOST_KNOWN) {
            known.put(said, meant);
        }
        return meant;
    }

    private RecordedBasis meaning(String said) {
        String word = plain(said);
        Optional<String> meaning = meaningInZoho(word).or(() -> Optional.ofNullable(own.get(word)));
        if (meaning.isPresent()) {
            return basis(meaning.get(), said);
        }
        return REFUSALS.stream().anyMatch(word::contains) ? new Refused(said) : new Unknown(said);
    }

    private static RecordedBasis basis(String meaning, String said) {
        return switch (meaning) {
            case "none" -> new NotStated();
            case "obtained" -> new Obtained();
            case "unanswered" -> new Unanswered(said);
            case "refused" -> new Refused(said);
            default -> new NotConsent(LawfulBasis.of(meaning).orElseThrow());
        };
    }

    private static String state(String plain) {
        String state = PREFIX.matcher(plain).replaceFirst("");
        return state.endsWith(")") ? state.substring(0, state.length() - 1) : state;
    }
}
