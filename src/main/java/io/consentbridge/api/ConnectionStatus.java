package io.consentbridge.api;

import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.runtime.Components;
import io.consentbridge.runtime.CredentialScopes;
import io.consentbridge.zoho.Connection;
import java.util.Optional;

/** Creates the status of a connection. */
final class ConnectionStatus {

    private final CredentialScopes scopes;
    private final Components.Deliveries outbox;
    private final WritebackLetters others;
    private final UnknownWords unknownWords;

    ConnectionStatus(
            CredentialScopes scopes, Components.Deliveries outbox, WritebackLetters others, UnknownWords unknownWords) {
        this.scopes = scopes;
        this.outbox = outbox;
        this.others = others;
        this.unknownWords = unknownWords;
    }

    StatusView.OfConnection of(Connection connection, QuotaViews quotas) {
        Optional<ConnectionBackoff.Backoff> backoff = outbox.backoff().current(connection.name());
        return new StatusView.OfConnection(
                connection.name(),
                SyncViews.zone(connection),
                connection.hasCredential(),
                scopes.missing(connection).orElse(null),
                backoff.map(ConnectionBackoff.Backoff::until).orElse(null),
                backoff.map(ConnectionBackoff.Backoff::because).orElse(null),
                quotas.locked(connection),
                quotas.waiting(connection),
                outbox.deadLetters().count(connection.name()) + others.count(connection.name()),
                unknownWords.withheld(connection.name()));
    }
}
