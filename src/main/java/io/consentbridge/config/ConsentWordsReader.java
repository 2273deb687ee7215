package io.consentbridge.config;

import io.consentbridge.consent.BasisReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code consent.words.BASIS}, an organisation's own words for the lawful basis. */
final class ConsentWordsReader {

    private final TypedSettings settings;
    private final Findings findings;

    ConsentWordsReader(TypedSettings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** The words by their meaning. A word that contradicts Zoho's words, or is given twice, is a finding. */
    Map<String, List<String>> read() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        Map<String, String> known = new HashMap<>();
        for (String meaning : BasisReader.MEANINGS) {
            String name = SettingNames.CONSENT_WORDS + meaning;
            List<String> own = Stream.of(settings.text(name).split(","))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
            own.forEach(word -> see(name, word, meaning, known));
            if (!own.isEmpty()) {
                words.put(meaning, own);
            }
        }
        return words;
    }

    private void see(String name, String word, String meaning, Map<String, String> known) {
        Optional<String> inZoho = BasisReader.meaningInZoho(word).filter(other -> !other.equals(meaning));
        String before = known.putIfAbsent(BasisReader.plain(word), meaning);
        if (inZoho.isPresent()) {
            findings.add(
                    settings.placeOf(name),
                    name + " names \"" + word + "\", a word of Zoho CRM that means " + inZoho.get(),
                    "remove it");
        } else if (before != null && !before.equals(meaning)) {
            findings.add(
                    settings.placeOf(name),
                    "\"" + word + "\" is in both consent.words." + before + " and " + name,
                    "keep it in one of them");
        }
    }
}
