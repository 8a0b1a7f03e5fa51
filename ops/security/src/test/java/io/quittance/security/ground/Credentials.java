package io.quittance.security.ground;

import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Passwords and certificates of one run. Secrets are in files that only their owner can read; what is handed out refers
 * to them.
 */
public final class Credentials {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required" + " username=\"%s\" password=\"%s\";";

    private final Path folder;
    private final Map<Actor, String> passwords = new EnumMap<>(Actor.class);
    private final String storePassword = password();
    private final String registryPassword = password();
    private final String httpToken = password();
    private final String pseudonymKey = HexFormat.of().formatHex(random(32));

    private Credentials(Path folder) {
        this.folder = folder;
    }

    /** Makes them all. */
    static Credentials make(Path folder) throws IOException {
        var credentials = new Credentials(Files.createDirectories(folder));
        Actor.bound().filter(actor -> !actor.hasCertificate()).forEach(actor -> {
            credentials.passwords.put(actor, password());
            credentials.write(credentials.secrets(actor), Map.of("login", credentials.login(actor)));
        });
        credentials.write(
                credentials.folder.resolve("store.properties"), Map.of("password", credentials.storePassword));
        credentials.write(
                credentials.folder.resolve("registry.properties"), Map.of("password", credentials.registryPassword));
        writeAlone(credentials.httpTokenFile(), credentials.httpToken);
        writeAlone(credentials.pseudonymKeyFile(), credentials.pseudonymKey);
        credentials.makeCertificates();
        return credentials;
    }

    /** For {@code sasl.jaas.config}. */
    public String login(Actor actor) {
        return LOGIN.formatted(actor.principal(), passwordOf(actor));
    }

    public String passwordOf(Actor actor) {
        return java.util.Objects.requireNonNull(passwords.get(actor), "has no password");
    }

    /** Every secret of the run, to be looked for where none may be. */
    public List<String> secrets() {
        return Stream.concat(
                        passwords.values().stream(),
                        Stream.of(storePassword, registryPassword, httpToken, pseudonymKey))
                .toList();
    }

    /** File with the actor's {@code login}, for {@code ${file:…:login}}. */
    public Path secrets(Actor actor) {
        return folder.resolve(actor.name().toLowerCase(java.util.Locale.ROOT) + ".properties");
    }

    /** For {@code basic.auth.user.info}, the password by reference. The registry here is told it, and asks for none. */
    String registryLogin() {
        return "quittance:${file:" + folder.resolve("registry.properties") + ":password}";
    }

    /** For {@code http.token.file}. */
    Path httpTokenFile() {
        return folder.resolve("http.token");
    }

    String httpToken() {
        return httpToken;
    }

    /** For {@code pseudonym.key.file}. */
    Path pseudonymKeyFile() {
        return folder.resolve("pseudonym.key");
    }

    Path folder() {
        return folder;
    }

    /** What the brokers believe in, for clients. */
    Path brokersInPem() {
        return folder.resolve("brokers.pem");
    }

    String storePassword() {
        return storePassword;
    }

    Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    /** A certificate that the brokers do not know is among them. */
    private void makeCertificates() throws IOException {
        Path password = folder.resolve("store.password");
        Files.writeString(password, storePassword);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> makeKey("broker", "CN=broker", password)),
                        CompletableFuture.runAsync(() -> makeKey("identity", "CN=identity,O=Example", password)),
                        CompletableFuture.runAsync(() -> makeKey("stranger", "CN=broker", password)))
                .join();
        export("broker", brokersInPem(), password);
        export("identity", folder.resolve("identity.pem"), password);
        Files.writeString(
                folder.resolve("trusted-clients.pem"),
                Files.readString(brokersInPem()) + Files.readString(folder.resolve("identity.pem")));
        Files.delete(password);
    }

    private void makeKey(String name, String owner, Path password) {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                owner,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store(name).toString(),
                "-storepass:file",
                password.toString());
    }

    private void export(String name, Path pem, Path password) {
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                pem.toString(),
                "-keystore",
                store(name).toString(),
                "-storepass:file",
                password.toString());
    }

    private static void keytool(String... arguments) {
        try {
            var command = new java.util.ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-J-XX:TieredStopAtLevel=1"));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new HarnessException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new HarnessException("keytool cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted", e);
        }
    }

    void write(Path file, Map<String, String> secrets) {
        try {
            makeForOwner(file);
            var properties = new Properties();
            properties.putAll(secrets);
            try (var out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new HarnessException("a file for secrets cannot be written", e);
        }
    }

    private static void writeAlone(Path file, String secret) throws IOException {
        makeForOwner(file);
        Files.writeString(file, secret);
    }

    private static void makeForOwner(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String password() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(18));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
