package chaos;

/** Made for one run. */
record Secrets(String operator, String shop, String barista, String dispatch, String callbackKey) {

    static Secrets made() {
        return new Secrets(stage.Secrets.made(), stage.Secrets.made(), stage.Secrets.made(), stage.Secrets.made(),
                stage.Secrets.webhookKey());
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
