package cli;

/** The command above a {@link RemoteCommand}, which knows the hub's bearer token. */
interface TokenHolder {

    /** @return null when there is none */
    String token();
}
