package io.consentbridge.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables that point a connection at a sandbox instead of Zoho. */
final class SandboxSettings {

    private SandboxSettings() {}

    static Map<String, String> of(String connection, SandboxStarter.Sandbox sandbox) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put(variable(connection, "accounts-url"), sandbox.baseUrl());
        env.put(variable(connection, "crm-url"), sandbox.baseUrl());
        env.put(variable(connection, "campaigns-url"), sandbox.baseUrl());
        env.put(variable(connection, "client-id"), sandbox.clientId());
        env.put(variable(connection, "client-secret"), sandbox.clientSecret());
        env.put(variable(connection, "refresh-token"), sandbox.refreshToken());
        return env;
    }

    /** The environment variables that lead mails to the sandbox. */
    static Map<String, String> ofMail(SandboxStarter.Sandbox sandbox) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("MAIL_SMTP_HOST", "127.0.0.1");
        env.put("MAIL_SMTP_PORT", Integer.toString(sandbox.smtpPort()));
        env.put("MAIL_SMTP_TLS", "none");
        return env;
    }

    private static String variable(String connection, String setting) {
        return Installation.variable("zoho." + connection + "." + setting);
    }
}
