package io.consentbridge.api;

import java.time.Instant;

/**
 * A privacy notice that was fetched.
 *
 * @param hash SHA-256 of its bytes, in hexadecimal digits
 */
public record NoticeKept(String purpose, String url, String hash, long bytes, Instant fetchedAt) {}
