package chaos;

/** Made for one run. */
record RunSecrets(String operator, String shop, String barista, String dispatch, String callbackKey) {

    static RunSecrets made() {
        return new RunSecrets(embedded.Secrets.made(), embedded.Secrets.made(), embedded.Secrets.made(), embedded.Secrets.made(),
                embedded.Secrets.webhookKey());
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
