package io.consentbridge.campaigns;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shows messages of Campaigns in words that its documents use. Any other word may be the name of a person or of the object
 * of the call, and no pattern recognises names, so it is left out.
 */
final class ZohoWords {

    private static final String LEFT_OUT = "\u2026";
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{N}@._%+'\u2019-]*[\\p{L}\\p{N}]");
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,5}");

    /** From the messages in Zoho's documents (docs/zoho-notes.md, "Campaigns: codes" and "Campaigns: call limits"). */
    private static final Set<String> KNOWN =
            Arrays.stream("""
                    a about address addresses account accounts active add added after again all allowed already also an and any api are as at available
                    be because been being below blank block blocked bounce bounced bulk by call called calls campaign campaigns can
                    cannot case check code confirmation confirm contact contacts content correct could count create created creating
                    credentials custom data date default deleted denied details did different disabled display do does doesn't domain
                    donotmail don't do-not-mail due duplicate each edition email e-mail emails empty enabled enter entered error errors
                    exceed exceeded exceeds exist existing exists expired failed failure few field fields following for form format
                    found free from get given go group has have id identity if import in inactive incorrect info information input
                    internal invalid is it its key kindly length licence license limit list listkey lists long mail mailing mandatory
                    match matched maximum may merge message method minimum minutes missing month more must name names need needed new
                    no none not null number of off on one only operation option or order organisation organization other out page
                    parameter parameters parse password pattern permission permitted person plan please portal possible present
                    privacy privilege private problem process processed property public quota range reached reason record records
                    refused registry rejected removed request requested required resource response restricted result retry role sent
                    server service set should sign-up signup size some sorry source spam specified status subscribe subscribed
                    subscriber subscribers subscribing subscription success successfully support supported system tag text than that
                    the their them there these they this those throttled time timed to token too topic topics try twice type unable
                    unauthorised unauthorized unexpected unknown unsubscribe unsubscribed until up update updated upgrade url used
                    user users valid value values version view was we were when which while will with wrong xml json you your
                    """.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private ZohoWords() {}

    /** The message without every word that may name somebody. */
    static String shown(String message) {
        String known = TOKEN.matcher(message).replaceAll(ZohoWords::shown);
        return known.replaceAll("(?:" + LEFT_OUT + "[\\s,;]*){2,}", LEFT_OUT + " ")
                .strip();
    }

    private static String shown(MatchResult token) {
        String word = token.group();
        String plain = word.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replaceAll("\\.+$", "");
        return KNOWN.contains(plain) || SHORT_NUMBER.matcher(word).matches() ? word : LEFT_OUT;
    }
}
