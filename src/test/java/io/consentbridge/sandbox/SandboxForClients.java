package io.consentbridge.sandbox;

/** Keeps a sandbox running for clients outside the JVM, such as {@code src/test/sdk}: port, people and quotas as arguments. */
final class SandboxForClients {

    private SandboxForClients() {}

    public static void main(String[] args) throws InterruptedException {
        SandboxOptions options = SandboxOptions.defaults()
                .withPort(Integer.parseInt(args[0]))
                .withPeople(Integer.parseInt(args.length > 1 ? args[1] : "2000"));
        boolean quotas = args.length < 3 || Boolean.parseBoolean(args[2]);
        try (Sandbox sandbox = Sandbox.start(quotas ? options : options.withoutQuotas())) {
            System.out.println("sandbox listens at " + sandbox.baseUrl());
            Thread.currentThread().join();
        }
    }
}
