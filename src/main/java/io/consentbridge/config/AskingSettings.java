package io.consentbridge.config;

import java.time.Duration;

/**
 * How people are asked for their consent by mail, and how they answer.
 *
 * @param every how often is checked whether somebody may be asked; setting {@code confirmation.every}
 * @param page the public page
 * @param smtp the server that takes the mails
 * @param bounces the mailbox for reports of undeliverable mail
 */
public record AskingSettings(Duration every, PageSettings page, SmtpSettings smtp, BounceSettings bounces) {}
