package bench;

/** The credential that every sandbox knows. */
final class Credential {

    static final String CLIENT_ID = "1000.SANDBOXCLIENT";
    static final String CLIENT_SECRET = "sandbox-secret";
    static final String REFRESH_TOKEN = "1000.sandbox.refresh";

    /** A request for an access token. */
    static final String FORM = "grant_type=refresh_token&client_id=" + CLIENT_ID + "&client_secret=" + CLIENT_SECRET
            + "&refresh_token=" + REFRESH_TOKEN;

    private Credential() {}
}
