package io.consentbridge.sandbox.campaigns;

/** A contact field. {@code contactinfo} names fields by their display name. */
record ContactField(String displayName, String name, String type, boolean mandatory, String id) {}
