package io.consentbridge.sync;

/**
 * When a sync runs by itself, in its connection's zone (B17, B41, B42).
 *
 * @param cron a Quartz expression of six or seven fields, seconds first
 * @param text the same in words, for people: "every week on Monday at 09:00"
 */
public record Schedule(String cron, String text) {}
