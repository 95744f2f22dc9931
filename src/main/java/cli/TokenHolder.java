package cli;

/** The parent command of a {@link RemoteCommand}: it holds the hub's bearer token. */
interface TokenHolder {

    /** @return null when there is none */
    String token();
}
