package io.consentbridge.mailing;

import java.util.Locale;
import java.util.Set;

/**
 * Domains at which everybody can have an address, so that no sender of campaigns may have one there (B136).
 *
 * <p>Zoho publishes no list and names gmail.com as an example. These are the providers of free mailboxes with most users in
 * Europe, America and Asia, compared with the list of the project jgillich/free-email-domains (MIT).
 */
public final class PublicDomains {

    /** Providers that have the same name in many countries, such as yahoo.co.uk. */
    private static final Set<String> NAMES = Set.of("yahoo", "hotmail", "outlook", "live", "gmx", "yandex", "ymail");

    private static final Set<String> DOMAINS = Set.of(
            "gmail.com",
            "googlemail.com",
            "msn.com",
            "rocketmail.com",
            "aol.com",
            "aol.de",
            "aim.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "mail.com",
            "email.com",
            "web.de",
            "t-online.de",
            "freenet.de",
            "arcor.de",
            "posteo.de",
            "mailbox.org",
            "proton.me",
            "protonmail.com",
            "pm.me",
            "tutanota.com",
            "tutanota.de",
            "tuta.io",
            "fastmail.com",
            "fastmail.fm",
            "hushmail.com",
            "zoho.com",
            "zohomail.com",
            "zohomail.eu",
            "zohomail.in",
            "mail.ru",
            "inbox.ru",
            "list.ru",
            "bk.ru",
            "rambler.ru",
            "ya.ru",
            "qq.com",
            "foxmail.com",
            "163.com",
            "126.com",
            "yeah.net",
            "sina.com",
            "sohu.com",
            "naver.com",
            "daum.net",
            "hanmail.net",
            "rediffmail.com",
            "orange.fr",
            "wanadoo.fr",
            "free.fr",
            "laposte.net",
            "sfr.fr",
            "libero.it",
            "virgilio.it",
            "tiscali.it",
            "alice.it",
            "tin.it",
            "wp.pl",
            "o2.pl",
            "onet.pl",
            "interia.pl",
            "seznam.cz",
            "centrum.cz",
            "bluewin.ch",
            "btinternet.com",
            "sky.com",
            "virginmedia.com",
            "comcast.net",
            "verizon.net",
            "att.net",
            "sbcglobal.net",
            "bellsouth.net",
            "cox.net",
            "earthlink.net",
            "charter.net",
            "rogers.com",
            "shaw.ca",
            "sympatico.ca",
            "bigpond.com",
            "optusnet.com.au",
            "uol.com.br",
            "bol.com.br",
            "terra.com.br",
            "telenet.be",
            "skynet.be",
            "ziggo.nl",
            "kpnmail.nl",
            "planet.nl",
            "hey.com",
            "hotmail.com");

    private PublicDomains() {}

    /** Whether everybody can have an address at the domain of this one. */
    public static boolean holds(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
        String[] labels = domain.split("\\.");
        boolean country = labels.length == 2 || labels.length == 3 && labels[1].matches("com?|net|org");
        return DOMAINS.contains(domain) || country && NAMES.contains(labels[0]);
    }
}
